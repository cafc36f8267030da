import type { Fact, Sentence } from '#src/vocabulary/fact.ts'
import { type Backed, type Backing, backingOf, type End, type Move, namesIn } from './backing.ts'
import type { Material } from './facts/parts.ts'
import { sourceOf } from './story.ts'
import { citedBy, matches, numbersIn, type Source, untraced, type Written, without } from './trace.ts'
import { claims, isOpener, months, withShortMonths } from './wording.ts'

/** What was studied, and in words what was asked for: names in it may be said. */
export type Checked = { material: Material; facts: readonly Fact[]; reading: string }

/**
 * What is wrong with a sentence that a language model wrote; empty when it holds. Its numbers must be those of the cited facts and cells, with their
 * units and signs and of the parts it names; what it says rose must have risen; it names nothing that is not there, and holds no links or markup.
 */
export const faultsOf = (written: Sentence, checked: Checked): string[] => {
  const text = withShortMonths(written.text)
  const sentence = { ...written, text }
  if (text.length > longest || text.trim() === '') return ['length']
  if (/https?:|www\.|[<>`*|]|\]\(|@\w|\p{Cc}/iu.test(text)) return ['markup']
  const backing = backingOf(sentence, checked.material, checked.facts)
  const source = withNames(sourceOf(checked.material, checked.facts), backing)
  const loose = untraced(sentence, source)
  if (loose.length > 0) return loose.map(number => `number ${number}`)
  if (backing.numbers.length === 0) return ['no source']
  const known = [...citedBy(sentence, source).words, ...backing.numbers.flatMap(n => n.names)]
  const all = namesIn(checked.material.view)
  return [
    ...unbacked(text, backing),
    ...strangers(text, { all, known, reading: checked.reading }),
    ...clausesOf(text, all).flatMap(clause => clauseFaults(clause, { backing, digits: known })),
  ]
}

const longest = 320

/** Labels of the time buckets that are cited hold digits too. */
const withNames = ({ labels = [], ...source }: Source, { numbers }: Backing): Source => ({
  ...source,
  labels: [...labels, ...numbers.flatMap(n => n.names)],
})

/** Words that claim something which no cited fact says. */
const unbacked = (text: string, { tones, kinds, moves }: Backing): string[] => [
  ...(claims.amount.test(text) ? ['amount in words'] : []),
  ...(claims.cause.test(text) && !kinds.has('driver') ? ['cause'] : []),
  ...(claims.better.test(text) && !tones.has('good') ? ['better'] : []),
  ...(claims.worse.test(text) && !tones.has('bad') ? ['worse'] : []),
  ...(claims.forecast.test(text) ? ['forecast'] : []),
  ...((claims.up.test(text) || claims.down.test(text)) && moves.length === 0 ? ['direction'] : []),
]

type Naming = { all: readonly string[]; known: readonly string[]; reading: string }

/** Names of parts that nothing cited is about, and names that are nowhere. */
const strangers = (text: string, { all, known, reading }: Naming): string[] => {
  const familiar = [...known, reading]
  const parts = all.filter(name => occurs(name, text) && !familiar.some(k => occurs(name, k)))
  const words = new Set(familiar.flatMap(wordsOf).map(stem))
  const names = [...text.matchAll(/(^|[.:;!?“"(]\s*|\s|[-–/])(\p{Lu}[\p{L}\p{N}'’]*)/gu)].flatMap(
    ([, before = '', word = '']) => {
      const begins = before === '' || /[.:;!?“"(]/.test(before)
      return words.has(stem(word)) || (begins && isOpener(word)) ? [] : [word]
    },
  )
  return [...new Set([...parts, ...names])].map(name => `name ${name}`)
}

const wordsOf = (text: string) => text.split(/[^\p{L}\p{N}'’]+/u)

/** Months are told by three letters, plurals by the singular. */
const stem = (word: string) => {
  const lower = word.toLowerCase()
  return months.has(lower) ? lower.slice(0, 3) : lower.replace(/['’]s$/, '').replace(/(?<=\p{L}{3})s$/u, '')
}

type Clause = { text: string; names: string[] }

/** The parts of a sentence that say one thing each, with the names in it. Names are not cut. */
const clausesOf = (text: string, all: readonly string[]): Clause[] => {
  const found = all.filter(name => occurs(name, text)).toSorted((a, b) => b.length - a.length)
  const masked = found.reduce((left, name, i) => left.replace(whole(name), `⟦${i}⟧`), text)
  return masked.split(/[,;:]\s|\.\s|\s(?:and|while|whereas|but|although|against|versus|than)\s/u).map(piece => {
    const names = [...piece.matchAll(/⟦(\d+)⟧/g)].flatMap(([, i]) => found[Number(i)] ?? [])
    return { text: piece.replace(/⟦(\d+)⟧/g, (_, i) => found[Number(i)] ?? ''), names }
  })
}

type Clauses = { backing: Backing; digits: readonly string[] }

const clauseFaults = ({ text, names }: Clause, { backing, digits }: Clauses): string[] => {
  const about = <T extends { names: string[] }>(all: readonly T[]) =>
    names.length === 0 ? [...all] : all.filter(one => one.names.length === 0 || one.names.some(n => isAmong(n, names)))
  const written = numbersIn(without(text, digits))
  const backed = about(backing.numbers)
  const falls = claims.down.test(text) || claims.less.test(text)
  return [
    ...written
      .filter(
        number => !backed.some(b => matches(number, b.value) && isMarked(number, b) && isSigned(number, b, falls)),
      )
      .map(number => `number ${number.text}`),
    ...wayFaults(text, { written, moves: about(backing.moves) }),
    ...endFaults(text, about(backing.ends)),
  ]
}

const isAmong = (name: string, names: readonly string[]) => names.some(n => n.toLowerCase() === name.toLowerCase())

const isMarked = ({ mark }: Written, { unit }: Backed) => {
  if (unit === 'any') return true
  if (unit === 'percent' || unit === 'bare') return mark === (unit === 'percent' ? '%' : undefined)
  return mark === unit.sign
}

/** A number below zero is written with its minus, or with a word that says so. */
const isSigned = ({ negative }: Written, { value }: Backed, falls: boolean) => value >= 0 || negative || falls

/** Whether what is said to rise has risen: that of which the numbers are told here, else any of which the clause can be. */
const wayFaults = (text: string, { written, moves }: { written: readonly Written[]; moves: Move[] }): string[] => {
  const told = moves.filter(m => written.some(n => m.values.some(v => matches(n, v))))
  const pool = told.length > 0 ? told : moves
  const went = (sign: number) => pool.some(m => m.sign === sign)
  return [
    ...(claims.up.test(text) && !went(1) ? ['direction up'] : []),
    ...(claims.down.test(text) && !went(-1) ? ['direction down'] : []),
  ]
}

/** Whether what is called the highest or lowest is so; "second" and "next" may be said of those after the first. */
const endFaults = (text: string, ends: readonly End[]): string[] => {
  const isAt = (end: End['end']) => ends.some(e => e.end === end && (e.rank === 1 || claims.after.test(text)))
  return [
    ...(claims.highest.test(text) && !isAt('high') ? ['highest'] : []),
    ...(claims.lowest.test(text) && !isAt('low') ? ['lowest'] : []),
    ...(claims.best.test(text) && !isAt('high') && !isAt('low') ? ['best'] : []),
  ]
}

const occurs = (name: string, text: string) => whole(name).test(text)

const whole = (name: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu')
