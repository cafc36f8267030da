import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { fileStream } from '../chat/file-stream.ts'
import { withRetries } from '../chat/retry.ts'
import { CallError, judge, toCallError } from './call-error.ts'
import type { Caller } from './calls.ts'
import { addressOf, isHalfKnown, nameOf, type SlackFile, slackFile } from './slack-file.ts'
import type { Slack } from './slack-parts.ts'

/** A file that is being fetched. The stream throws `file/too-large`, `file/cut-off`. */
export type Fetched = { stream: AsyncIterable<Uint8Array>; name: string; size?: number }

type Fetching = { signal: AbortSignal; onBytes?: (sofar: number) => void }

/** Begins to fetch a file with the token of the bot, which no other host and no redirect gets to see. Throws `file/…`. */
export const download = async (
  slack: Slack,
  caller: Caller,
  sent: SlackFile,
  { signal, onBytes }: Fetching,
): Promise<Fetched> => {
  const name = nameOf(sent)
  const unreachable = (error: unknown) => {
    throw error instanceof ChartroomError || signal.aborted
      ? error
      : ChartroomError.of('file/unreachable', { name, platform: 'Slack' }, error)
  }
  const file = isHalfKnown(sent) ? await lookUp(slack, caller, sent).catch(unreachable) : sent
  const known = { ...file, name: nameOf(file) }
  const url = addressOf(known, slack.filesOrigin)
  const response = await opened(slack, caller, { url, signal }).catch(unreachable)
  const length = response.headers.get('content-length')
  const announced = { name: known.name, ...(length !== null && { size: Number(length) }) }
  return { ...announced, stream: fileStream(chunksOf(response.body, onBytes), announced) }
}

const info = z.object({ file: slackFile })

const lookUp = async ({ calls }: Slack, caller: Caller, { id }: SlackFile): Promise<SlackFile> =>
  info.parse(await calls.call(caller, { method: 'files.info', args: { file: id }, tries: 3, longestMs: 10_000 })).file

type Opened = Response & { body: ReadableStream<Uint8Array> }

const opened = (
  { effects, parts }: Slack,
  { client }: Caller,
  { url, signal }: { url: URL; signal: AbortSignal },
): Promise<Opened> =>
  withRetries(
    () => ask(url, client.token ?? '', signal),
    { tries: 3, judge: judge(true), onRetry: reason => parts.metrics.retried('slack', reason), signal },
    effects,
  )

/** A token that may not read files is led to a page to sign in, and so is one that is none (https://docs.slack.dev/messaging/working-with-files). */
const ask = async (url: URL, token: string, signal: AbortSignal): Promise<Opened> => {
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' }
  const response = await fetch(url, { headers, redirect: 'manual', signal }).catch(error => {
    throw signal.aborted ? error : toCallError('file', error)
  })
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false
  if (response.status === 200 && hasBody(response) && !isPage) return response
  await response.body?.cancel()
  const afterMs = response.status === 429 ? Number(response.headers.get('retry-after') ?? 1) * 1000 : undefined
  throw new CallError('file', codeOf(response.status), { afterMs })
}

const hasBody = (response: Response): response is Opened => response.body !== null

const codeOf = (status: number) => (status === 429 ? 'ratelimited' : status === 200 ? 'page' : `http_${status}`)

/** Longer than this nothing comes from a connection that still lives. */
const stallMs = 30_000

/** What comes, as long as something does. The connection ends with the reading, however that ends. */
async function* chunksOf(body: ReadableStream<Uint8Array>, onBytes?: (sofar: number) => void) {
  const reader = body.getReader()
  let sofar = 0
  try {
    for (;;) {
      const { done, value } = await inTime(reader.read())
      if (done) return
      sofar += value.byteLength
      onBytes?.(sofar)
      yield value
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

const inTime = async <T>(reading: Promise<T>): Promise<T> => {
  const read = new AbortController()
  const stalled = sleep(stallMs, undefined, { signal: read.signal, ref: false }).then(
    () => Promise.reject(new Error('nothing comes')),
    () => new Promise<never>(() => undefined),
  )
  try {
    return await Promise.race([reading, stalled])
  } finally {
    read.abort()
  }
}
