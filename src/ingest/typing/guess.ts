import type { Candidate } from './candidate.ts'
import { reads } from './candidate.ts'
import { dateCandidates, looksLikeTime, numericTimes } from './date-candidates.ts'
import { flagCandidates } from './flag-candidates.ts'
import { isNullWord } from './null-words.ts'
import { numberCandidates } from './number-candidates.ts'

/** What neighbours tell about a column that does not tell itself. */
export type Locale = { comma: 'thousands' | 'decimal' }

/** A sample that is read this well is worth checking on all rows; what fails then is told. */
const worthChecking = 0.95

/** The ways a column may be read, best first, from some of its values. Proof on all rows comes after. */
export const guessCandidates = (name: string, sample: readonly string[], locale: Locale): Candidate[] => {
  const values = sample.map(v => v.trim()).filter(v => !isNullWord(v))
  if (values.length === 0) return []
  const all = [
    ...flagCandidates(values),
    ...(looksLikeTime(name) ? numericTimes : []),
    ...numberCandidates(locale.comma),
    ...dateCandidates,
  ]
  const misses = Math.floor(values.length * (1 - worthChecking))
  return all.filter(c => mostly(values, { test: reads(c), misses }))
}

/** What a comma means in a file: decimal when some column can only be read so and none only the other way; with `;` between fields when nothing tells. */
export const guessLocale = (columns: readonly (readonly string[])[], delimiter: string): Locale => {
  const votes = columns.map(commaVote)
  const decimal = votes.includes('decimal')
  const thousands = votes.includes('thousands')
  if (decimal !== thousands) return { comma: decimal ? 'decimal' : 'thousands' }
  return { comma: delimiter === ';' ? 'decimal' : 'thousands' }
}

const [, , dotted] = numberCandidates('thousands')
const [, commaed] = numberCandidates('decimal')

const commaVote = (sample: readonly string[]) => {
  const values = sample.map(v => v.trim().replace(/\s?%$/, '')).filter(v => !isNullWord(v))
  if (values.length === 0 || !dotted || !commaed || !values.some(v => /[.,]/.test(v))) return undefined
  const asDotted = values.every(reads(dotted))
  const asCommaed = values.every(reads(commaed))
  if (asDotted === asCommaed) return undefined
  return asDotted ? 'thousands' : 'decimal'
}

type Tolerance = { test: (v: string) => boolean; misses: number }

const mostly = (values: readonly string[], { test, misses }: Tolerance) => {
  let left = misses
  return values.every(v => test(v) || --left >= 0)
}
