import { sentenceMessage } from '#renderers/slack/sentence.ts'
import { fileName } from '#renderers/view/file-name.ts'
import { plainText } from '#renderers/view/plain-text.ts'
import { isShutOut } from './call-error.ts'
import type { Deed, ElementClick } from './clicked-element.ts'
import { answerOf } from './deed-answer.ts'
import type { Doer } from './identity.ts'
import { post } from './messages.ts'
import type { Slack } from './slack-parts.ts'
import { upload } from './upload.ts'
import { isDirect } from './who-asks.ts'

/**
 * Puts all rows as a file into the thread; for an answer that only the asker sees, or that was made anew for the one who clicked, into a direct
 * message. Throws `CallError`.
 */
export const sendCsv = async (slack: Slack, doer: Doer, click: ElementClick, deed: Deed): Promise<void> => {
  const { where } = click
  const answer = await answerOf(slack, doer, click, deed)
  if (answer.status !== 'answered') return deed.say('message' in answer ? answer.message : 'This reply has no rows.')
  const title = plainText(answer.receipt.reading)
  const bytes = Buffer.from(await slack.parts.useCases.csv(answer), 'utf8')
  const file = { name: `${fileName(title)}.csv`, title, bytes }
  const isForAll = deed.isOpen && !answer.onlyForAsker
  if (where.kind !== 'message' || !(isForAll || isDirect(where.place.channel))) return directly(slack, doer, file)
  try {
    await upload(slack, doer, { ...file, channel: where.place.channel, thread: where.thread })
  } catch (error) {
    if (!isShutOut(error)) throw error
    await directly(slack, doer, file)
  }
}

/** A file needs the id of a conversation, which a first message to somebody gives. */
const directly = async (
  slack: Slack,
  doer: Doer,
  file: { name: string; title: string; bytes: Buffer },
): Promise<void> => {
  const message = sentenceMessage(`The rows of “${file.title}” are in the thread.`)
  const { channel, ts } = await post(slack, doer, { channel: doer.user, id: slack.effects.newId(), message })
  await upload(slack, doer, { ...file, channel, thread: ts })
}
