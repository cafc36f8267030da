import { isEnglish } from '#src/question/lemma.ts'
import { editDistance } from '#src/semantic/near.ts'
import type { Spell } from './features.ts'

/**
 * Reads a word that is neither known nor English as the one known word that it is a slip of: one edit up to seven letters, two above. What may
 * be a slip of two words stays.
 */
export const createSpell = (known: ReadonlySet<string>): Spell => {
  const byFirst = Map.groupBy(known, word => word[0])
  const found = new Map<string, string>()
  return word => {
    if (word.length < 4 || known.has(word)) return word
    const before = found.get(word)
    if (before !== undefined) return before
    const read = isEnglish(word) ? word : nearestOf(word, byFirst.get(word[0]) ?? [])
    if (found.size < mostFound) found.set(word, read)
    return read
  }
}

const mostFound = 20_000

const nearestOf = (word: string, candidates: readonly string[]): string => {
  const allowed = word.length < 8 ? 1 : 2
  const near = candidates
    .filter(other => Math.abs(other.length - word.length) <= allowed && other.length >= 4)
    .map(other => ({ other, edits: editDistance(word, other) }))
    .filter(({ edits }) => edits <= allowed)
    .sort((a, b) => a.edits - b.edits)
  const [best, second] = near
  return best && best.edits !== second?.edits ? best.other : word
}
