import type { TableChart } from '#src/vocabulary/chart.ts'
import { type Box, frame, nothing } from './frame.ts'
import type { Label, Sketch } from './spec.ts'
import { shorten, widest } from './text.ts'
import { type Look, size } from './theme.ts'

const headType = { size: size.small, weight: 600 }
const cellType = { size: 14, weight: 500 }
const rowHeight = 25
const gap = 20
const narrowest = 88

/** A picture of a table: as many rows and columns as can be read; the note says how many are not shown. */
export const table = (chart: TableChart, look: Look): Sketch => {
  if (chart.columns.length === 0 || chart.rows.length === 0) return nothing(chart, look, 'No rows to show')
  const plain = frame(chart, look)
  const columns = columnsOf(chart, plain.box)
  const note = (rows: number) => noteOf(chart, { rows, columns: columns.length })
  const fits = (box: Box) => Math.max(1, Math.floor((box.bottom - box.top - rowHeight + 6) / rowHeight))
  const whole = note(fits(plain.box)) === ''
  const { box, ...head } = whole
    ? plain
    : frame(chart, look, { note: note(fits(frame(chart, look, { note: 'x' }).box)) })
  const rows = chart.rows.slice(0, fits(box))
  const y = (row: number) => box.top + 8 + row * rowHeight
  const labels = columns.flatMap((column): Label[] => {
    const place = { x: column.align === 'right' ? column.left + column.width : column.left, align: column.align }
    const cells = rows.map((row, r): Label => {
      const text = shorten(row[column.index] ?? '', column.width, cellType)
      return { ...place, y: y(r + 1), text, ...cellType, fill: look.text, role: 'cell' }
    })
    return [
      {
        ...place,
        y: y(0),
        text: shorten(column.label, column.width, headType),
        ...headType,
        fill: look.faint,
        role: 'head',
      },
      ...cells,
    ]
  })
  const right = Math.max(...columns.map(c => c.left + c.width))
  const lines = rows.map((_, r) => ({
    x: box.left,
    x2: right,
    y: y(r) + rowHeight / 2,
    stroke: r === 0 ? look.axis : look.grid,
  }))
  return {
    layers: [...head.layers, { type: 'rule', name: 'lines', rows: lines, style: { strokeWidth: 1 } }],
    labels: [...head.labels, ...labels],
  }
}

type Column = { index: number; label: string; align: 'left' | 'right'; left: number; width: number }

const columnsOf = ({ columns, rows }: TableChart, box: Box): Column[] => {
  const room = box.right - box.left
  const most = Math.max(1, Math.floor((room + gap) / (narrowest + gap)))
  const wanted = columns.slice(0, most).map(
    ({ label }, c) =>
      Math.max(
        widest([label], headType),
        widest(
          rows.slice(0, 12).map(row => row[c] ?? ''),
          cellType,
        ),
      ) + 1,
  )
  const widths = squeezed(wanted, room - gap * (wanted.length - 1))
  let left = box.left
  return widths.map((width, index) => {
    const { label = '', align = 'left' } = columns[index] ?? {}
    const column = { index, label, align, left, width }
    left += width + gap
    return column
  })
}

const squeezed = (wanted: number[], room: number): number[] => {
  const sum = wanted.reduce((a, b) => a + b, 0)
  if (sum <= room) {
    const spare = Math.min(60, (room - sum) / Math.max(1, wanted.length - 1 || 1))
    return wanted.map((width, i) => (i === wanted.length - 1 ? width : width + spare * 0.9))
  }
  let limit = room / wanted.length
  for (let round = 0; round < 8; round += 1) {
    const small = wanted.filter(w => w <= limit)
    const left = room - small.reduce((a, b) => a + b, 0)
    limit = left / Math.max(1, wanted.length - small.length)
  }
  return wanted.map(w => Math.min(w, limit))
}

const noteOf = (chart: TableChart, shown: { rows: number; columns: number }): string => {
  const rows = Math.max(0, chart.rows.length - shown.rows) + Math.max(0, chart.more)
  const columns = chart.columns.length - shown.columns
  const parts = [
    rows > 0 ? `${rows.toLocaleString('en-US')} more ${rows === 1 ? 'row' : 'rows'}` : '',
    columns > 0 ? `${columns} more ${columns === 1 ? 'column' : 'columns'}` : '',
  ].filter(part => part !== '')
  return parts.length === 0 ? '' : `${parts.join(' and ')} not shown.`
}
