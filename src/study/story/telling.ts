import type { Fact, FactKind, Sentence } from '#src/vocabulary/fact.ts'
import { formatShort } from '#src/vocabulary/format.ts'
import type { Material } from '../facts/parts.ts'
import { namesParts, scopeOf } from '../scope.ts'
import type { MeasureView } from '../view.ts'
import { inPeriod, inSpan, isFlat, lower, move, plural, shareOf, was } from '../words.ts'

/** What the story is told from: the result and everything found about it. */
export type Telling = Material & { facts: readonly Fact[] }

/** A headline and the sentences under it. */
export type Opening = { headline: Sentence; summary: Sentence[] }

export const say = (text: string, ...cites: (Fact | undefined)[]): Sentence => ({
  text,
  cites: cites.flatMap(c => (c ? [c.id] : [])),
})

/** Facts of a kind and measure, the most worth knowing first; facts of the same worth keep their order. */
export const factsOf = ({ facts }: Telling, kind: FactKind, measure: MeasureView): Fact[] =>
  facts.filter(f => f.kind === kind && f.measure === measure.name).sort((a, b) => b.noteworthy - a.noteworthy)

export const factById = ({ facts }: Telling, id: string): Fact | undefined => facts.find(f => f.id === id)

/** The change of a measure as a whole, not of a part. */
export const overallChange = (telling: Telling, { name }: MeasureView): Fact | undefined =>
  factById(telling, `change:${name}`)

/** The measure and what it is narrowed to: "revenue for Texas". Parts that the rows name are not said again. */
export const subject = ({ view }: Telling, { label }: MeasureView): string =>
  `${lower(label)}${scopeOf(view, { parts: false })}`

/** The measure and all that it is narrowed to, for numbers over all rows. */
export const wholeSubject = ({ view }: Telling, { label }: MeasureView): string => `${lower(label)}${scopeOf(view)}`

/** ", 31% of the total"; when the question picked the parts, they are the whole. */
export const ofTotal = ({ view }: Telling, fact: Fact): string => {
  const share = part(fact, 'share')
  const told = share === null ? '' : shareOf(share)
  if (!told) return ''
  return `, ${told} of ${view.query.filters.some(f => namesParts(view, f)) ? 'these together' : 'the total'}`
}

/** Where a fact's bucket or stretch lies: "in Nov 2023", "on 24 Nov 2023". */
export const at = ({ words = {} }: Fact): string =>
  words.at ? (words.grain === 'hour' ? `at ${words.at}` : inSpan(words.at)) : ''

/** " in Nov 2023", " so far this month" … */
export const when = ({ view, facts }: Telling): string => {
  const open = facts.some(f => f.id === 'partial:period')
  const said = inPeriod(view.query.period)
  return open && said && !/^ (since|over|on)\b/.test(said) ? ` so far${said}` : said
}

/** The part of a fact about one row, as people read it: "Texas", "Texas / Electronics". */
export const aboutOf = ({ about = {} }: Fact): string => Object.values(about).join(' / ')

/** What the rows are: "states". Empty for results that are not split by one dimension. */
export const partsNoun = ({ view }: Telling): string => plural(lower(view.dimensions[0]?.label ?? 'part'))

export const part = (fact: Fact, name: string): number | null => fact.parts?.[name] ?? null

export const short = (fact: Fact, value = fact.value): string => formatShort(value, fact.format)

/** "up 8% from Oct 2023", "about the same as in Oct 2023"; empty when there is nothing to compare with. */
export const changePhrase = (change: Fact | undefined): string => {
  if (!change || change.value === null || !part(change, 'previous')) return ''
  const versus = change.words?.versus ?? 'before'
  const ratio = part(change, 'ratio')
  if (isFlat(change.value, ratio, change.format)) return `about the same as ${inSpan(versus)}`
  const by = move(change.value, ratio, change.format)
  if (isAfter(change)) return `${by} ${change.value > 0 ? 'more' : lesser(change)} than ${inSpan(versus)}`
  return `${change.value > 0 ? 'up' : 'down'} ${by} from ${versus}`
}

/** A change that is set beside a later time. */
export const isAfter = (change: Fact | undefined): boolean => change?.words?.order === 'after'

/** "rose 8% to", "fell 8% to"; beside a later time "was 8% higher than in Feb 2023, at". */
export const movedTo = (change: Fact, label: string): string => {
  const value = change.value ?? 0
  const by = move(value, part(change, 'ratio'), change.format)
  if (!isAfter(change)) return `${value > 0 ? 'rose' : 'fell'} ${by} to`
  return `${was(label)} ${by} ${value > 0 ? 'higher' : 'lower'} than ${inSpan(change.words?.versus ?? '')}:`
}

const lesser = ({ format }: Fact) => (format.kind === 'integer' ? 'fewer' : 'less')

/** A change that is set beside a longer stretch: said wherever the change is. */
export const isUneven = (change: Fact | undefined): boolean => typeof change?.parts?.previousDays === 'number'
