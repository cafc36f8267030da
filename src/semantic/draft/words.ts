import { z } from 'zod'

const list = z.array(z.string())

/** Roles that a column of numbers can have by its name. */
export const namedRoles = [
  'money',
  'pay',
  'price',
  'quantity',
  'level',
  'rate',
  'score',
  'age',
  'temperature',
  'size',
  'duration',
  'distance',
  'rain',
  'coordinate',
  'year',
  'part-of-time',
  'code',
] as const
export type NamedRole = (typeof namedRoles)[number]

const unit = z.strictObject({ show: z.string(), role: z.enum(namedRoles), after: list.optional() })

/** Facts about words (`sql/draft/words.yaml`): what a name says about a column. */
export const wordsSchema = z.strictObject({
  roles: z.record(z.enum(namedRoles), list),
  prepositions: list,
  ratio_words: list,
  modifiers: list,
  units: z.record(z.string(), unit),
  currencies: z.record(z.string(), z.string().length(3)),
  same: z.array(list.min(2)),
  meant_by: z.record(z.string(), list),
  short_forms: z.record(z.string(), z.string()),
  dates_said: z.record(z.string(), z.strictObject({ verbs: list, nouns: list })),
  ways: z.strictObject({ said_as: z.record(z.string(), z.string()), same: z.array(list.min(2)) }),
  also_called: z.array(
    z.strictObject({ about: z.enum(['people', 'companies', 'anything']), things: list, also: list, counts: list }),
  ),
  goods: list,
  numbers_said: z.array(z.strictObject({ of: list, column: list, said: list })),
  row_words: list,
  sized: list,
  amount_parts: list,
  amounts_said: z.record(z.string(), list),
  paid_out: z.strictObject({ for: list, said: list }),
  noise: list,
  uncountable: list,
  personal: z.strictObject({ always: list, of_people: list, people: list, signs: list, companies: list }),
  free_text: list,
  display: list,
  times: z.strictObject({ early: list, late: list, never: list }),
  selling: list,
  letting: list,
  buying: list,
  good_up: list,
  good_down: list,
})

/** What else things are called (`sql/draft/things.yaml`), by their name. */
export const thingsSchema = z.record(z.string(), list)

/** Facts about places (`sql/draft/places.yaml`). */
export const placesSchema = z.strictObject({
  us_states: z.record(z.string(), z.string()),
  us_territories: z.record(z.string(), z.string()),
  words_not_codes: list,
  countries: z.array(list.min(2)),
})

export type Words = z.infer<typeof wordsSchema> & {
  things: z.infer<typeof thingsSchema>
  places: z.infer<typeof placesSchema>
  /** Whether a word is in the dictionary; tells "birdstrikes" from "categories". */
  isWord: (word: string) => boolean
}
