import type { DimensionType } from '../model.ts'
import type { DraftDimension } from './draft-dimension.ts'
import { capital, flagWords, humanise, inSentence } from './humanise.ts'
import { giveNames, identifier } from './identifier.ts'
import { ambiguousTargets, type DraftJoin } from './joins.ts'
import { looksLikeKeyName, thingOfKey } from './keys.ts'
import { pluralPhrase, singular, tokens } from './labels.ts'
import { isMeasured } from './measured.ts'
import { placeOf } from './places.ts'
import type { RoleColumn } from './roles.ts'
import { columnSynonyms, otherWords, timeSynonyms } from './synonyms.ts'
import type { TableDraft } from './table-drafts.ts'
import { viaItems } from './via-dimensions.ts'
import type { Words } from './words.ts'

type Sources = {
  drafts: readonly TableDraft[]
  joins: readonly DraftJoin[]
  words: Words
  shared: ReadonlySet<string>
  taken: Set<string>
}
type Item = {
  want: string
  prefix: string
  draft: TableDraft
  column: RoleColumn
  thing: boolean
  long: boolean
  who?: string
}

/** A dimension for every column that one can split or filter by; where two joins lead to a table, one more for each join. */
export const draftDimensions = ({ drafts, joins, words, shared, taken }: Sources): DraftDimension[] => {
  const ambiguous = ambiguousTargets(joins)
  const things = new Set(drafts.flatMap(({ thing }) => [thing.one, thing.many, ...thing.synonyms]))
  const items = drafts.flatMap(draft =>
    draft.columns
      .filter(c => isOffered(c, draft, { joins, drafts }))
      .map(column => ({
        ...itemOf(draft, column),
        who: loneThing(draft, column, joins),
        long: ambiguous.has(draft.table.name) && draft.display?.column !== column.column.name,
      })),
  )
  const own = giveNames(items, taken).map(({ item, name, prefixed }) =>
    dimension(item, { name, prefixed, words, shared, things }),
  )
  const roles = viaItems(own, { drafts, joins, words })
  const named = giveNames(roles, taken).map(({ item, name, prefixed }) => {
    const { label, synonyms } = item.dimension
    const long = capital(`${item.prefix.replaceAll('_', ' ')} ${inSentence(label)}`)
    return {
      ...item.dimension,
      name,
      ...(prefixed ? { label: long, synonyms: [label.toLowerCase(), ...synonyms] } : {}),
    }
  })
  return [...own, ...named]
}

/** "teacher" of the teacher_id of lessons, where nothing else is known of teachers: they are told apart by it. */
const loneThing = (
  { table, key }: TableDraft,
  { role, column }: RoleColumn,
  joins: readonly DraftJoin[],
): string | undefined => {
  const one = thingOfKey(column)
  const isLinked = joins.some(j => j.from === table.name && j.fromColumns.includes(column.name))
  const isLone = role === 'key' && tokens(column.label).at(-1) === 'id' && !isLinked && !key.includes(column.name)
  return isLone && one !== '' ? one : undefined
}

/** A key that surely leads to a table which is shown by its name is not offered beside that name. */
const isOffered = (
  { role, column }: RoleColumn,
  { table, key }: TableDraft,
  { joins, drafts }: Pick<Sources, 'joins' | 'drafts'>,
) => {
  if (role === 'empty') return false
  const own = joins.filter(j => j.from === table.name && j.fromColumns.includes(column.name))
  const links = own.length > 0
  const sure = own.some(
    j => j.evidence === 'own' && j.share === 1 && drafts.find(d => d.table.name === j.to)?.display?.kind === 'name',
  )
  if (sure && !key.includes(column.name)) return false
  return !(links && !key.includes(column.name) && (role === 'key' || looksLikeKeyName(column.name)))
}

const itemOf = (draft: TableDraft, column: RoleColumn): Omit<Item, 'long'> => {
  const { display, prefix } = draft
  const thing = display?.kind === 'name' && display.column === column.column.name
  const plain = identifier(column.column.name, 'column')
  return { want: thing ? prefix : isMeasured(column.role) ? `${plain}_value` : plain, prefix, draft, column, thing }
}

type Naming = {
  name: string
  prefixed: boolean
  words: Words
  shared: ReadonlySet<string>
  /** What the rows of all tables are called. */
  things: ReadonlySet<string>
}

const dimension = (
  { draft, column, thing, who }: Omit<Item, 'long'>,
  { name, prefixed, words, shared, things }: Naming,
): DraftDimension => {
  const { column: c, parts, role, personal } = column
  const own = (role === 'flag' && capital(flagWords(c.label))) || (who ? capital(who) : humanise(c.label, parts))
  const displays = draft.display?.column === c.name
  const isKeyDisplay = displays && draft.display?.kind === 'key'
  const one = capital(draft.thing.one)
  const withThing = own.toLowerCase().startsWith(draft.thing.one) || !prefixed ? own : `${one} ${inSentence(own)}`
  const label = thing || isKeyDisplay ? one : withThing
  return {
    name,
    label,
    synonyms: synonymsFor(column, { label, own, draft, displays, words, shared, things }),
    type: typeOf(c.type),
    table: draft.table.name,
    column: c.name,
    expression: { kind: 'name', table: draft.table.name, name: c.name },
    personal,
    hidden:
      personal ||
      isMeasured(role) ||
      role === 'free-text' ||
      role === 'coordinate' ||
      role === 'life-date' ||
      (role === 'key' && !displays && !who),
    ...(personal || c.type !== 'text' ? { valueSynonyms: {} } : placeOf(c, words)),
    comparable: (c.type === 'integer' || c.type === 'number') && (isMeasured(role) || role === 'year'),
    ...(parts.unit && isMeasured(role) ? { format: { kind: 'number' as const, unit: parts.unit.show } } : {}),
  }
}

const typeOf = (type: RoleColumn['column']['type']): DimensionType => (type === 'integer' ? 'number' : type)

type Wording = {
  label: string
  own: string
  draft: TableDraft
  displays: boolean
  words: Words
  shared: ReadonlySet<string>
  things: ReadonlySet<string>
}

const synonymsFor = (column: RoleColumn, { label, own, draft, displays, words, shared, things }: Wording): string[] => {
  if (column.personal) return []
  const { one } = draft.thing
  const others = new Set(
    draft.columns.filter(c => c !== column).map(c => humanise(c.column.label, c.parts).toLowerCase()),
  )
  const derived = columnSynonyms(own, column.parts, { facts: words, leaps: !isMeasured(column.role), shared }).filter(
    s => !others.has(s),
  )
  const generic = own.toLowerCase() === 'name'
  const kind = kindSaid(column, own, { shared, things })
  const list = [
    ...(generic && displays ? [] : [own.toLowerCase()]),
    ...(displays && draft.thing.countable
      ? [one, ...draft.thing.synonyms.filter(s => s !== draft.thing.many), `${one} ${lastWord(own)}`]
      : []),
    ...derived,
    ...(/^\w+ name$/i.test(own) ? [own.toLowerCase().replace(/ name$/, '')] : []),
    ...(isOnlyType(column, draft) ? ['type'] : []),
    ...kind.map(word => `${one} ${word}`),
    ...(column.role === 'flag' || column.role === 'key' ? [humanise(column.column.label).toLowerCase()] : []),
    ...(column.role === 'time'
      ? timeSynonyms(own).flatMap(past => [
          past,
          ...otherWords(past, words),
          ...(words.dates_said[past]?.verbs ?? []),
          ...(words.dates_said[past]?.nouns ?? []),
        ])
      : []),
    ...(own.toLowerCase().startsWith(one) ? [] : [`${one} ${own.toLowerCase()}`]),
    ...(displays ? [] : draft.thing.kinds.map(kind => `${kind} ${own.toLowerCase()}`)),
  ]
  return [...new Set(list)].filter(s => s !== label.toLowerCase() && s !== pluralPhrase(label.toLowerCase()))
}

/** "repair service" of the "service type" of repairs, where nothing else is called by that word. */
const kindSaid = (
  { role }: RoleColumn,
  own: string,
  { shared, things }: Pick<Wording, 'shared' | 'things'>,
): string[] => {
  const [, word = ''] = /^(\w+) (?:type|category|kind)$/.exec(own.toLowerCase()) ?? []
  const others = [...shared, ...things].filter(label => label !== own.toLowerCase())
  const isTaken = others.some(label => label.split(' ').map(singular).includes(singular(word)))
  return role === 'category' && word !== '' && !isTaken ? [word] : []
}

/** "calls by type", of the only type that calls have. */
const isOnlyType = (column: RoleColumn, { columns, thing }: TableDraft): boolean => {
  const isType = ({ role, parts }: RoleColumn) => role === 'category' && parts.words.at(-1) === 'type'
  const own = [thing.one, ...thing.synonyms].flatMap(tokens)
  return (
    isType(column) && columns.filter(isType).length === 1 && column.parts.words.slice(0, -1).every(w => own.includes(w))
  )
}

const lastWord = (text: string) => tokens(text).at(-1) ?? text
