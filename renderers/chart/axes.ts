import type { Format } from '#src/vocabulary/format.ts'
import type { Grain } from '#src/vocabulary/period.ts'
import type { Box } from './frame.ts'
import { textWidth } from './glyph-widths.ts'
import { tickLabels } from './number.ts'
import { linear, type Scale, type Ticks, ticks } from './scale.ts'
import type { Label, Sketch } from './spec.ts'
import { widest } from './text.ts'
import { type Look, size } from './theme.ts'
import { timeTicks } from './time.ts'

/** How the values of an axis are written. */
export const tickType = { size: size.label, weight: 500 }

/** Ticks of a value axis and how much room their labels take at its side. */
export const valueTicks = (
  [low, high]: readonly [number, number],
  format: Format,
  count = 6,
): Ticks & { labels: string[]; room: number } => {
  const found = ticks(low, high, { count, format })
  const labels = tickLabels(found.values, format)
  return { ...found, labels, room: widest(labels, tickType) + 10 }
}

/** Pale lines across the plot with their values to the left. No line at the side, no ticks. */
export const valueAxis = (
  marks: { values: number[]; labels: string[] },
  box: Box,
  look: Look,
): Sketch & { y: Scale } => {
  const domain: [number, number] = [marks.values[0] ?? 0, marks.values.at(-1) ?? 1]
  const y = linear(domain, [box.bottom, box.top])
  const rows = marks.values.map(value => ({ x: box.left, x2: box.right, y: y(value), value }))
  return {
    y,
    layers: [{ type: 'rule', name: 'grid', rows, style: { stroke: look.grid, strokeWidth: 1 } }],
    labels: marks.values.map((value, i) => ({
      x: box.left - 9,
      y: y(value),
      text: marks.labels[i] ?? '',
      ...tickType,
      fill: look.soft,
      align: 'right',
      role: 'tick',
    })),
  }
}

/** The numbers of an axis below the plot, written at one height. */
export const numbersBelow = (
  values: readonly number[],
  format: Format,
  { x, y, look }: { x: Scale; y: number; look: Look },
): Label[] => {
  const texts = tickLabels([...values], format)
  return values.map((value, i) => ({
    ...{ x: x(value), y, text: texts[i] ?? '', ...tickType },
    ...{ fill: look.soft, align: 'center', role: 'tick' },
  }))
}

/** A line below the plot with ticks; the year on a second line where it changes. UTC. */
export const timeAxis = (
  span: readonly [number, number],
  grain: Grain,
  { box, look, base = box.bottom }: { box: Box; look: Look; base?: number },
): Sketch & { x: Scale } => {
  const alone = span[0] === span[1]
  const x: Scale = alone ? () => (box.left + box.right) / 2 : linear(span, [box.left, box.right])
  const width = (label: string) => textWidth(label, tickType.size, tickType.weight)
  const marks = timeTicks(span, grain, { room: box.right - box.left, width })
  const labels = marks.flatMap(({ at, lines }) =>
    lines.map(
      (text, line): Label => ({
        x: inside(x(at), width(text)),
        y: box.bottom + 17 + line * 16.5,
        text,
        ...tickType,
        fill: look.soft,
        align: 'center',
        role: 'tick',
      }),
    ),
  )
  return {
    x,
    labels,
    layers: [
      { type: 'rule', name: 'axis', rows: [{ x: box.left, x2: box.right, y: base }], style: { stroke: look.axis } },
      {
        type: 'rule',
        name: 'ticks',
        rows: marks.map(({ at }) => ({ x: x(at), y: box.bottom, y2: box.bottom + 5 })),
        style: { stroke: look.axis },
      },
    ],
  }
}

/** Room above the highest gridline, so that its label stands clear of the heading. */
export const axisTop = 8

/** Room below the plot for a time axis with two lines of labels. */
export const timeAxisRoom = 42

const inside = (x: number, width: number): number => Math.min(size.width - 8 - width / 2, Math.max(8 + width / 2, x))
