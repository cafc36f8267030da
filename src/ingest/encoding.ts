import { isUtf8 } from 'node:buffer'
import { closeSync, createReadStream, createWriteStream, openSync, readSync, statSync } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ChartroomError } from '#src/vocabulary/errors.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** What the first bytes say: the encoding by mark or by zero bytes, and how long the mark is. */
export type Mark = { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; skip: number }

/** The first bytes of a file. */
export const readHead = (path: string, bytes: number): Buffer => {
  const file = openSync(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(bytes, statSync(path).size))
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0))
  } finally {
    closeSync(file)
  }
}

export const markOf = (head: Buffer): Mark => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', skip: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', skip: 2 }
  const zeros = [0, 0]
  const bytes = head.subarray(0, 4096)
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i % 2]! += 1
  const half = bytes.length / 2
  if (zeros[1]! > half * 0.4 && zeros[0]! < half * 0.05) return { encoding: 'utf-16le', skip: 0 }
  if (zeros[0]! > half * 0.4 && zeros[1]! < half * 0.05) return { encoding: 'utf-16be', skip: 0 }
  return { encoding: 'utf-8', skip: 0 }
}

/** The encoding of the whole file: its mark, else UTF-8 when every byte fits, else Windows-1252 (which holds Latin-1). */
export const encodingOf = async (path: string, mark: Mark): Promise<Encoding> => {
  if (mark.encoding !== 'utf-8' || mark.skip > 0) return mark.encoding
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer)
    const end = wholeCharacters(bytes)
    if (!isUtf8(bytes.subarray(0, end))) return 'windows-1252'
    rest = bytes.subarray(end)
  }
  return isUtf8(rest) ? 'utf-8' : 'windows-1252'
}

/** Where the last character of UTF-8 begins that the bytes break off in; their length when they do not. */
const wholeCharacters = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

export type CopyText = { from: string; to: string; encoding: Encoding; skipBytes: number; loneReturns: boolean }

/** Writes a text file as UTF-8, without mark, carriage returns alone made line ends. */
export const copyAsUtf8 = async ({ from, to, encoding, skipBytes, loneReturns }: CopyText): Promise<void> => {
  const decoder = new TextDecoder(encoding)
  const recode = new Transform({
    transform: (chunk: Buffer, _encoding, done) => done(null, lines(decoder.decode(chunk, { stream: true }))),
    flush: done => done(null, lines(decoder.decode())),
  })
  const lines = (text: string) => (loneReturns ? text.replaceAll('\r', '\n') : text)
  await pipeline(createReadStream(from, { start: skipBytes, highWaterMark: 1 << 20 }), recode, createWriteStream(to))
}

const mebibyte = 1 << 20
/** A small file that unpacks to much more than this is not data. */
const unpackedMax = { ratio: 200, free: 64 * mebibyte, bytes: 4096 * mebibyte }

/** Unpacks a gzip file, with a bound on what comes out. Throws `source/unreadable`. */
export const unpack = async (from: string, to: string, file: string): Promise<void> => {
  const most = Math.min(unpackedMax.bytes, Math.max(unpackedMax.free, statSync(from).size * unpackedMax.ratio))
  let bytes = 0
  const gauge = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      bytes += chunk.length
      if (bytes <= most) done(null, chunk)
      else done(unreadable(file, `it unpacks to more than ${Math.round(most / mebibyte)} MB`))
    },
  })
  try {
    await pipeline(createReadStream(from), createGunzip(), gauge, createWriteStream(to))
  } catch (cause) {
    if (cause instanceof ChartroomError) throw cause
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    if (code === 'Z_BUF_ERROR') throw unreadable(file, 'it breaks off before its end', cause)
    if (code.startsWith('Z_')) throw unreadable(file, 'it is not a gzip file', cause)
    throw cause
  }
}

const unreadable = (path: string, reason: string, cause?: unknown) =>
  ChartroomError.of('source/unreadable', { path, reason }, cause)
