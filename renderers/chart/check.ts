import { channels, type MarkType, type Picture } from './spec.ts'
import { size } from './theme.ts'

const limits = { rows: 5000, marks: 160, paths: 60, text: 400 } as const
const markTypes: readonly MarkType[] = ['arc', 'area', 'line', 'rect', 'rule', 'symbol', 'text']
const dataName = /^[a-z0-9]{1,20}-\d{1,3}$/
const meaning = [
  'name',
  'value',
  'series',
  'at',
  'role',
  'panel',
  'code',
  'row',
  'column',
  'from',
  'to',
  'count',
  'share',
]
const more = ['low', 'high', 'xValue', 'yValue']
const rowKeys: ReadonlySet<string> = new Set([...channels, ...meaning, ...more])
const channelSet: ReadonlySet<string> = new Set(channels)

/**
 * What is wrong with a spec, by allow-list: only the keys, mark types and channels that our own renderers write, plain finite
 * values, at most 5,000 rows. There is no way to name a URL, an expression, a signal, a transform or another size. Empty when fine.
 */
export const problemsOf = (spec: Picture): string[] => (isShaped(spec) ? problemsIn(spec) : ['shape'])

const problemsIn = (spec: Picture): string[] => [
  ...keysBut(spec, ['$schema', 'width', 'height', 'padding', 'autosize', 'background', 'data', 'marks'], 'spec'),
  ...(spec.width === size.width && spec.height === size.height && spec.padding === 0 ? [] : ['size']),
  ...(spec.autosize === 'none' && isColour(spec.background) ? [] : ['autosize or background']),
  ...dataProblems(spec),
  ...markProblems(spec),
]

const isShaped = ({ data, marks }: Picture): boolean =>
  Array.isArray(data) &&
  Array.isArray(marks) &&
  data.every(d => Array.isArray(d.values) && d.values.every(isObject)) &&
  marks.every(
    m =>
      isObject(m.from) &&
      isObject(m.encode) &&
      isObject(m.encode.enter) &&
      Object.values(m.encode.enter).every(isObject),
  )

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const dataProblems = ({ data }: Picture): string[] => {
  const rows = data.reduce((sum, d) => sum + d.values.length, 0)
  return [
    ...(rows > limits.rows ? [`${rows} rows`] : []),
    ...data.flatMap(d => keysBut(d, ['name', 'values'], 'data')),
    ...data.filter(d => !dataName.test(d.name)).map(d => `data name ${d.name}`),
    ...data.flatMap(d =>
      d.values.flatMap(row => Object.entries(row).flatMap(([key, value]) => cellProblems(key, value))),
    ),
  ]
}

const cellProblems = (key: string, value: unknown): string[] => {
  if (!rowKeys.has(key)) return [`row key ${key}`]
  if (typeof value === 'string') return value.length > limits.text ? [`text in ${key}`] : []
  if (typeof value === 'number') return channelSet.has(key) && !isPlace(value) ? [`number in ${key}`] : []
  return value === null || value === undefined || typeof value === 'boolean' ? [] : [`value of ${key}`]
}

const markProblems = ({ marks, data }: Picture): string[] => {
  const names = new Set(data.map(d => d.name))
  const paths = marks.filter(m => m.type === 'line' || m.type === 'area').length
  return [
    ...(marks.length > limits.marks || paths > limits.paths ? [`${marks.length} marks`] : []),
    ...marks.flatMap(mark => [
      ...keysBut(mark, ['type', 'from', 'encode'], 'mark'),
      ...(markTypes.includes(mark.type) ? [] : [`mark type ${mark.type}`]),
      ...(names.has(mark.from.data) ? keysBut(mark.from, ['data'], 'from') : ['mark data']),
      ...keysBut(mark.encode, ['enter'], 'encode'),
      ...Object.entries(mark.encode.enter).flatMap(([channel, entry]) => channelProblems(channel, entry)),
    ]),
  ]
}

const channelProblems = (channel: string, entry: object): string[] => {
  if (!channelSet.has(channel)) return [`channel ${channel}`]
  const keys = Object.keys(entry)
  if (keys.length !== 1) return [`encoding of ${channel}`]
  const [key] = keys
  const inner: unknown = Object.values(entry)[0]
  if (key === 'field') return channelSet.has(String(inner)) ? [] : [`field of ${channel}`]
  return key === 'value' && isConstant(inner) ? [] : [`value of ${channel}`]
}

const isConstant = (value: unknown): boolean => {
  if (typeof value === 'string') return value.length <= limits.text
  if (typeof value === 'number') return isPlace(value)
  if (Array.isArray(value)) return value.length <= 4 && value.every(v => typeof v === 'number' && isPlace(v))
  return isGradient(value)
}

const isGradient = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const { gradient, stops, ...ends } = value as Record<string, unknown>
  return (
    gradient === 'linear' &&
    Object.entries(ends).every(([key, end]) => /^[xy][12]$/.test(key) && typeof end === 'number') &&
    Array.isArray(stops) &&
    stops.length <= 4 &&
    stops.every(s => Object.keys(s).join() === 'offset,color' && typeof s.offset === 'number' && isColour(s.color))
  )
}

const isPlace = (value: number): boolean => Number.isFinite(value) && Math.abs(value) <= 20_000

const isColour = (value: unknown): boolean =>
  typeof value === 'string' && /^(#[0-9a-f]{6}|rgba\(\d{1,3}, \d{1,3}, \d{1,3}, [\d.]{1,4}\))$/i.test(value)

const keysBut = (value: object, allowed: readonly string[], where: string): string[] =>
  Object.keys(value)
    .filter(key => !allowed.includes(key))
    .map(key => `${where}: ${key}`)
