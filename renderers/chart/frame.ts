import { textWidth } from './glyph-widths.ts'
import type { Label, Layer, Sketch } from './spec.ts'
import { shorten, wrap } from './text.ts'
import { type Look, size } from './theme.ts'

export type Box = { left: number; top: number; right: number; bottom: number }

type Words = { title: string; subtitle: string }
/** `foot` keeps the note's line free even without a note. */
type Extras = { legend?: { name: string; colour: string }[]; note?: string; foot?: boolean }

/** Title, subtitle, legend and note of a picture, and the box that is left for the plot. */
export const frame = (
  chart: Words,
  look: Look,
  { legend = [], note = '', foot: wanted = false }: Extras = {},
): Sketch & { box: Box } => {
  const head = heading(chart, look)
  const key = keys(legend, look, head.bottom)
  const foot = note === '' ? [] : [noteLabel(note, look)]
  const box = {
    left: size.margin,
    top: key.bottom + 14,
    right: size.width - size.margin,
    bottom: size.height - (wanted || foot.length > 0 ? 39 : 18),
  }
  return { box, labels: [...head.labels, ...key.labels, ...foot], layers: key.layers }
}

/** A picture with its heading and one sentence, for when there is nothing to draw. */
export const nothing = (chart: Words, look: Look, sentence = 'No values to show'): Sketch => {
  const { box, labels } = frame(chart, look)
  const centre = { x: size.width / 2, y: (box.top + box.bottom) / 2 - 6 }
  const text = { text: sentence, size: 17, weight: 500, fill: look.faint, align: 'center', role: 'nothing' } as const
  return { layers: [], labels: [...labels, { ...centre, ...text }] }
}

const heading = ({ title, subtitle }: Words, look: Look): { labels: Label[]; bottom: number } => {
  const width = size.width - 2 * size.margin
  const long = textWidth(title, size.title, 700) > width
  const type = { size: long ? 19 : size.title, weight: 700 }
  const lines = title === '' ? [] : wrap(title, { width, lines: 2, type })
  const titles = lines.map((text, i) => ({
    text,
    x: size.margin,
    y: 28 + i * 24,
    ...type,
    fill: look.text,
    role: 'title',
  }))
  const below = lines.length === 0 ? 28 : 52 + (lines.length - 1) * 24
  if (subtitle === '') return { labels: titles, bottom: below - 12 }
  const small = { size: size.subtitle, weight: 400 }
  const text = shorten(subtitle, width, small)
  return {
    labels: [...titles, { text, x: size.margin, y: below, ...small, fill: look.soft, role: 'subtitle' }],
    bottom: below + 9,
  }
}

const swatch = 11
const legendType = { size: 13.5, weight: 500 }

const keys = (entries: { name: string; colour: string }[], look: Look, top: number): Sketch & { bottom: number } => {
  if (entries.length === 0) return { layers: [], labels: [], bottom: top }
  const names = entries.map(entry => shorten(entry.name, 150, legendType))
  const places = flow(names.map(name => textWidth(name, legendType.size, legendType.weight) + swatch + 24))
  const y = (row: number) => top + 17 + row * 20
  const shown = entries.flatMap((entry, i) => {
    const place = places[i]
    return place ? [{ ...entry, ...place, text: names[i] ?? '' }] : []
  })
  const layer: Layer = {
    type: 'rect',
    name: 'legend',
    rows: shown.map(e => ({ x: e.x, y: y(e.row) - swatch / 2, fill: e.colour, name: e.name })),
    style: { width: swatch, height: swatch, cornerRadius: 3 },
  }
  const labels = shown.map(e => ({
    x: e.x + swatch + 6,
    y: y(e.row),
    text: e.text,
    ...legendType,
    fill: look.soft,
    role: 'legend',
  }))
  return { layers: [layer], labels, bottom: y(shown.at(-1)?.row ?? 0) + 8 }
}

const flow = (widths: number[]): { x: number; row: number }[] => {
  let x: number = size.margin
  let row = 0
  const places: { x: number; row: number }[] = []
  for (const width of widths) {
    if (x + width - 24 > size.width - size.margin) {
      x = size.margin
      row += 1
    }
    if (row > 2) break
    places.push({ x, row })
    x += width
  }
  return places
}

const noteLabel = (note: string, look: Look): Label => {
  const type = { size: size.small, weight: 400 }
  const text = shorten(note, size.width - 2 * size.margin, type)
  return { text, x: size.margin, y: size.height - 19, ...type, fill: look.faint, role: 'note' }
}
