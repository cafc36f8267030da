import { pluralPhrase, singular, tokens } from './labels.ts'
import { isAboutCompanies, isAboutPeople } from './people.ts'
import type { TableProfile } from './profile.ts'
import type { Thing } from './things.ts'
import type { Words } from './words.ts'

type Named = { table: TableProfile; thing: Thing }
/** Whether a phrase is free in all tables, for the rows of one. */
type IsFree = (phrase: string, own: TableProfile) => boolean
/** All tables, and what is free in them. */
type Others = { things: readonly Named[]; isFree: IsFree }

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
  const called = calledIn(words.things, thing.one).filter(phrase => isFree(phrase, table))
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

/** "jobs", where projects and work orders could be called so: said of neither, so that it is asked. People and customers are of either kind. */
export const withoutClaims = (lent: readonly Named[], own: readonly Named[], { also_called }: Words): Thing[] => {
  const kinds = also_called.flatMap(k => k.also)
  const isLent = (s: string, i: number) => !own[i]?.thing.synonyms.includes(s) && !kinds.includes(singular(s))
  const fresh = lent.map(({ thing }, i) => thing.synonyms.filter(s => isLent(s, i)))
  return lent.map(({ thing }, i) => {
    const claimed = new Set(fresh.flatMap((words, j) => (j === i ? [] : words)))
    const isOwn = (s: string) => !(fresh[i]?.includes(s) && claimed.has(s))
    return { ...thing, synonyms: thing.synonyms.filter(isOwn), kinds: thing.kinds.filter(k => !claimed.has(k)) }
  })
}

const calledIn = (things: Words['things'], one: string): readonly string[] => {
  const name = [one, one.split(' ').at(-1) ?? ''].find(n => Object.hasOwn(things, n))
  return name === undefined ? [] : (things[name] ?? [])
}

/** "visit type" of appointments says that they are visits, "hire days" of rentals that they are hires. */
const ofRows = new Set([
  ...['type', 'status', 'date', 'id', 'number', 'no', 'reason', 'time', 'days', 'hours', 'duration', 'length'],
  ...['fee', 'charge', 'price', 'amount', 'total', 'channel', 'name'],
])

/**
 * Whether no column of any table is called so and no value is a part of it: "job" is no other word for a request where somebody has a job.
 * What a table says of its own rows does not count.
 */
export const freeIn = (all: readonly TableProfile[]): IsFree => {
  const named = all.map(table => ({ table, ...namesOf(table) }))
  const values = new Set(all.flatMap(t => t.columns).flatMap(c => c.values.map(v => v.value.toLowerCase())))
  return (phrase, own) => {
    const forms = [phrase, singular(phrase), pluralPhrase(phrase), phrase.replaceAll(' ', '')]
    const isNamed = named.some(({ table, names, ofOwn }) =>
      forms.some(form => names.has(form) || (table !== own && ofOwn.has(form))),
    )
    return !isNamed && !phrase.split(' ').some(word => values.has(word) || values.has(pluralPhrase(word)))
  }
}

/** What columns are called, whole and by their first and last word; apart what only tells about the rows. */
const namesOf = ({ columns }: TableProfile) => {
  const said = columns.map(column => tokens(column.label))
  const isOfRows = ({ length, 1: last = '' }: readonly string[]) => length === 2 && ofRows.has(last)
  const ends = (words: readonly string[]) => [words[0] ?? '', words.at(-1) ?? '']
  return {
    names: new Set(said.flatMap(words => [words.join(' '), ...(isOfRows(words) ? [] : ends(words))])),
    ofOwn: new Set(said.filter(isOfRows).flatMap(ends)),
  }
}
