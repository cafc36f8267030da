import { rowColumnOf } from '#src/semantic/complete.ts'
import type { Measure, Model } from '#src/semantic/model.ts'
import type { Named } from '../draft.ts'
import { lemma, verb } from '../lemma.ts'
import { phraseWords } from '../lexicon.ts'
import type { Mention } from '../mentions/mention.ts'
import { wordsBefore } from '../tokens.ts'
import { lightVerbs } from '../verbs.ts'
import { subjectBefore } from './comparisons.ts'
import { done, type NamedMention, of, only, type State } from './state.ts'

/** Words that deny a thing something, rather than leaving rows out: "never", "without", "did not". */
export const deniesThings = (s: State, not: Mention | undefined): boolean =>
  not !== undefined &&
  /^(not|never|no|non|without|but not)$/.test(
    s.tokens
      .slice(not.from, not.to)
      .map(t => t.lower)
      .join(' '),
  )

/** "customers *without an order*", "students who *never enrolled*": things with none of these rows. Gives whether it was taken as that. */
export const takeNone = (s: State, i: number, item: NamedMention): boolean => {
  if (s.mode !== 'not' || !deniesThings(s, s.pendingNot)) return false
  const subject = subjectBefore(s, i)
  const noun =
    only(item, 'measure', 'entity').meanings.length > 0 ? only(item, 'measure', 'entity') : tableOfDate(s, item)
  if (!noun || !subject || !('meanings' in subject) || tablesOf(s, noun).length === 0) return false
  const subjects = tablesOf(s, subject)
  if (isOwnNumber(s, item, subjects)) return takeZero(s, item, { noun: only(item, 'measure'), subject })
  if (subjects.length === 0 || tablesOf(s, noun).some(t => subjects.includes(t))) return false
  s.pendingNot = undefined
  s.draft.comparisons.push({ op: 'eq', value: 0, none: true, noun, subject, at: item })
  done(s, 'none')
  return true
}

/** "payments that *had a late fee*", "checks with *a defect*": things of which a number of their own is not zero. */
export const takeSome = (s: State, i: number, item: NamedMention): boolean => {
  const lead = wordsBefore(s.tokens, item.from, 2)
  const subject = subjectBefore(s, i)
  if (s.mode === 'not' || !subject || !('meanings' in subject)) return false
  if (!/\b(with|have|has|had|having|got|get|gets) (a|an|any|some)$/.test(lead)) return false
  const own = of(item, 'measure').filter(m => isNumberOf(s.model.measures[m.measure], tablesOf(s, subject), s.model))
  if (own.length === 0) return false
  s.draft.comparisons.push({ op: 'gt', value: 0, noun: only(item, 'measure'), subject, at: item })
  done(s, 'none')
  return true
}

const isNumberOf = (m: Measure | undefined, tables: string[], model: Model): boolean =>
  m?.kind === 'base' && m.where.length === 0 && tables.includes(m.table) && rowColumnOf(m, model) !== undefined

/** "checks with *no defects*": a number that each row has. */
const isOwnNumber = (s: State, item: NamedMention, subjects: string[]): boolean =>
  of(item, 'measure').some(({ measure }) => {
    const m = s.model.measures[measure]
    return m?.kind === 'base' && m.aggregation === 'sum' && m.where.length === 0 && subjects.includes(m.table)
  })

const takeZero = (s: State, item: NamedMention, { noun, subject }: { noun: Named; subject: Named }): boolean => {
  s.pendingNot = undefined
  s.draft.comparisons.push({ op: 'eq', value: 0, none: true, noun, subject, at: item })
  done(s, 'none')
  return true
}

/** "customers who *never ordered*": a verb that only ties words together, of a thing that has the same name. */
export const takeNoneOfVerb = (s: State): boolean => {
  const not = s.pendingNot
  if (!not || !deniesThings(s, not)) return false
  const said = s.tokens[not.to]?.lower ?? ''
  const table = Object.values(s.model.tables).find(
    t => lightVerbs.has(said) && verb(lemma(phraseWords(t.label).at(-1) ?? '')) === verb(said),
  )
  const subject = subjectBefore(s, s.items.indexOf(not))
  if (!table || !subject || !('meanings' in subject) || tablesOf(s, subject).includes(table.name)) return false
  if (tablesOf(s, subject).length === 0) return false
  const noun = { meanings: [{ kind: 'entity' as const, table: table.name }], at: not, part: false }
  s.draft.comparisons.push({ op: 'eq', value: 0, none: true, noun, subject, at: not })
  return true
}

/** "enrolled", where there is an "enrolled on": the table that keeps it. */
const tableOfDate = (s: State, item: NamedMention) => {
  const dates = of(item, 'dimension').flatMap(({ dimension }) => {
    const d = s.model.dimensions[dimension]
    return d?.type === 'date' || d?.type === 'timestamp' ? [{ kind: 'entity' as const, table: d.table }] : []
  })
  return dates.length > 0 ? { meanings: dates.slice(0, 1), at: item, part: false } : undefined
}

const tablesOf = (s: State, named: { meanings: NamedMention['meanings'] }): string[] =>
  named.meanings.flatMap(m => {
    if (m.kind === 'entity') return [m.table]
    if (m.kind === 'dimension') return [s.model.dimensions[m.dimension]?.table ?? '']
    const measure = m.kind === 'measure' ? s.model.measures[m.measure] : undefined
    if (measure?.kind !== 'base') return []
    return s.model.tables[measure.name] ? [measure.name] : [measure.table]
  })
