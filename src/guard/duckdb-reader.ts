import { ChartroomError } from '#src/vocabulary/errors.ts'
import { duckdbTree } from './duckdb-tree.ts'
import { isNode, list, type Node } from './node.ts'
import {
  emptyOutline,
  folded,
  joining,
  type LimitUse,
  type Link,
  type Literal,
  type Outline,
  type Place,
  type Reader,
  type SelectUse,
  type TableUse,
  type Unreadable,
  type Within,
} from './outline.ts'

/**
 * Reads SQL with DuckDB's own parser: `parse` gives the JSON of `json_serialize_sql`. The tree is walked as a whole, whatever its nodes are
 * called: what this code does not know still ends up in `kinds`, where the rules refuse it.
 */
export const duckdbReader =
  (parse: (sql: string) => Promise<string>): Reader =>
  async sql => {
    const tree = await parse(sql).then(
      json => JSON.parse(json) as Tree,
      thrown => refusedByParser(thrown),
    )
    if (tree.error) return unreadable(tree)
    const outline = emptyOutline('duckdb', tree.statements.length)
    visit(tree.statements, { outline, scope: new Set(), filters: false, asTable: false, sorts: false })
    const limit = limitOf(tree.statements[0])
    if (limit) outline.limit = limit
    const [first] = tree.statements
    outline.tree = () => duckdbTree(isNode(first) ? first.node : undefined)
    return outline
  }

type Tree = { error: false; statements: unknown[] } | { error: true; error_message: string; position?: string }

/** The parser's own limits (depth, stack) are thrown instead of told. */
const refusedByParser = (thrown: unknown): Tree => {
  if (thrown instanceof ChartroomError && thrown.code === 'engine/failed')
    return { error: true, error_message: 'the statement is too deeply nested' }
  throw thrown
}

const unreadable = ({ error_message, position }: Extract<Tree, { error: true }>): Unreadable => {
  if (/only select/i.test(error_message)) return { problem: 'not-select', message: 'it is not a SELECT' }
  const message = error_message.replace(/\n.*/s, '')
  return { problem: 'syntax', message, ...(position === undefined ? {} : { at: Number(position) }) }
}

const visit = (value: unknown, now: Within): void => {
  if (Array.isArray(value)) for (const item of value) visit(item, now)
  else if (isNode(value)) visitNode(value, now)
}

const visitNode = (node: Node, around: Within) => {
  const now = note(node, around)
  const within = node.type === 'SELECT_NODE' ? insideSelect(node, now) : now
  const inside = {
    ...within,
    scope: visitCtes(node, within),
    asTable: false,
    sorts: now.sorts && sorting.has(String(node.type)),
  }
  if (node.type === 'TABLE_FUNCTION') visitSeries(node, inside)
  else if (node.type === 'SUBQUERY' && !node.class) {
    const inner = selectIn(now, () => visitFields(node, inside))
    now.select?.from.push({ name: nameOf(node), ...inner })
  } else visitFields(node, inside)
}

const visitFields = (node: Node, now: Within) => {
  for (const [key, child] of Object.entries(node))
    if (conditions[String(node.type)] === key) visitConditions(child, now)
    else if (key !== 'cte_map') visit(child, key === 'modifiers' ? { ...now, sorts: true } : now)
}

/** From the list of modifiers down to what is sorted by; DISTINCT ON and LIMIT stand there too. */
const sorting = new Set(['ORDER_MODIFIER', 'ORDER_DEFAULT', 'ASCENDING', 'DESCENDING'])

const conditions: Readonly<Record<string, string>> = { SELECT_NODE: 'where_clause', JOIN: 'condition' }

/** The body of a CTE sees only the ones before it, so a CTE called like a table may well read that table. */
const visitCtes = (node: Node, now: Within): ReadonlySet<string> => {
  const entries = isNode(node.cte_map) ? (list(node.cte_map.map) as Node[]) : []
  const grown = new Set(now.scope)
  for (const { key, value } of entries) {
    const inner = selectIn(now, () => visit(value, { ...now, scope: grown }))
    now.outline.ctes.push({ name: String(key), ...inner })
    grown.add(folded(String(key)))
  }
  return grown
}

const insideSelect = (node: Node, now: Within): Within => {
  const { select: outer, outline } = now
  const kinds = list(node.modifiers).map(m => (isNode(m) ? m.type : ''))
  const grouped = list(node.group_expressions).length > 0 || node.aggregate_handling === 'FORCE_AGGREGATES'
  const reduced = grouped || kinds.includes('LIMIT_MODIFIER') || kinds.includes('DISTINCT_MODIFIER')
  const select: SelectUse = { ...(outer ? { outer } : {}), from: [], links: [], aliases: aliasesIn(node), reduced }
  outline.selects.push(select)
  return { outline, scope: now.scope, select, filters: false, asTable: false, sorts: false }
}

const aliasesIn = ({ select_list: outputs }: Node) =>
  list(outputs).flatMap(item => (isNode(item) && item.alias ? [String(item.alias)] : []))

/** The SELECT that is found while reading; of a UNION its last part. */
const selectIn = ({ outline, select }: Within, read: () => void): { inner?: SelectUse } => {
  const before = outline.selects.length
  read()
  const inner = outline.selects.findLast((s, i) => i >= before && s.outer === select)
  return inner ? { inner } : {}
}

/** Conditions that are joined by AND are one link each. */
const visitConditions = (value: unknown, now: Within): void => {
  if (!isNode(value)) return
  if (value.type === 'CONJUNCTION_AND') for (const item of list(value.children)) visitConditions(item, now)
  else {
    const link: Link = { columns: [], equal: isEqual(value) }
    now.select?.links.push(link)
    visit(value, { ...now, filters: true, link })
  }
}

const isEqual = ({ type }: Node) => type === 'COMPARE_EQUAL' || type === 'COMPARE_NOT_DISTINCT_FROM'

const visitSeries = (node: Node, now: Within) => {
  const before = now.outline.functions.length
  const link: Link = { columns: [], equal: true }
  visit(node.function, { ...now, link, asTable: true })
  const series = now.outline.functions[before]
  const name = nameOf(node) || (series?.name ?? '')
  link.columns.push([name, ''])
  now.select?.links.push(link)
  now.select?.from.push({ name, ...(series ? { series } : {}) })
}

const nameOf = ({ alias }: Node) => String(alias ?? '')

/** Notes what a node is; gives what holds for the nodes inside it. */
const note = (node: Node, now: Within): Within => {
  const { outline, select, filters, sorts, link, joined } = now
  const place = placeOf(node)
  const at = { ...place, ...(select ? { select } : {}) }
  for (const kind of kindsOf(node))
    if (!outline.kinds.some(k => k.name === kind)) outline.kinds.push({ name: kind, ...place })
  if (node.type === 'BASE_TABLE') noteTable(node, now)
  if (typeof node.id === 'string' && 'type_info' in node) noteType(node, outline)
  if (node.class === 'COLUMN_REF') {
    const path = texts(node.column_names)
    link?.columns.push(path)
    joined?.push(path)
    outline.columns.push({ path, filters, sorts, ...at })
  }
  if (node.class === 'STAR')
    outline.stars.push({ ...(node.relation_name ? { of: String(node.relation_name) } : {}), ...at })
  if (node.class === 'PARAMETER') outline.params.push(place)
  for (const name of texts(node.using_columns)) select?.links.push({ columns: [[name], [name]], equal: true })
  const lists = [node.aliases, node.column_name_alias, node.using_columns]
  addNames(outline, [node.alias, ...lists.flatMap(list)], place)
  return typeof node.function_name === 'string' ? noteFunction(node, now) : now
}

/**
 * `class` tells expressions apart, `type` everything else. Some clauses are only properties: a sample, a point in time, the kind of a
 * join, COLUMNS(…) with a pattern.
 */
const kindsOf = (node: Node): string[] => {
  const kind = node.class ?? node.type
  return [
    ...(typeof kind === 'string' && !kind.endsWith('_TYPE_INFO') ? [kind] : []),
    ...(isNode(node.sample) ? ['SAMPLE'] : []),
    ...(isNode(node.at_clause) ? ['AT'] : []),
    ...(typeof node.ref_type === 'string' ? [`${node.ref_type} JOIN`] : []),
    ...(typeof node.join_type === 'string' ? [`${node.join_type} JOIN`] : []),
    ...(node.class === 'STAR' && isNode(node.expr) ? ['COLUMNS'] : []),
  ]
}

const noteTable = (node: Node, now: Within) => {
  const name = String(node.table_name)
  const qualifier = [node.catalog_name, node.schema_name].filter(part => part !== '').map(String)
  const table: TableUse = {
    name,
    qualifier,
    cte: qualifier.length === 0 && now.scope.has(folded(name)),
    renamesColumns: list(node.column_name_alias).length > 0,
    ...(node.alias ? { alias: String(node.alias) } : {}),
    ...placeOf(node),
  }
  now.outline.tables.push(table)
  now.select?.from.push({ name: table.alias ?? name, table })
}

const noteFunction = (node: Node, now: Within): Within => {
  const { outline, select, asTable } = now
  const name = String(node.function_name)
  const joined = now.joined || !joining.has(name) ? undefined : []
  outline.functions.push({
    name,
    qualifier: [node.catalog, node.schema].filter(part => part !== '' && part !== 'main').map(String),
    asTable: asTable === true,
    windowed: node.class === 'WINDOW',
    distinct: node.distinct === true,
    arguments: list(node.children).map(literalIn),
    ...(joined ? { joined } : {}),
    ...(select ? { select } : {}),
    ...placeOf(node),
  })
  return joined ? { ...now, joined } : now
}

const literalIn = (argument: unknown): Literal => {
  if (!isNode(argument)) return undefined
  if (argument.class === 'CAST') return literalIn(argument.child)
  if (argument.class === 'FUNCTION') return stepIn(argument)
  const { value, type } = argument.class === 'CONSTANT' && isNode(argument.value) ? argument.value : ({} as Node)
  const info = isNode(type) && isNode(type.type_info) ? type.type_info : {}
  // 5.5 is written as 55 with a scale of 1
  if (typeof value === 'number') return value / 10 ** Number(info.scale ?? 0)
  return typeof value === 'string' ? value : undefined
}

/** `INTERVAL 2 HOUR` is written as `to_hours(trunc(2))`. */
const stepIn = ({ function_name: name, children }: Node): Literal => {
  const amount = literalIn(list(children)[0])
  if (name === 'trunc') return amount
  const [, unit] = /^to_(\w+)s$/.exec(String(name)) ?? []
  return unit === undefined || amount === undefined ? undefined : `${amount} ${unit}`
}

const noteType = ({ id, type_info }: Node, outline: Outline) => {
  const info = isNode(type_info) ? type_info : {}
  const named = id === 'UNBOUND'
  const name = named ? String(info.name).toUpperCase() : String(id)
  outline.types.push({ name, qualified: named && (info.schema !== '' || info.catalog !== '') })
}

const addNames = (outline: Outline, names: unknown, place: Place) => {
  for (const name of texts(names)) if (name !== '') outline.names.push({ name, ...place })
}

const texts = (value: unknown): string[] => list(value).filter(item => typeof item === 'string')

/** Places that the parser does not know are written as the largest 64-bit number. */
const placeOf = ({ query_location: at }: Node): Place =>
  typeof at === 'number' && at < Number.MAX_SAFE_INTEGER ? { at } : {}

const limitOf = (statement: unknown): LimitUse | undefined => {
  const node = isNode(statement) && isNode(statement.node) ? statement.node : {}
  const modifier = list(node.modifiers).find(m => isNode(m) && String(m.type).startsWith('LIMIT')) as Node | undefined
  if (!isNode(modifier?.limit)) return undefined
  const rows = literalIn(modifier.limit)
  const none = isNode(modifier.limit.value) && modifier.limit.value.is_null === true
  return { none, ...(typeof rows === 'number' ? { rows } : {}), ...placeOf(modifier.limit) }
}
