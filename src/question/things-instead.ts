import { pluralPhrase } from '#src/semantic/draft/labels.ts'
import type { Model } from '#src/semantic/model.ts'
import { countOf } from './counts.ts'
import type { Reading } from './read.ts'

/** What the data has in the place of a thing that it does not know: `things` are all of its kinds, each question names one of them and is read as a whole. */
export type ThingsInstead = { things: string[]; questions: string[] }

type Options = { text: string; model: Model; read: (text: string) => Reading }

/**
 * "How many apartments do we manage?" of tables that have buildings, units and leases: asks again with each of them. `undefined` when nothing is
 * counted, or none of these questions can be read, so that it was no thing that was not known.
 */
export const thingsInstead = (
  { unused, draft }: Reading,
  { text, model, read }: Options,
): ThingsInstead | undefined => {
  const phrase = togetherIn(text, unused)
  if (phrase === undefined || !draft.cues.has('count')) return undefined
  const things = Object.values(model.tables)
    .filter(({ name }) => countOf(name, model))
    .map(({ label }) => pluralPhrase(label.toLowerCase()))
    .slice(0, mostThings)
  const questions = things.map(thing => text.replace(phrase, thing)).filter(question => isRead(read(question)))
  return questions.length > 0 ? { things, questions } : undefined
}

const mostThings = 6

const isRead = ({ candidates, unused }: Reading) => candidates.length > 0 && unused.length === 0

/** The words as they stand in the text, when they stand next to each other. */
const togetherIn = (text: string, words: readonly string[]): string | undefined => {
  const phrase = words.join(' ')
  return words.length > 0 && words.length <= 3 && text.includes(phrase) ? phrase : undefined
}
