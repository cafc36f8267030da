import type { Asked } from '#src/ask.ts'
import { type Doer, ownerOf } from './identity.ts'
import { answerAt } from './place.ts'
import { directly } from './place-in-thread.ts'
import type { Slack } from './slack-parts.ts'
import { tell } from './tell.ts'
import { aboutOf, whoAsks } from './who-asks.ts'

/** Asks from a place where no message can stand (the Home tab, a modal); the answer comes as a direct message that says what was asked. */
export const askDirectly = async (
  slack: Slack,
  doer: Doer,
  { text, query, key }: Pick<Asked, 'text' | 'query'> & { key: string },
): Promise<void> => {
  const who = await whoAsks(slack, doer)
  if (who.refusal !== undefined) return tell(slack, doer, {}, who.refusal)
  const run = slack.effects.newId()
  const said = {
    key: `${key}:turn`,
    thread: `slack:${doer.tenant}:${doer.user}:${run}`,
    text,
    query,
    owner: ownerOf(doer),
    about: aboutOf(who.known, {}),
    run,
  }
  await answerAt(slack, doer, said, directly(slack, doer))
}
