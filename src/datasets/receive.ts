import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { readFault, unreadable } from '#src/ingest/faults.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** The most bytes of a file that becomes a dataset, 100 MB. */
export const mostBytes = 100 * 1024 * 1024

/** What was received: how many bytes, and their SHA-256 in hex. */
export type Received = { bytes: number; sha256: string }

type Receiving = { name: string; signal?: AbortSignal }

/** Writes what comes into a file. Throws `file/too-large` as soon as it is, `engine/cancelled`, `source/…`, and what the stream throws. */
export const receive = async (
  bytes: AsyncIterable<Uint8Array>,
  to: string,
  { name, signal }: Receiving,
): Promise<Received> => {
  const counted = count(bytes, name)
  await pipeline(counted.chunks, createWriteStream(to, { flags: 'wx', mode: 0o600 }), { signal }).catch(cause => {
    throw signal?.aborted ? ChartroomError.of('engine/cancelled', undefined, cause) : faultOf(name, cause)
  })
  return counted.result()
}

/** Reads a file of this machine, to know what is in it. Throws the same. */
export const weigh = async (path: string, { name, signal }: Receiving): Promise<Received> => {
  const info = await stat(path).catch(cause => {
    throw /^(ENOENT|ENOTDIR)$/.test(cause.code)
      ? ChartroomError.of('source/missing', { path }, cause)
      : readFault(name, cause)
  })
  if (!info.isFile()) throw unreadable(name, 'it is no file')
  const counted = count(createReadStream(path, { highWaterMark: 1 << 20, signal }), name)
  try {
    for await (const _ of counted.chunks);
  } catch (cause) {
    throw signal?.aborted ? ChartroomError.of('engine/cancelled', undefined, cause) : faultOf(name, cause)
  }
  return counted.result()
}

const faultOf = (name: string, cause: unknown) =>
  cause instanceof Error && 'code' in cause ? readFault(name, cause) : cause

const count = (source: AsyncIterable<Uint8Array>, name: string) => {
  const hash = createHash('sha256')
  let bytes = 0
  async function* chunks() {
    for await (const chunk of source) {
      bytes += chunk.byteLength
      if (bytes > mostBytes) throw ChartroomError.of('file/too-large', { name })
      hash.update(chunk)
      yield chunk
    }
  }
  return { chunks: chunks(), result: (): Received => ({ bytes, sha256: hash.digest('hex') }) }
}
