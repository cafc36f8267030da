import type { Category, Product } from '../categories.ts'
import { english } from './english.ts'
import { german } from './german.ts'
import type { Phrases } from './shape.ts'
import { spanish } from './spanish.ts'

export type Language = 'en' | 'de' | 'es'

/** All phrases in a language to one bot, the everyday ones first. */
export const phrasesOf = (language: Language, category: Category, product: Product): readonly string[] => {
  const found = languages[language][category]
  return [...(found[product] ?? []), ...(found.both ?? [])]
}

const languages: Record<Language, Phrases> = { en: english, de: german, es: spanish }

/** How a second wish is added to a first one. */
export const joiners: Record<Language, readonly string[]> = {
  en: [' and also ', '. Also, ', ', and ', ' plus '],
  de: [' und außerdem ', '. Und ', ', und '],
  es: [' y también ', '. Además, ', ', y '],
}
