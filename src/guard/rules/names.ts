import type { Outline } from '../outline.ts'
import type { Rule } from '../rule.ts'
import { unseen } from './characters.ts'

/** Longer names are cut off in PostgreSQL without a word, and two of them may then be one. Bytes. */
const longest = 63

/**
 * Names that the statement makes up: they head the columns of an answer, so they are short and hold nothing that cannot be seen; and no CTE
 * takes the name of something in the database's own catalog.
 */
export const names: Rule = {
  name: 'names',
  check: (outline, { params = 'none' }) =>
    params === 'compiled' ? [] : [...tooLong(outline), ...hidden(outline), ...ofTheCatalog(outline)],
}

const madeUp = ({ names: aliases, ctes }: Outline) => [...aliases, ...ctes]

const tooLong = (outline: Outline) =>
  madeUp(outline)
    .filter(({ name }) => Buffer.byteLength(name) > longest)
    .map(({ name, at }) => ({ message: `the name ${name.slice(0, 20)}… is longer than ${longest} bytes`, at }))

/** PostgreSQL also writes characters by number (`U&"\200b"`), which the rule for the text does not see. */
const hidden = (outline: Outline) =>
  madeUp(outline)
    .filter(({ name }) => unseen.test(name))
    .map(({ at }) => ({ message: 'a name holds a character that cannot be seen', at }))

const ofTheCatalog = ({ ctes }: Outline) =>
  ctes
    .filter(({ name }) => /^(pg_|duckdb_|sqlite_|pragma_|information_schema)/i.test(name))
    .map(({ name, at }) => ({ message: `the CTE ${name} is called like a part of the catalog`, at }))
