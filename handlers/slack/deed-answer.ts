import type { Answer } from '#src/vocabulary/answer.ts'
import { answerFor } from '../chat/answer-for.ts'
import { channelOf, type Deed, type ElementClick } from './clicked-element.ts'
import type { Doer } from './identity.ts'
import type { Slack } from './slack-parts.ts'
import { askerOf } from './who-asks.ts'

/** The answer that whoever clicked may see: the one that was kept, or the same asked anew with their rights. */
export const answerOf = (slack: Slack, doer: Doer, click: ElementClick, deed: Deed): Promise<Answer> =>
  answerFor(deed, { asker: askerOf(doer, deed.known, channelOf(click)), run: slack.effects.newId() }, slack.parts)
