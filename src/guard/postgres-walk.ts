import { shapeOf } from './languages/postgres-tree.ts'
import { isNode, list, type Node } from './node.ts'
import {
  type FunctionUse,
  joining,
  type Link,
  type Outline,
  type SelectUse,
  type TableUse,
  type Within,
} from './outline.ts'
import { literalIn, placeOf, strings } from './postgres-node.ts'

/** Notes in an outline what a statement uses. Throws a RangeError when it is too deep. */
export const walk = (statement: Node, outline: Outline): void =>
  visit(statement, { outline, scope: new Set(), filters: false, sorts: false, depth: 0 })

type Visit = Within & { depth: number }

/** Deeper than anything people write, and shallow enough for the stack of this process and of the server. */
const deepest = 500

/** A list, or a node under its name (`{ColumnRef: {…}}`); an empty object stands for nothing. */
const visit = (value: unknown, now: Visit): void => {
  if (Array.isArray(value)) for (const item of value) visit(item, now)
  else if (isNode(value)) for (const [kind, node] of Object.entries(value)) visitKind(kind, node, now)
}

const visitKind = (kind: string, value: unknown, now: Visit): void => {
  if (now.depth > deepest) throw new RangeError('too deep')
  if (!isNode(value)) return
  noteKind(now.outline, kind, value)
  const read = readers[kind]
  const deeper = {
    ...now,
    depth: now.depth + 1,
    asTable: now.asTable && kind === 'FuncCall',
    sorts: now.sorts && (kind === 'SortBy' || kind === 'ColumnRef'),
  }
  if (read) read(value, deeper)
  else visitFields(kind, value, deeper)
}

/** All fields but those that are read apart. A field that is not of the shape is noted as a kind. */
const visitFields = (kind: string, node: Node, now: Visit, apart: readonly string[] = []): void => {
  const shape = shapeOf.get(kind)
  for (const [field, value] of Object.entries(node)) {
    if (shape && !shape.has(field)) noteKind(now.outline, field, node)
    if (apart.includes(field)) continue
    const inner = shape?.get(field)
    if (inner) visitKind(inner, value, now)
    else visit(value, now)
  }
}

const noteKind = ({ kinds }: Outline, name: string, node: Node) => {
  if (!kinds.some(k => k.name === name)) kinds.push({ name, ...placeOf(node) })
}

type ReadKind = (node: Node, now: Visit) => void

const readSelect: ReadKind = (node, now) => {
  const isUnion = node.larg !== undefined
  const select = isUnion ? now.select : newSelect(node, now)
  const inside: Visit = { ...now, select, filters: false, sorts: false, link: undefined, joined: undefined }
  const within = { ...inside, scope: readCtes(node.withClause, inside) }
  visitConditions(node.whereClause, within)
  visit(node.sortClause, { ...within, sorts: true })
  visitFields('SelectStmt', node, within, ['withClause', 'whereClause', 'sortClause'])
}

const newSelect = ({ groupClause, distinctClause, limitCount }: Node, { outline, select: outer }: Visit): SelectUse => {
  const reduced = [groupClause, distinctClause, limitCount].some(clause => clause !== undefined)
  const select: SelectUse = { ...(outer ? { outer } : {}), from: [], links: [], aliases: [], reduced }
  outline.selects.push(select)
  return select
}

/** The body of a CTE sees only the ones before it, so a CTE called like a table may well read that table. */
const readCtes = (clause: unknown, now: Visit): ReadonlySet<string> => {
  const grown = new Set(now.scope)
  if (!isNode(clause)) return grown
  visitFields('WithClause', clause, now, ['ctes'])
  for (const item of list(clause.ctes)) {
    const cte = (item as { CommonTableExpr: Node }).CommonTableExpr
    const inner = selectIn(now, () => visit(item, { ...now, scope: grown }))
    now.outline.ctes.push({ name: String(cte.ctename), ...inner, ...placeOf(cte) })
    grown.add(String(cte.ctename))
  }
  return grown
}

/** The SELECT that is found while reading; of a UNION its last part. */
const selectIn = ({ outline, select }: Visit, read: () => void): { inner?: SelectUse } => {
  const before = outline.selects.length
  read()
  const inner = outline.selects.findLast((s, i) => i >= before && s.outer === select)
  return inner ? { inner } : {}
}

/** Conditions that are joined by AND are one link each. */
const visitConditions = (value: unknown, now: Visit): void => {
  const all = isNode(value) && isNode(value.BoolExpr) ? value.BoolExpr : {}
  if (all.boolop === 'AND_EXPR') for (const item of list(all.args)) visitConditions(item, now)
  else if (value !== undefined) {
    const link: Link = { columns: [], equal: isEqual(value) }
    now.select?.links.push(link)
    visit(value, { ...now, filters: true, link })
  }
}

const isEqual = (value: unknown): boolean => {
  const { kind, name } = isNode(value) && isNode(value.A_Expr) ? value.A_Expr : ({} as Node)
  return kind === 'AEXPR_NOT_DISTINCT' || (kind === 'AEXPR_OP' && strings(name).at(-1) === '=')
}

const readCte: ReadKind = (node, now) => {
  addNames(now.outline, strings(node.aliascolnames), node)
  visitFields('CommonTableExpr', node, now)
}

const readJoin: ReadKind = (node, now) => {
  const using = strings(node.usingClause)
  for (const name of using) now.select?.links.push({ columns: [[name], [name]], equal: true })
  addNames(now.outline, using, node)
  visitConditions(node.quals, now)
  visitFields('JoinExpr', node, now, ['quals'])
}

const readTable: ReadKind = (node, now) => {
  const name = String(node.relname)
  const qualifier = [node.catalogname, node.schemaname].filter(part => part !== undefined).map(String)
  const alias = isNode(node.alias) ? node.alias : {}
  const table: TableUse = {
    name,
    qualifier,
    cte: qualifier.length === 0 && now.scope.has(name),
    renamesColumns: list(alias.colnames).length > 0,
    ...(alias.aliasname ? { alias: String(alias.aliasname) } : {}),
    ...placeOf(node),
  }
  if (!node.inh) noteKind(now.outline, 'ONLY', node)
  now.outline.tables.push(table)
  now.select?.from.push({ name: table.alias ?? name, table })
  visitFields('RangeVar', node, now)
}

const readSubselect: ReadKind = (node, now) => {
  const inner = selectIn(now, () => visitFields('RangeSubselect', node, now))
  now.select?.from.push({ name: aliasOf(node), ...inner })
}

const readSeries: ReadKind = (node, now) => {
  const before = now.outline.functions.length
  const link: Link = { columns: [], equal: true }
  const calls = list(node.functions).flatMap(item => list((item as { List: Node }).List.items))
  visit(calls, { ...now, link, asTable: true })
  const series = now.outline.functions[before]
  const name = aliasOf(node) || (series?.name ?? '')
  link.columns.push([name, ''])
  now.select?.links.push(link)
  now.select?.from.push({ name, ...(series ? { series } : {}) })
  visitFields('RangeFunction', node, now, ['functions'])
}

const aliasOf = ({ alias }: Node) => (isNode(alias) ? String(alias.aliasname) : '')

const readAlias: ReadKind = (node, { outline }) =>
  addNames(outline, [...(node.aliasname ? [String(node.aliasname)] : []), ...strings(node.colnames)], node)

const readTarget: ReadKind = (node, now) => {
  if (node.name) {
    addNames(now.outline, [String(node.name)], node)
    now.select?.aliases.push(String(node.name))
  }
  visitFields('ResTarget', node, now)
}

const readFunction: ReadKind = (node, now) => {
  const path = strings(node.funcname)
  const use: FunctionUse = {
    name: path.at(-1) ?? '',
    qualifier: path.slice(0, -1).filter(part => part !== 'pg_catalog'),
    asTable: now.asTable ?? false,
    windowed: node.over !== undefined,
    distinct: node.agg_distinct === true,
    arguments: list(node.args).map(literalIn),
    ...placeOf(node),
  }
  visitFields('FuncCall', node, { ...insideFunction(use, now), asTable: false })
}

/** Operators are functions by another way of writing; BETWEEN and the like are only words. */
const readOperator: ReadKind = (node, now) => visitFields('A_Expr', node, insideOperator(strings(node.name), node, now))

const readSublink: ReadKind = (node, now) =>
  visitFields('SubLink', node, insideOperator(strings(node.operName), node, now))

const insideOperator = (path: string[], node: Node, now: Visit): Visit => {
  const name = path.at(-1) ?? ''
  if (/^[A-Z ]*$/.test(name)) return now
  const plain = { asTable: false, windowed: false, distinct: false, arguments: [] }
  return insideFunction({ name, qualifier: path.slice(0, -1), ...plain, ...placeOf(node) }, now)
}

const insideFunction = (use: FunctionUse, now: Visit): Visit => {
  const { outline, select } = now
  const joined = now.joined || !joining.has(use.name) ? undefined : []
  outline.functions.push({ ...use, ...(joined ? { joined } : {}), ...(select ? { select } : {}) })
  return joined ? { ...now, joined } : now
}

const readColumn: ReadKind = (node, now) => {
  const { outline, select, filters, link, joined } = now
  const fields = list(node.fields)
  const path = strings(fields)
  const at = { ...placeOf(node), ...(select ? { select } : {}) }
  link?.columns.push(path)
  joined?.push(path)
  if (path.length === fields.length) outline.columns.push({ path, filters, sorts: now.sorts, ...at })
  else outline.stars.push({ ...(path.length ? { of: path.at(-1) } : {}), ...at })
}

/** CURRENT_DATE and its kin: words that are functions. */
const readSessionWord: ReadKind = (node, { outline }) => {
  const word = String(node.op)
    .replace(/^SVFOP_/, '')
    .replace(/_N$/, '')
    .toLowerCase()
  outline.columns.push({ path: [word], filters: false, sorts: false, ...placeOf(node) })
}

const readCast: ReadKind = (node, now) => {
  const before = now.outline.types.length
  visitFields('TypeCast', node, now, ['arg'])
  const type = now.outline.types[before]
  const text = literalIn(node.arg)
  if (type && typeof text === 'string') type.text = text
  visit(node.arg, now)
}

const readType: ReadKind = (node, now) => {
  const path = strings(node.names)
  const qualified = path.length > 1 && !(path.length === 2 && path[0] === 'pg_catalog')
  now.outline.types.push({ name: path.at(-1) ?? '', qualified, ...placeOf(node) })
  visitFields('TypeName', node, now)
}

/** `(row).field` may also call a function on the row; only `[1]` and `[1:2]` are read. */
const readIndirection: ReadKind = (node, now) => {
  if (list(node.indirection).some(item => !isNode(item) || !item.A_Indices))
    noteKind(now.outline, 'FieldSelection', node)
  visitFields('A_Indirection', node, now)
}

const readers: Readonly<Record<string, ReadKind>> = {
  SelectStmt: readSelect,
  CommonTableExpr: readCte,
  JoinExpr: readJoin,
  RangeVar: readTable,
  RangeSubselect: readSubselect,
  RangeFunction: readSeries,
  Alias: readAlias,
  ResTarget: readTarget,
  FuncCall: readFunction,
  A_Expr: readOperator,
  SubLink: readSublink,
  ColumnRef: readColumn,
  SQLValueFunction: readSessionWord,
  TypeCast: readCast,
  TypeName: readType,
  A_Indirection: readIndirection,
  A_Const: (node, now) => visitFields('A_Const', node, now, Object.keys(node)),
  ParamRef: (node, { outline }) => void outline.params.push(placeOf(node)),
}

const addNames = ({ names: all }: Outline, names: readonly string[], node: Node) => {
  for (const name of names) all.push({ name, ...placeOf(node) })
}
