import type { Annotation } from '#src/vocabulary/chart.ts'
import type { Box } from './frame.ts'
import type { Scale } from './scale.ts'
import type { Label, Sketch } from './spec.ts'
import { widest, wrap } from './text.ts'
import type { Look } from './theme.ts'
import { toTime } from './time.ts'

const type = { size: 14, weight: 400 }
const most = 6

/** Room above the plot, so that the words never lie on a line. */
export const annotationRoom = (annotations: readonly Annotation[]): number =>
  annotations.length === 0 ? 0 : annotations.some(a => linesOf(a.text).length > 1) ? 36 : 20

/** Dashed rules at moments, with up to two lines of words beside them; words that would touch others are left out. */
export const annotationSketch = (
  annotations: readonly Annotation[],
  { x, box, look, top }: { x: Scale; box: Box; look: Look; top: number },
): Sketch => {
  const marks = annotations
    .map(a => ({ x: x(toTime(a.at)), text: a.text }))
    .filter(a => a.x >= box.left - 1 && a.x <= box.right + 1)
    .sort((a, b) => a.x - b.x)
    .slice(0, most)
  const labels: Label[] = []
  const taken: [number, number][] = []
  for (const mark of marks) {
    const lines = linesOf(mark.text)
    const rules = marks.filter(other => other !== mark).map((other): [number, number] => [other.x, other.x])
    const place = freePlace(mark.x, widest(lines, type), { taken: [...taken, ...rules], box })
    if (!place) continue
    taken.push(place.span)
    const common = { x: place.x, ...type, fill: look.soft, align: place.align, role: 'annotation' }
    labels.push(...lines.map((text, i) => ({ ...common, text, y: top + 6 + i * 17 })))
  }
  const rows = marks.map(mark => ({ x: mark.x, y: top - 2, y2: box.bottom, text: undefined, name: mark.text }))
  return {
    labels,
    layers: [
      { type: 'rule', name: 'annotations', rows, style: { stroke: look.axis, strokeWidth: 1.5, strokeDash: [4, 4] } },
    ],
  }
}

const width = 120

/** One line, or two: broken behind a colon where both halves fit, so that a date stays together. */
const linesOf = (text: string): string[] => {
  const lines = wrap(text, { width, lines: 2, type })
  const halves = /^(.*?:) (.*)$/.exec(text)?.slice(1) ?? []
  return lines.length > 1 && halves.length > 0 && widest(halves, type) <= width ? halves : lines
}

type Place = { x: number; align: 'left' | 'right'; span: [number, number] }

const freePlace = (
  x: number,
  width: number,
  { taken, box }: { taken: [number, number][]; box: Box },
): Place | undefined => {
  const right: Place = { x: x + 7, align: 'left', span: [x - 2, x + 12 + width] }
  const left: Place = { x: x - 7, align: 'right', span: [x - 12 - width, x + 2] }
  return [right, left].find(
    ({ span: [from, to] }) =>
      from >= box.left - 4 && to <= box.right + 60 && taken.every(([a, b]) => to <= a || from >= b),
  )
}
