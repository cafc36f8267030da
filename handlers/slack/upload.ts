import { z } from 'zod'
import { fileName } from '#renderers/view/file-name.ts'
import { cut, plainText } from '#renderers/view/plain-text.ts'
import { CallError, toCallError } from './call-error.ts'
import type { Call, Caller } from './calls.ts'
import type { Slack } from './slack-parts.ts'

/** How long a picture is waited for; Slack scans it, which usually takes a second or two. */
export const pictureBudgetMs = 20_000
const waitsMs = [0, 250, 500]
const longestWaitMs = 1000
/** A picture is not worth waiting for longer when Slack is busy: there are other ways to show an answer. */
const whenBusy = { tries: 3, longestMs: 5000 }

const info = z.object({ file: z.object({ mimetype: z.string().default(''), filetype: z.string().default('') }) })

/**
 * Uploads a picture that nobody sees until a message shows it, and waits until Slack has processed it: earlier a message with it is refused
 * (https://github.com/slackapi/node-slack-sdk/issues/1865). Gives its id, or nothing when it cannot be had in time; never throws.
 */
export const uploadPicture = async (
  slack: Slack,
  caller: Caller,
  { png, title }: { png: Uint8Array; title: string },
): Promise<string | undefined> => {
  const until = slack.effects.ticks() + pictureBudgetMs
  try {
    const picture = { name: `${fileName(title)}.png`, title, bytes: Buffer.from(png) }
    const file = await upload(slack, caller, picture, whenBusy)
    if (await isProcessed(slack, caller, { file, until })) return file
    slack.parts.warn('slack/picture-late', new Error('Slack has not processed the picture in time'))
    await deleteFile(slack, caller, file)
  } catch (error) {
    slack.parts.warn('slack/picture', error)
  }
  return undefined
}

export type File = { name: string; title: string; bytes: Buffer; channel?: string; thread?: string }

const uploaded = z.object({ files: z.array(z.object({ files: z.array(z.object({ id: z.string() })) })) })

/** Uploads a file and gives its id; with a channel it is posted there. Throws `CallError`. */
export const upload = async (
  { calls }: Slack,
  caller: Caller,
  { name, title, bytes, channel, thread }: File,
  patience: Pick<Call, 'tries' | 'longestMs'> = {},
): Promise<string> => {
  // The SDK does the three steps of https://docs.slack.dev/messaging/working-with-files for this name.
  const args = {
    file: bytes,
    filename: name,
    title: cut(plainText(title), 200),
    channel_id: channel,
    thread_ts: thread,
  }
  const method = 'files.uploadV2'
  const answer = await calls.call(caller, { method, args, channel, isRepeatable: channel === undefined, ...patience })
  const file = uploaded.safeParse(answer).data?.files[0]?.files[0]
  if (!file) throw new CallError(method, 'no_file')
  return file.id
}

/** Deletes a file of ours; it disappears from the messages that show it. Never throws. */
export const deleteFile = async ({ calls, parts }: Slack, caller: Caller, file: string): Promise<void> => {
  await calls
    .call(caller, { method: 'files.delete', args: { file } })
    .catch(error => parts.warn('slack/delete-file', toCallError('files.delete', error)))
}

const isProcessed = async (
  { calls, effects }: Slack,
  caller: Caller,
  { file, until }: { file: string; until: number },
): Promise<boolean> => {
  for (let i = 0; effects.ticks() < until; i++) {
    await calls.pause(waitsMs[i] ?? longestWaitMs)
    const answer = info.safeParse(await calls.call(caller, { method: 'files.info', args: { file }, ...whenBusy }))
    if (answer.success && (answer.data.file.mimetype || answer.data.file.filetype)) return true
  }
  return false
}
