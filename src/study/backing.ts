import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import type { Format } from '#src/vocabulary/format.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { bucketLabel } from './calendar.ts'
import type { Material } from './facts/parts.ts'
import { nameOf, type View } from './view.ts'

/** A number that a sentence may say: which mark it is written with, and whom it is about; nobody when it is about all. */
export type Backed = { value: number; unit: Unit; names: string[] }

/** How a number must be written: with the sign of its currency, with % (or points), bare; `any` where nobody knows. */
export type Unit = 'percent' | 'bare' | 'any' | { sign: string }

/** Something that rose or fell, by which numbers; `sign` is 0 when it did neither. */
export type Move = { sign: number; values: number[]; names: string[] }

/** Who is at the end of a ranking or a stretch of time; `rank` is 1 for the very first. */
export type End = { end: 'high' | 'low'; rank: number; names: string[] }

/** What the facts and cells that a sentence cites say. */
export type Backing = {
  numbers: Backed[]
  moves: Move[]
  ends: End[]
  tones: Set<Fact['tone']>
  kinds: Set<Fact['kind']>
}

/** What stands behind a sentence. A citation of nothing is left out. */
export const backingOf = ({ cites }: Sentence, { view }: Material, facts: readonly Fact[]): Backing => {
  const cited = facts.filter(f => cites.includes(f.id))
  const cells = cites.flatMap(cite => cellAt(cite, view) ?? [])
  return {
    numbers: [
      ...cited.flatMap(f => numbersOf(f, view)),
      ...cells.map(({ value, unit, names }) => ({ value, unit, names })),
    ],
    moves: [...cited.flatMap(f => moveOf(f, view)), ...movesIn(cells)],
    ends: cited.flatMap(f => endsOf(f, view)),
    tones: new Set(cited.map(f => f.tone)),
    kinds: new Set(cited.map(f => f.kind)),
  }
}

/** Every name that the rows hold: parts of the splits and buckets of time. */
export const namesIn = (view: View): string[] => [...new Set(view.rows.flatMap(row => rowNames(row, view)))]

const fractions = new Set(['ratio', 'share'])
const counts = new Set(['rank', 'count', 'rows', 'buckets', 'longest', 'runs', 'hits', 'tied', 'leading', 'times'])
/** Parts that stand for no number a reader would want. */
const silent = new Set(['score', 'certainty', 'reached', 'weight', 'ofDays'])
const loose = new Set(['contribution', 'rate', 'mix', 'middle'])

const numbersOf = (fact: Fact, view: View): Backed[] => {
  const names = factNames(fact, view)
  const unit = (name: string): Unit => {
    if (fractions.has(name)) return 'percent'
    if (counts.has(name)) return 'bare'
    return loose.has(name) ? 'any' : unitOf(fact.format)
  }
  return [['', fact.value] as const, ...Object.entries(fact.parts ?? {})].flatMap(([name, value]) =>
    typeof value !== 'number' || silent.has(name) ? [] : [{ value, unit: unit(name), names }],
  )
}

const signs: Record<string, string> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹' }

const unitOf = ({ kind, currency = 'USD' }: Format): Unit => {
  if (kind === 'percent') return 'percent'
  const sign = kind === 'currency' ? signs[currency] : undefined
  return sign ? { sign } : 'bare'
}

/** Words of a fact that say whom it is about; others say what it is compared with. */
const naming = ['at', 'high', 'low', 'segment', 'extreme'] as const

const factNames = ({ about = {}, words = {} }: Fact, view: View): string[] => {
  const who = Object.values(about).flatMap(name => [name, ...bucketNames(name, view)])
  return who.length > 0 ? [...who, ...naming.flatMap(key => words[key] ?? [])] : []
}

const bucketNames = (at: Cell | undefined, { time, model }: View): string[] =>
  time && typeof at === 'string' && /^\d{4}-\d\d-\d\d/.test(at) ? [bucketLabel(at, time.grain, model)] : []

const rowNames = (row: readonly Cell[], view: View): string[] => [
  ...view.dimensions.flatMap(d => (isNamed(row[d.index]) ? [nameOf(row[d.index], d)] : [])),
  ...(view.time ? bucketNames(row[view.time.index], view) : []),
]

/** What one may take for a name: texts, and not numbers or yes and no. */
const isNamed = (cell: Cell | undefined) => typeof cell === 'string' && /\p{L}/u.test(cell)

const endsOf = (fact: Fact, view: View): End[] => {
  const { kind, words = {}, parts } = fact
  if (kind === 'top' || kind === 'peak') return [{ end: 'high', rank: parts?.rank ?? 1, names: factNames(fact, view) }]
  if (kind === 'bottom' || kind === 'low') return [{ end: 'low', rank: 1, names: factNames(fact, view) }]
  if (kind !== 'spread' || !words.high || !words.low) return []
  return [
    { end: 'high', rank: 1, names: [words.high] },
    { end: 'low', rank: 1, names: [words.low] },
  ]
}

type CitedCell = Backed & { column: string; part: string; at: string; isChange: boolean }

const changes = /(^|_)(change|growth|delta|diff|difference|increase)(_|$)/i

const cellAt = (cite: string, view: View): CitedCell | undefined => {
  const [, place, name = ''] = /^cell:(\d+):(.+)$/.exec(cite) ?? []
  const row = view.rows[Number(place ?? -1)]
  const index = view.table.columns.findIndex(c => c.name === name)
  const value = row?.[index]
  if (!row || typeof value !== 'number') return undefined
  return {
    ...{ value, unit: unitOf(view.table.columns[index]?.format ?? { kind: 'number' }), names: rowNames(row, view) },
    part: JSON.stringify(view.dimensions.map(d => row[d.index])),
    at: view.time ? String(row[view.time.index]) : '',
    ...{ column: name, isChange: changes.test(name) },
  }
}

const moving: ReadonlySet<Fact['kind']> = new Set(['change', 'driver', 'trend', 'anomaly'])

const moveOf = (fact: Fact, view: View): Move[] => {
  const by = fact.kind === 'anomaly' ? fact.parts?.score : fact.value
  if (!moving.has(fact.kind) || typeof by !== 'number' || fact.words?.spread) return []
  const values = [fact.value, ...Object.values(fact.parts ?? {})].filter(v => typeof v === 'number')
  return [{ sign: Math.sign(by), values, names: factNames(fact, view) }]
}

/** Cells of the same part at two times say whether it rose; so does a cell of a column that is a change. */
const movesIn = (cells: readonly CitedCell[]): Move[] => [
  ...cells.filter(c => c.isChange).map(({ value, names }) => ({ sign: Math.sign(value), values: [value], names })),
  ...Object.values(Object.groupBy(cells.filter(isTimed), c => `${c.column} ${c.part}`)).flatMap(betweenTimes),
]

const isTimed = ({ at, isChange }: CitedCell) => at !== '' && !isChange

const betweenTimes = (cells: readonly CitedCell[] = []): Move[] => {
  const inOrder = cells.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const [first, last] = [inOrder[0], inOrder.at(-1)]
  if (!first || !last || first.at === last.at) return []
  const names = [...first.names, ...last.names]
  return [{ sign: Math.sign(last.value - first.value), values: [first.value, last.value], names }]
}
