import { deflateSync } from 'node:zlib'
import { pngFile } from './encode-png.ts'

/**
 * RGBA pixels as an opaque PNG with a palette: a third of the bytes of true colour. The commonest colours stay exactly as they are; others
 * become one that is at most `tolerance` away (in RGB, 0 to 441), or somewhat more when 256 colours are too few for that.
 */
export const encodeIndexedPng = (
  rgba: Uint8ClampedArray,
  { width, height, tolerance }: { width: number; height: number; tolerance: number },
): Uint8Array => {
  const { colours, counts, places } = census(rgba)
  const common = [...colours.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).map(i => colours[i] as number)
  const palette = paletteOf(common, tolerance)
  const indices = Uint8Array.from(colours, colour => nearest(palette, colour))
  const pixels = deflateSync(lines(places, indices, width), { level: 7, memLevel: 9 })
  return pngFile({ width, height, colourType: 3 }, [
    ['PLTE', Uint8Array.from(palette.flatMap(parts))],
    ['IDAT', pixels],
  ])
}

const mostColours = 256

type Census = {
  /** `0xRRGGBB`, in the order they are met. */
  colours: number[]
  /** How many pixels have each. */
  counts: number[]
  /** For each pixel, which of the colours it has. */
  places: Uint32Array
}

/** Most pixels are like the one before, so that few need to be looked up. */
const census = (rgba: Uint8ClampedArray): Census => {
  const found = new Map<number, number>()
  const colours: number[] = []
  const counts: number[] = []
  const places = new Uint32Array(rgba.length / 4)
  let [last, place] = [-1, 0]
  for (let at = 0; at < places.length; at += 1) {
    const colour = colourAt(rgba, at * 4)
    if (colour !== last) {
      place = found.get(colour) ?? colours.length
      if (place === colours.length) {
        found.set(colour, place)
        colours.push(colour)
        counts.push(0)
      }
      last = colour
    }
    counts[place] = (counts[place] as number) + 1
    places[at] = place
  }
  return { colours, counts, places }
}

const paletteOf = (colours: number[], tolerance: number): number[] => {
  for (let within = tolerance; ; within = within * 1.25 + 1) {
    const palette = leaders(colours, within)
    if (palette) return palette
  }
}

/** Colours of which no two are within the tolerance of each other; nothing when they would be too many. */
const leaders = (colours: number[], tolerance: number): number[] | undefined => {
  const chosen: number[] = []
  for (const colour of colours) {
    if (chosen.some(leader => distance(leader, colour) <= tolerance * tolerance)) continue
    if (chosen.length === mostColours) return undefined
    chosen.push(colour)
  }
  return chosen
}

const nearest = (palette: number[], colour: number): number => {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [place, leader] of palette.entries()) {
    const far = distance(leader, colour)
    if (far >= least) continue
    least = far
    best = place
  }
  return best
}

/** The square of how far two colours are apart. */
const distance = (a: number, b: number): number => {
  const red = (a >> 16) - (b >> 16)
  const green = ((a >> 8) & 255) - ((b >> 8) & 255)
  const blue = (a & 255) - (b & 255)
  return red * red + green * green + blue * blue
}

/** Each line begins with its filter, which is none. */
const lines = (places: Uint32Array, indices: Uint8Array, width: number): Uint8Array => {
  const out = new Uint8Array(places.length + places.length / width)
  let to = 0
  for (let at = 0; at < places.length; at += 1) {
    if (at % width === 0) to += 1
    out[to++] = indices[places[at] as number] as number
  }
  return out
}

const colourAt = (rgba: Uint8ClampedArray, at: number): number =>
  ((rgba[at] as number) << 16) | ((rgba[at + 1] as number) << 8) | (rgba[at + 2] as number)

const parts = (colour: number): number[] => [colour >> 16, (colour >> 8) & 255, colour & 255]
