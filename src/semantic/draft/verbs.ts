import lemmatizer from 'wink-lemmatizer'
import { singular } from './labels.ts'

/** What is left of a word of happening when its ending is off, so that "shipment" is "shipped", "billing" is "billed" and "delivery" is "delivered". */
export const rootOf = (word: string): string => {
  const plain = lemmatizer.verb(singular(word))
  const verb = Object.hasOwn(nouns, plain) ? (nouns[plain] ?? plain) : plain
  const stem = verb.replace(/(ations?|ition|ion|ment|ance|ence|ery|al|ate|er|y|e)$/, '')
  return stem.length >= 3 ? stem : verb
}

const nouns: Record<string, string> = {
  sale: 'sell',
  sales: 'sell',
  loss: 'lose',
  registration: 'register',
  payment: 'pay',
}

/** "ship" → shipped, "delivery" → delivered, "termination" → terminated; what is a past form stays; none of a word that is no verb ("due"). */
export const pastOf = (word: string): string | undefined => {
  if (lemmatizer.verb(word) !== word) return word.endsWith('ing') ? undefined : word
  if (Object.hasOwn(irregular, word)) return irregular[word]
  return bases(word)
    .flatMap(b => (b.endsWith('e') ? [`${b}d`] : [...(short.test(b) ? [`${b}${b.at(-1)}ed`] : []), `${b}ed`]))
    .find(past => lemmatizer.verb(past) !== past)
}

/** Doubles its last letter, if the dictionary knows that form: ship, cancel. */
const short = /[^aeiou][aeiou][^aeiouwxy]$/

const irregular: Record<string, string> = { sale: 'sold', sell: 'sold', pay: 'paid', payment: 'paid', send: 'sent' }

const bases = (word: string): string[] => {
  const ends: [RegExp, string][] = [
    [/ation$/, 'ate'],
    [/ation$/, ''],
    [/ment$/, ''],
    [/al$/, ''],
    [/y$/, ''],
  ]
  return [word, ...ends.filter(([end]) => end.test(word)).map(([end, by]) => word.replace(end, by))]
}
