import { pluralPhrase, singular, tokens } from './labels.ts'
import { isAboutCompanies, isAboutPeople } from './people.ts'
import type { TableProfile } from './profile.ts'
import type { Thing } from './things.ts'
import type { Words } from './words.ts'

type Named = { table: TableProfile; thing: Thing }
/** All tables, and whether a phrase is free in them. */
type Others = { things: readonly Named[]; isFree: (phrase: string) => boolean }

/**
 * The other words for the things of a table: apartments of units, and those that their kind brings: people, staff and headcount of employees,
 * customers of accounts that are companies.
 */
export const withOtherNames = ({ table, thing }: Named, { things, isFree }: Others, words: Words): Thing => {
  const last = singular(thing.one.split(' ').at(-1) ?? '')
  const fitting = words.also_called.filter(
    ({ about, things: named }) =>
      (named.length === 0 || named.includes(last)) &&
      (about === 'anything' || (about === 'people' ? isAboutPeople(table, words) : isAboutCompanies(table, words))),
  )
  const taken = new Set(things.filter(o => o.table !== table).flatMap(o => [o.thing.one, o.thing.many]))
  const free = (list: readonly string[]) =>
    list.filter(w => w !== thing.one && !taken.has(w) && !taken.has(pluralPhrase(w)))
  const called = calledIn(words.things, thing.one).filter(isFree)
  const kinds = free([...fitting.filter(f => f.about === 'companies').flatMap(f => f.also), ...called])
  const also = free([...fitting.flatMap(f => f.also), ...called]).flatMap(w =>
    words.uncountable.includes(w) ? [w] : [w, pluralPhrase(singular(w))],
  )
  return {
    ...thing,
    synonyms: [...new Set([...thing.synonyms, ...also])].filter(s => s !== thing.one),
    kinds: kinds.map(singular),
    counts: free(fitting.flatMap(f => f.counts)),
  }
}

const calledIn = (things: Words['things'], one: string): readonly string[] => {
  const name = [one, one.split(' ').at(-1) ?? ''].find(n => Object.hasOwn(things, n))
  return name === undefined ? [] : (things[name] ?? [])
}

/** Whether no column of any table is called so and no value is a part of it: "job" is no other word for a request where somebody has a job. */
export const freeIn = (all: readonly TableProfile[]): ((phrase: string) => boolean) => {
  const columns = all.flatMap(table => table.columns)
  const names = new Set(
    columns.flatMap(({ label }) => {
      const said = tokens(label)
      return [said.join(' '), said[0] ?? '', said.at(-1) ?? '']
    }),
  )
  const values = new Set(columns.flatMap(c => c.values.map(v => v.value.toLowerCase())))
  return phrase =>
    ![phrase, singular(phrase), pluralPhrase(phrase)].some(form => names.has(form)) &&
    !phrase.split(' ').some(word => values.has(word) || values.has(pluralPhrase(word)))
}
