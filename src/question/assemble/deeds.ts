import { pathTo } from '#src/semantic/compile/paths.ts'
import { rootOf } from '#src/semantic/draft/verbs.ts'
import { countOf, isCount } from '../counts.ts'
import type { Named } from '../draft.ts'
import { phraseWords } from '../lexicon.ts'
import type { Mention } from '../mentions/mention.ts'
import { subjectBefore } from './comparisons.ts'
import { deniesThings } from './none.ts'
import { of, previous, type State } from './state.ts'

/** "applications that were never *inspected*", "*renewed* at least twice": a past form of what a table or a column of numbers is called. */
export const takeDeed = (s: State, i: number, item: Mention): boolean => {
  const said = s.tokens[item.from]?.lower ?? ''
  const subject = subjectBefore(s, i)
  if (!/..ed$/.test(said) || !subject || !('meanings' in subject)) return false
  const thing = tableOf(s, subject)
  const noun = thing && (rowsOf(s, said, thing) ?? numberOf(s, said, thing))
  if (!noun) return false
  const named: Named = { meanings: [noun], at: item, part: false }
  const times = s.draft.comparisons.find(c => c.at.from === item.to && c.times)
  if (times) {
    times.noun = named
    times.times = false
    return true
  }
  const not = s.pendingNot
  if (!not || previous(s, i) !== not || not.to !== item.from || !deniesThings(s, not)) return false
  s.pendingNot = undefined
  s.draft.comparisons.push({ op: 'eq', value: 0, none: true, noun: named, subject, at: item })
  return true
}

/** "most *rented* bikes", "which bike gets *rented* the most": ranked by how many rentals there are. */
export const takeRankedDeed = (s: State, rank: Extract<Mention, { kind: 'rank' }>): void => {
  const before = s.tokens[rank.from - 1]?.lower === 'the' ? rank.from - 2 : rank.from - 1
  const said = [rank.to, before].map(at => s.tokens[at]?.lower ?? '').find(word => /..ed$/.test(word)) ?? ''
  const isDone = /^(most|least)$/.test(rank.word) && s.draft.measures.length === 0
  const things = isDone ? Object.values(s.model.tables).filter(t => isSaid(said, t.label)) : []
  const counted = things.length === 1 ? countOf(things[0]?.name ?? '', s.model) : undefined
  if (counted) s.draft.measures.push({ meanings: [{ kind: 'measure', measure: counted }], at: rank, part: false })
}

const tableOf = (s: State, subject: Named): string | undefined => {
  const [entity] = of(subject, 'entity')
  const counted = of(subject, 'measure').map(m => s.model.measures[m.measure])
  const [count] = counted.flatMap(m => (m?.kind === 'base' && isCount(m) ? [m.table] : []))
  return entity?.table ?? count
}

const isSaid = (said: string, label: string) => rootOf(phraseWords(label).at(-1) ?? '') === rootOf(said)

/** The rows of another table, of which a thing has many. */
const rowsOf = (s: State, said: string, thing: string): Named['meanings'][number] | undefined => {
  const table = Object.values(s.model.tables).find(
    t => t.name !== thing && isSaid(said, t.label) && pathTo(s.model, { from: t.name, to: thing }) !== undefined,
  )
  return table && { kind: 'entity', table: table.name }
}

/** How many times, as each row of the thing has it. */
const numberOf = (s: State, said: string, thing: string): Named['meanings'][number] | undefined => {
  const column = Object.values(s.model.dimensions).find(
    d => d.table === thing && d.type === 'number' && phraseWords(d.label).length === 1 && isSaid(said, d.label),
  )
  return column && { kind: 'dimension', dimension: column.name }
}
