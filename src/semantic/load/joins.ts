import type { ColumnRef, Join } from '../model.ts'
import type { WrittenJoin } from '../schema.ts'
import type { Path } from './problem.ts'
import { columnRef, isColumn, type Scope } from './scope.ts'
import type { Items } from './written.ts'

/** Joins from many rows to one. The one side must be the table's key or say that it is unique: a wrong join would count rows twice. */
export const buildJoins = (written: Items<WrittenJoin>, scope: Omit<Scope, 'joins'>): Join[] => {
  const joins: Join[] = []
  for (const { at, item } of written) {
    const path = ['joins', at]
    const sides = bothSides(item)
    if (!sides) {
      scope.report(path, 'must be written "orders.customer_id -> customers.customer_id"')
      continue
    }
    const join = oneJoin(item, { from: side(sides.from, path, scope), to: side(sides.to, path, scope) }, path, scope)
    if (!join) continue
    const twin = joins.find(other => other.from === join.from && other.name === join.name)
    if (twin) scope.report(path, `a second join "${join.name}" from ${join.from}; give each a name of its own`)
    else joins.push(join)
  }
  return joins
}

const bothSides = (item: WrittenJoin): { from: string[]; to: string[] } | undefined => {
  if (typeof item !== 'string') return { from: [item.from].flat(), to: [item.to].flat() }
  const [from, to, ...more] = item.split('->').map(part => part.trim())
  return from && to && !more.length ? { from: [from], to: [to] } : undefined
}

type Side = { table: string; columns: string[] } | undefined

const side = (refs: string[], path: Path, scope: Omit<Scope, 'joins'>): Side => {
  const columns: ColumnRef[] = []
  for (const text of refs) {
    const ref = columnRef(text, undefined)
    if (!ref) scope.report(path, `"${text}" must be written table.column`)
    else if (isColumn(ref, path, scope)) columns.push(ref)
  }
  const table = columns[0]?.table
  if (table === undefined || columns.length < refs.length) return undefined
  if (columns.every(ref => ref.table === table)) return { table, columns: columns.map(ref => ref.column) }
  scope.report(path, 'all columns of one side must be of one table')
  return undefined
}

const oneJoin = (
  item: WrittenJoin,
  { from, to }: { from: Side; to: Side },
  path: Path,
  scope: Omit<Scope, 'joins'>,
): Join | undefined => {
  if (!from || !to) return undefined
  const options = typeof item === 'string' ? { name: undefined, unique: false } : item
  if (from.columns.length !== to.columns.length) {
    scope.report(path, `joins ${from.columns.length} columns to ${to.columns.length}`)
    return undefined
  }
  const key = [scope.tables.valid.get(to.table)?.key ?? []].flat()
  if (key.length && !options.unique && !sameSet(key, to.columns)) {
    const meant = `${to.table}.${to.columns.join(', ')}`
    scope.report(
      path,
      `${meant} is not the key of ${to.table} (${key.join(', ')}); if it is unique all the same, say unique: true`,
    )
  }
  return {
    name: options.name ?? to.table,
    from: from.table,
    fromColumns: from.columns,
    to: to.table,
    toColumns: to.columns,
  }
}

const sameSet = (a: string[], b: string[]) => a.length === b.length && a.every(x => b.includes(x))
