import type { Knowledge } from '#src/domain.ts'
import { lemma } from '#src/question/lemma.ts'
import type { Mention } from '#src/question/mentions/mention.ts'
import { isPeriodProblem, resolvePeriod } from '#src/question/periods/resolve.ts'
import { mention } from '#src/question/read.ts'
import type { Token } from '#src/question/tokens.ts'
import type { Model } from '#src/semantic/model.ts'
import type { IsoDate } from '#src/vocabulary/period.ts'

export type Words = { model: Model; knowledge: Pick<Knowledge, 'lexicon'>; today: IsoDate }

/**
 * What a question says, part by part: names and values by what they mean, periods by their days, numbers, and the other words in their dictionary
 * form. Case, signs, small slips and words that are only polite say nothing; of one period it does not matter where it stands.
 */
export const partsOf = (text: string, { model, knowledge, today }: Words): string[] => {
  const { mentions, tokens } = mention(text, knowledge.lexicon)
  const parts = mentions.flatMap(said => partOf(said, { tokens, model, today }))
  const periods = parts.filter(isPeriod)
  return periods.length === 1 ? [...parts.filter(part => !isPeriod(part)), ...periods] : parts
}

/** How much two questions have in common, in order: 1 is all, 0 nothing. https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient */
export const likeness = (a: readonly string[], b: readonly string[]): number =>
  a.length + b.length === 0 ? 0 : (2 * commonParts(a, b)) / (a.length + b.length)

/**
 * Whether two questions ask the same: all parts are the same, or nine of ten and those that only one has are words that change nothing. A number,
 * a period, a name or a word that nobody knows is never passed over.
 */
export const asksTheSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length > 0 && likeness(a, b) >= 0.9 && String(a.filter(isWeighty)) === String(b.filter(isWeighty))

type At = { tokens: readonly Token[]; model: Model; today: IsoDate }

const partOf = (said: Mention, { tokens, model, today }: At): string[] => {
  const { from, to, score: _, ...what } = said
  const words = tokens.slice(from, to).map(token => lemma(token.lower))
  switch (what.kind) {
    case 'named':
      return [`names ${what.meanings.map(meaning => JSON.stringify(meaning)).toSorted()}`]
    case 'period': {
      const period = resolvePeriod(what.expression, { today, calendar: model })
      return [isPeriodProblem(period) ? `period ${words.join(' ')}` : `period ${period.start} ${period.end}`]
    }
    case 'cue':
      return cuePart(what.cue, words)
    case 'rank':
      return [JSON.stringify({ ...what, word: undefined })]
    case 'filler':
    case 'unknown':
      return words.filter(word => /[\p{L}\p{N}%&+<>=]/u.test(word) && !saysNothing.has(word))
    default:
      return [JSON.stringify(what)]
  }
}

const cuePart = (cue: string, words: readonly string[]): string[] => {
  if (cue === 'be' || cue === 'of' || cue === 'list' || cue === 'which') return []
  if (cue !== 'filter') return [`cue ${cue}`]
  return words.every(word => within.has(word)) ? [] : [`cue ${words.join(' ')}`]
}

const isPeriod = (part: string) => part.startsWith('period ')
const isWeighty = (part: string) => !light.has(part)

const list = (text: string) => new Set(text.split(' '))

const within = list('in for at on within during throughout')

/** Politeness, pointing and glue. Shorter than what the reading of questions passes over: here nobody asks back. */
const saysNothing = list(
  'a an the please pls plz thanks thank thx hi hello hey ok okay well kindly bot chartroom btw show give tell get fetch see me us i we our my you your let want wanna need like would could can will is are was were be do does did of what whats s im id there it',
)

/** Words that a question may have more or less of. */
const light = list('just actually really exactly now currently overall altogether here quickly then so')

/** The length of the longest sequence of parts that both have. */
const commonParts = (a: readonly string[], b: readonly string[]): number => {
  let row = b.map(() => 0)
  for (const part of a) {
    const next: number[] = []
    b.forEach((other, j) => {
      next.push(part === other ? (row[j - 1] ?? 0) + 1 : Math.max(row[j] ?? 0, next[j - 1] ?? 0))
    })
    row = next
  }
  return row.at(-1) ?? 0
}
