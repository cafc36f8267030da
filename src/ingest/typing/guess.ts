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
  return all.filter(c => share(values, reads(c)) >= worthChecking)
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

const share = (values: readonly string[], test: (v: string) => boolean) => values.filter(test).length / values.length
