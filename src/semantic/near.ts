import distance from 'damerau-levenshtein'

/**
 * The candidates that a word may be a slip of, nearest first, at most `max`. Case is ignored; a swap of two neighbours is one edit. The longer
 * the word, the more edits are allowed: one up to four letters, two up to seven, then three. Words of one or two letters have no near ones.
 */
export const nearest = (word: string, candidates: Iterable<string>, max = 3): string[] => {
  const limit = editsAllowed(word.length)
  return [...new Set(candidates)]
    .filter(candidate => Math.abs(candidate.length - word.length) <= limit)
    .map(candidate => ({ candidate, edits: editDistance(word, candidate) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits || firstLetterOff(word, a.candidate) - firstLetterOff(word, b.candidate))
    .slice(0, max)
    .map(({ candidate }) => candidate)
}

/** How many letters must be added, dropped, changed or swapped with a neighbour. Case is ignored. */
export const editDistance = (a: string, b: string): number => {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()]
  if (left === right) return 0
  return distance(left, right).steps
}

const editsAllowed = (length: number) => (length <= 2 ? 0 : length <= 4 ? 1 : length <= 7 ? 2 : 3)

const firstLetterOff = (a: string, b: string) => (a[0]?.toLowerCase() === b[0]?.toLowerCase() ? 0 : 1)
