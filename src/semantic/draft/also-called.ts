import { pluralPhrase, singular } from './labels.ts'
import { isAboutCompanies, isAboutPeople } from './people.ts'
import type { TableProfile } from './profile.ts'
import type { Thing } from './things.ts'
import type { Words } from './words.ts'

type Named = { table: TableProfile; thing: Thing }

/** The other words for the things of a table that their kind brings: people, staff and headcount of employees, customers of accounts that are companies. */
export const withOtherNames = ({ table, thing }: Named, others: readonly Named[], words: Words): Thing => {
  const last = singular(thing.one.split(' ').at(-1) ?? '')
  const fitting = words.also_called.filter(
    ({ about, things }) =>
      (things.length === 0 || things.includes(last)) &&
      (about === 'anything' || (about === 'people' ? isAboutPeople(table, words) : isAboutCompanies(table, words))),
  )
  const taken = new Set(others.filter(o => o.table !== table).flatMap(o => [o.thing.one, o.thing.many]))
  const free = (list: readonly string[]) =>
    list.filter(w => w !== thing.one && !taken.has(w) && !taken.has(pluralPhrase(w)))
  const kinds = free(fitting.filter(f => f.about === 'companies').flatMap(f => f.also))
  const also = free(fitting.flatMap(f => f.also)).flatMap(w =>
    words.uncountable.includes(w) ? [w] : [w, pluralPhrase(singular(w))],
  )
  return {
    ...thing,
    synonyms: [...new Set([...thing.synonyms, ...also])].filter(s => s !== thing.one),
    kinds: kinds.map(singular),
    counts: free(fitting.flatMap(f => f.counts)),
  }
}
