import { inflateSync } from 'node:zlib'

export type Pixels = {
  width: number
  height: number
  bitDepth: number
  colourType: number
  at: (x: number, y: number) => string
  data: Uint8Array
  /** Of the palette; 0 when there is none. */
  colours: number
}

/** Reads the PNGs that the painter writes (RGB or palette, one IDAT, filter 0 on every line); throws on anything else. `data` are the lines as RGB. */
export const readPng = (png: Uint8Array): Pixels => {
  const bytes = Buffer.from(png)
  if (bytes.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new Error('not a PNG')
  const chunks = chunksOf(bytes)
  const header = chunks.get('IHDR') ?? Buffer.alloc(13)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const [bitDepth, colourType] = [header[8] ?? 0, header[9] ?? 0]
  const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const palette = chunks.get('PLTE')
  const data = colourType === 3 && palette ? unfolded(lines, palette, width) : lines
  const line = width * 3 + 1
  if (data.length !== line * height) throw new Error(`${data.length} bytes of pixels`)
  for (let y = 0; y < height; y += 1) if (data[y * line] !== 0) throw new Error(`line ${y} has a filter`)
  const at = (x: number, y: number) =>
    `#${data.subarray(y * line + 1 + x * 3, y * line + 4 + x * 3).toString('hex')}`.toUpperCase()
  return { width, height, bitDepth, colourType, at, data, colours: (palette?.length ?? 0) / 3 }
}

const unfolded = (lines: Buffer, palette: Buffer, width: number): Buffer => {
  const out = Buffer.alloc((lines.length / (width + 1)) * (width * 3 + 1))
  let to = 0
  for (const [at, index] of lines.entries()) {
    if (at % (width + 1) === 0) out[to++] = index
    else {
      if (index * 3 >= palette.length) throw new Error(`no colour ${index}`)
      to += palette.copy(out, to, index * 3, index * 3 + 3)
    }
  }
  return out
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
