import { singular, tokens } from './labels.ts'
import type { ColumnProfile, TableProfile } from './profile.ts'
import type { Words } from './words.ts'

/** Whether the rows of a table are people: its name says so or two of its columns do, and no column says that they are companies. */
export const isAboutPeople = (table: TableProfile, words: Words): boolean => {
  const { personal } = words
  const columns = table.columns.map(c => phrase(c.label))
  if (isAboutCompanies(table, words)) return false
  const thing = singular(
    tokens(table.label)
      .filter(t => !/^\d+k?$/.test(t))
      .at(-1) ?? '',
  )
  if (personal.people.includes(thing)) return true
  const signs = columns.filter(
    c => personal.signs.includes(c) || personal.signs.some(s => s.includes(' ') && c.endsWith(` ${s}`)),
  )
  return signs.length >= 2
}

/** Whether a column says that the rows are companies: an industry, a legal form. */
export const isAboutCompanies = (table: TableProfile, { personal }: Words): boolean =>
  table.columns.some(c => personal.companies.includes(phrase(c.label)))

/** Whether a column holds personal data: by its header anywhere, by its header in a table of people, or by what its values look like. */
export const isPersonal = (column: ColumnProfile, aboutPeople: boolean, { personal }: Words): boolean => {
  if (column.type === 'boolean') return false
  if (column.patterns.email >= 0.5 || column.patterns.ip >= 0.8) return true
  const name = phrase(column.label)
  const ends = (list: readonly string[]) => list.some(w => name === w || name.endsWith(` ${w}`))
  const isCode = column.type === 'integer' || column.type === 'number'
  if (isCode && !/phone|fax|tel|mobile|ssn|card|iban|passport|extension/.test(name)) return false
  return ends(personal.always) || namesPerson(name, personal.people) || (aboutPeople && ends(personal.of_people))
}

/** "candidate name", "player name": the name of somebody. */
const namesPerson = (name: string, people: readonly string[]) =>
  people.some(p => name === `${p} name` || name.endsWith(` ${p} name`))

const phrase = (label: string) =>
  tokens(label)
    .filter(t => !/^\d+$/.test(t))
    .map(singular)
    .join(' ')
