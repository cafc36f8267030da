import { humanise, inSentence } from './humanise.ts'
import type { RoleColumn } from './roles.ts'
import type { Thing } from './things.ts'
import { rootOf } from './verbs.ts'
import type { Words } from './words.ts'

/** The date that is named after what a row is (the visit date of visits, shipped_on of shipments); else the fullest that comes first in the life of a record. */
export const mainTime = (columns: readonly RoleColumn[], thing: Thing, { times }: Words): string | undefined => {
  const dates = columns.filter(c => c.role === 'time')
  const fullest = Math.max(...dates.map(c => c.column.filled))
  const root = rootOf(thing.one.split(' ').at(-1) ?? '')
  const stage = ({ parts }: RoleColumn) => {
    const is = (list: readonly string[]) => parts.words.some(w => rootOf(w) !== root && list.includes(w))
    return is(times.late) ? 2 : is(times.early) ? 0 : 1
  }
  const named = (c: RoleColumn) =>
    c.parts.words.some(w => !dateWords.has(w) && rootOf(w) === root) && stage(c) < 2 && c.column.filled >= fullest / 2
  return dates
    .filter(c => named(c) || c.column.filled >= fullest * 0.95)
    .toSorted(
      (a, b) =>
        Number(named(b)) - Number(named(a)) || stage(a) - stage(b) || (a.column.mean ?? 0) - (b.column.mean ?? 0),
    )[0]?.column.name
}

const dateWords = new Set(['date', 'time', 'day', 'at', 'on', 'datetime', 'timestamp'])

/** Which date periods look at, where a table has others, and how many rows do not have it. */
export const timeConfession = (column: RoleColumn, all: readonly RoleColumn[], { many }: Thing): string[] => {
  const said = (c: RoleColumn) => inSentence(humanise(c.column.label, c.parts))
  const others = all.filter(c => c.role === 'time' && c !== column)
  if (others.length === 0) return []
  const lacking = column.table.rows - column.column.filled
  return [
    `Periods look at ${said(column)}, not at ${others.map(said).join(' or ')}.`,
    ...(lacking
      ? [`${lacking.toLocaleString('en-US')} of ${column.table.rows.toLocaleString('en-US')} ${many} have none.`]
      : []),
  ]
}
