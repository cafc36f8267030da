import { type Look, size } from './theme.ts'

/** The part of Vega that is used: fixed data, one mark per data set, encodings that are constants or fields. No expressions. */
export type Picture = {
  $schema: string
  width: number
  height: number
  padding: number
  autosize: 'none'
  background: string
  data: { name: string; values: Row[] }[]
  marks: PictureMark[]
}

/** One thing to draw. Keys that are Vega channels are drawn; others (`name`, `value`, `series`) say what it stands for. */
export type Row = Record<string, string | number | boolean | null | undefined>

export type MarkType = 'arc' | 'area' | 'line' | 'rect' | 'rule' | 'symbol' | 'text'

export type PictureMark = {
  type: MarkType
  from: { data: string }
  encode: { enter: Record<string, { field: string } | { value: string | number | number[] | Gradient }> }
}

export type Gradient = {
  gradient: 'linear'
  x1: number
  y1: number
  x2: number
  y2: number
  stops: { offset: number; color: string }[]
}

/** Rows of one mark. A line or area takes all its rows as one path. `name` says what it is: bars, grid, axis; it begins the data's name. */
export type Layer = {
  type: MarkType
  name: string
  rows: Row[]
  style?: Record<string, string | number | number[] | Gradient>
}

/** A piece of text at a place. `align` and `baseline` as in Vega; default left and middle. */
export type Label = {
  x: number
  y: number
  text: string
  size: number
  weight: number
  fill: string
  align?: 'left' | 'center' | 'right'
  /** What the text is: title, subtitle, tick, name, value, note … */
  role: string
}

/** What a kind draws; texts come last and so lie on top. */
export type Sketch = { layers: Layer[]; labels: Label[] }

/** Vega channels that rows and styles may set. */
export const channels = [
  ...['x', 'y', 'x2', 'y2', 'width', 'height', 'fill', 'fillOpacity', 'stroke', 'strokeOpacity', 'strokeWidth'],
  ...['strokeCap', 'strokeJoin', 'strokeDash', 'opacity', 'interpolate', 'defined', 'size', 'shape', 'cornerRadius'],
  ...['cornerRadiusTopLeft', 'cornerRadiusTopRight', 'cornerRadiusBottomLeft', 'cornerRadiusBottomRight'],
  ...['startAngle', 'endAngle', 'innerRadius', 'outerRadius', 'padAngle'],
  ...['text', 'font', 'fontSize', 'fontWeight', 'align', 'baseline'],
] as const

/** The Vega spec of a sketch, everything in CSS pixels of the whole picture. */
export const picture = (look: Look, { layers, labels }: Sketch, font: string): Picture => {
  const all = [...layers, textLayer(labels, font)].filter(layer => layer.rows.length > 0)
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    width: size.width,
    height: size.height,
    padding: 0,
    autosize: 'none',
    background: look.background,
    data: all.map((layer, i) => ({ name: dataName(layer, i), values: layer.rows })),
    marks: all.map((layer, i) => mark(layer, dataName(layer, i))),
  }
}

const dataName = ({ name }: Layer, i: number): string => `${name}-${i}`

/** Vega puts a text's middle 0.3 em above its baseline; the capitals and figures of Inter are centred 0.36 em above. */
const opticalMiddle = 0.06

const textLayer = (labels: Label[], font: string): Layer => ({
  type: 'text',
  name: 'text',
  rows: labels.map(({ size: fontSize, weight: fontWeight, align = 'left', ...rest }) => ({
    ...rest,
    y: rest.y + opticalMiddle * fontSize,
    fontSize,
    fontWeight,
    align,
  })),
  style: { font, baseline: 'middle' },
})

const mark = ({ type, rows, style = {} }: Layer, data: string): PictureMark => {
  const fields = channels.filter(channel => rows.some(row => row[channel] !== undefined))
  const bound = fields.map(field => [field, { field }] as const)
  const fixed = Object.entries(style).map(([channel, value]) => [channel, { value }] as const)
  return { type, from: { data }, encode: { enter: Object.fromEntries([...fixed, ...bound]) } }
}
