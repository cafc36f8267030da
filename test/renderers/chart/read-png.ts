import { inflateSync } from 'node:zlib'

export type Pixels = {
  width: number
  height: number
  bitDepth: number
  colourType: number
  at: (x: number, y: number) => string
  data: Uint8Array
}

/** Reads the PNGs that the painter writes (RGB, one IDAT, filter 0 on every line); throws on anything else. */
export const readPng = (png: Uint8Array): Pixels => {
  const bytes = Buffer.from(png)
  if (bytes.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new Error('not a PNG')
  const chunks = chunksOf(bytes)
  const header = chunks.get('IHDR') ?? Buffer.alloc(13)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const data = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const line = width * 3 + 1
  for (let y = 0; y < height; y += 1) if (data[y * line] !== 0) throw new Error(`line ${y} has a filter`)
  const at = (x: number, y: number) =>
    `#${data.subarray(y * line + 1 + x * 3, y * line + 4 + x * 3).toString('hex')}`.toUpperCase()
  return { width, height, bitDepth: header[8] ?? 0, colourType: header[9] ?? 0, at, data }
}

const chunksOf = (bytes: Buffer): Map<string, Buffer> => {
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    chunks.set(bytes.subarray(at + 4, at + 8).toString('latin1'), bytes.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  return chunks
}
