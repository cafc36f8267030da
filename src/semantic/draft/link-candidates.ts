import { isStrongKeyName, isUnique, keyOf, looksLikeKeyName } from './keys.ts'
import { isShortFor, singular, tokens } from './labels.ts'
import type { ColumnProfile, LinkCandidate, TableProfile } from './profile.ts'

/**
 * Pairs of columns that may be a link from many rows to one. Small whole numbers stand in every key, so numbers need a name that speaks for the
 * link; texts may do with their values when these are many enough to be no accident.
 */
export const linkCandidates = (tables: readonly TableProfile[]): LinkCandidate[] =>
  tables.flatMap(to => {
    const key = keyOf(to)
    return tables.flatMap(from => (key ? simple(from, to, key) : composite(from, to)))
  })

const simple = (from: TableProfile, to: TableProfile, key: ColumnProfile): LinkCandidate[] =>
  from.columns.flatMap(column => {
    const evidence = mayLink(from, column, { to, key }) ? evidenceFor(from, column, { to, key }) : undefined
    return evidence
      ? [{ from: { table: from.name, columns: [column.name] }, to: { table: to.name, columns: [key.name] }, evidence }]
      : []
  })

type Target = { to: TableProfile; key: ColumnProfile }

const mayLink = (from: TableProfile, column: ColumnProfile, { to, key }: Target) => {
  if (column.filled === 0 || (from === to && column === key) || to.rows < 2) return false
  if (column.distinct > to.rows * 1.1) return false
  if (column.type === 'text' && key.type === 'text') return true
  return column.whole && key.whole
}

const evidenceFor = (
  from: TableProfile,
  column: ColumnProfile,
  { to, key }: Target,
): LinkCandidate['evidence'] | undefined => {
  if (from === to) return selfWords.test(column.name) ? 'own' : undefined
  const thing = tokens(to.name).map(singular)
  const parts = tokens(column.name).map(singular)
  const stem = looksLikeKeyName(column.name) ? parts.slice(0, -1) : parts
  if (stem.length && endsWith(stem, thing)) return isUnique(column, from) && isOwn(from, stem) ? undefined : 'own'
  if (column.name === key.name && isStrongKeyName(key.name) && tokens(key.name).length > 1) {
    if (ownsKey(from, key)) return undefined
    return stem.length === 1 && isShortFor(stem[0] ?? '', thing.at(-1) ?? '') ? 'own' : 'name'
  }
  if (isAkin(parts, thing)) return 'name'
  if (isSharedName(from, column, key)) return 'name'
  return column.type === 'text' && isTelling(from, column, { to, key }) ? 'values' : undefined
}

/** "card no" in loans and in readers: the same name of several words, and no key of its own here. */
const isSharedName = (from: TableProfile, column: ColumnProfile, key: ColumnProfile) =>
  column.name === key.name &&
  looksLikeKeyName(key.name) &&
  tokens(key.name).length > 1 &&
  !isUnique(column, from) &&
  !isOwn(from, tokens(key.name).map(singular).slice(0, -1))

const selfWords = /^(reports?_to|parent|manager|supervisor|boss|lead|head)(_id|_no|_key)?$/

const isOwn = (table: TableProfile, stem: readonly string[]) => endsWith(stem, tokens(table.name).map(singular))

const ownsKey = (from: TableProfile, key: ColumnProfile) => isOwn(from, tokens(key.name).map(singular).slice(0, -1))

const endsWith = (words: readonly string[], end: readonly string[]) =>
  words.length >= end.length && words.slice(-end.length).join('') === end.join('')

const linkWords = new Set([
  'via',
  'by',
  'to',
  'from',
  'id',
  'code',
  'no',
  'nr',
  'key',
  'ref',
  'of',
  'for',
  'with',
  'fk',
  'origin',
  'destination',
  'source',
  'target',
])

/** "ship via" → shippers: one word begins like the thing, and the others only say how it is linked. */
const isAkin = (parts: readonly string[], thing: readonly string[]) => {
  const last = thing.at(-1) ?? ''
  const akin = (word: string) =>
    word.length >= 4 && last.length >= 4 && (last.startsWith(word) || word.startsWith(last))
  return parts.some(akin) && parts.every(p => akin(p) || linkWords.has(p))
}

/** Short texts of many kinds, about as long as the keys. */
const isTelling = (from: TableProfile, column: ColumnProfile, { to, key }: Target) =>
  column.distinct >= 10 &&
  !isUnique(column, from) &&
  column.length < 30 &&
  key.length < 30 &&
  to.rows >= column.distinct &&
  Math.abs(column.length - key.length) <= Math.max(1.5, key.length * 0.4) &&
  mayOverlap(column, key)

/** Where both value lists are known, one value in common is the least. */
const mayOverlap = (column: ColumnProfile, key: ColumnProfile) => {
  if (!column.values.length || !key.values.length) return true
  const known = new Set(key.values.map(v => v.value))
  return column.values.filter(v => known.has(v.value)).length >= column.values.length * 0.9
}

const composite = (from: TableProfile, to: TableProfile): LinkCandidate[] => {
  const key = to.compositeKeys[0]
  if (from === to || !key || !key.every(k => from.columns.some(c => c.name === k))) return []
  if (from.compositeKeys.some(k => k.length === key.length && k.every(c => key.includes(c)))) return []
  if (!key.some(looksLikeKeyName)) return []
  return [{ from: { table: from.name, columns: key }, to: { table: to.name, columns: key }, evidence: 'own' }]
}
