import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import lemmatizer from 'wink-lemmatizer'
import { parse } from 'yaml'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { placesSchema, thingsSchema, type Words, wordsSchema } from './words.ts'

/** Reads the facts about words that models are drafted with, from `words.yaml`, `things.yaml` and `places.yaml` of a folder. Throws `source/missing`, `model/invalid`. */
export const loadDraftWords = async (
  folder: URL = new URL('../../../sql/draft/', import.meta.url),
): Promise<Words> => ({
  ...(await checked(new URL('words.yaml', folder), wordsSchema)),
  things: await checked(new URL('things.yaml', folder), thingsSchema),
  places: await checked(new URL('places.yaml', folder), placesSchema),
  isWord,
})

type Schema<T> = {
  safeParse: (
    value: unknown,
  ) => { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }
}

const checked = async <T>(file: URL, schema: Schema<T>): Promise<T> => {
  const path = file.pathname
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw ChartroomError.of('source/missing', { path }, cause)
  })
  const result = schema.safeParse(parse(text))
  if (result.success) return result.data
  throw ChartroomError.of('model/invalid', {
    path,
    problems: result.error.issues.map(i => `${i.path.join('.')}: ${i.message}`),
  })
}

let dictionary: Record<string, number> | undefined

/** The list of WordNet loads on first use. */
const isWord = (word: string): boolean => {
  dictionary ??= createRequire(import.meta.url)('wink-lexicon/src/wn-words.js') as Record<string, number>
  return Object.hasOwn(dictionary, word) || Object.hasOwn(dictionary, lemmatizer.noun(word))
}
