import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'
import { unreadable } from '../faults.ts'
import type { ZipEntry } from './zip-directory.ts'

export type ZipSource = { path: string; file: string }

/** The unpacked bytes of one file of a ZIP file. What is longer or shorter than the directory says is refused. Throws `source/unreadable`. */
export async function* unpackEntry({ path, file }: ZipSource, entry: ZipEntry): AsyncGenerator<Buffer> {
  const start = await contentStart({ path, file }, entry)
  let bytes = 0
  try {
    for await (const chunk of contentOf(path, start, entry)) {
      bytes += chunk.length
      if (bytes > entry.size) break
      yield chunk
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && /^Z_|ERR_/.test(String(cause.code))) throw damaged(file, cause)
    throw cause
  }
  if (bytes !== entry.size) throw damaged(file)
}

const damaged = (file: string, cause?: unknown) => unreadable(file, 'a part of it is damaged', cause)

/** The directory says where the local header is; name and extra field behind it may have another length than in the directory. */
const contentStart = async ({ path, file }: ZipSource, entry: ZipEntry): Promise<number> => {
  const handle = await open(path, 'r')
  try {
    const { buffer: header, bytesRead } = await handle.read(Buffer.alloc(30), 0, 30, entry.at)
    if (bytesRead < 30 || header.readUInt32LE(0) !== 0x04034b50) throw damaged(file)
    return entry.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await handle.close()
  }
}

const contentOf = (path: string, start: number, { packed, method }: ZipEntry): AsyncIterable<Buffer> => {
  if (packed === 0) return nothing()
  const raw = createReadStream(path, { start, end: start + packed - 1, highWaterMark: 1 << 18 })
  if (method === 0) return raw
  const inflate = createInflateRaw({ chunkSize: 1 << 18 })
  raw.on('error', cause => inflate.destroy(cause))
  inflate.on('close', () => raw.destroy())
  return raw.pipe(inflate)
}

async function* nothing(): AsyncGenerator<Buffer> {
  // An empty file has no content to read.
}
