import { crc32, deflateSync } from 'node:zlib'

/**
 * RGBA pixels as an opaque PNG: RGB, filter 0, zlib level 6. For flat chart pixels this halves the encoder's time and
 * is a quarter smaller than filtered RGBA. https://www.w3.org/TR/png-3/
 */
export const encodePng = (rgba: Uint8ClampedArray, width: number, height: number): Uint8Array => {
  const pixels = deflateSync(packed(rgba, width, height), { level: 6 })
  return pngFile({ width, height, colourType: 2 }, [['IDAT', pixels]])
}

/** A PNG of eight bits a sample from its chunks between header and end. Colour type 2 is RGB, 3 a palette. */
export const pngFile = (
  { width, height, colourType }: { width: number; height: number; colourType: 2 | 3 },
  chunks: [name: string, body: Uint8Array][],
): Uint8Array => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, colourType, 0, 0, 0], 8)
  const between = chunks.map(([name, body]) => chunk(name, body))
  return Buffer.concat([signature, chunk('IHDR', header), ...between, chunk('IEND', Buffer.alloc(0))])
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const packed = (rgba: Uint8ClampedArray, width: number, height: number): Uint8Array => {
  const out = new Uint8Array(height * (width * 3 + 1))
  let to = 0
  for (let from = 0; from < width * height * 4; from += 4) {
    if (from % (width * 4) === 0) out[to++] = 0
    out[to] = rgba[from] as number
    out[to + 1] = rgba[from + 1] as number
    out[to + 2] = rgba[from + 2] as number
    to += 3
  }
  return out
}

const chunk = (name: string, body: Uint8Array): Buffer => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
  const out = Buffer.alloc(named.length + 8)
  out.writeUInt32BE(body.length, 0)
  out.set(named, 4)
  out.writeUInt32BE(crc32(named), named.length + 4)
  return out
}
