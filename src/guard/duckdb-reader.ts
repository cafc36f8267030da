import { ChartroomError } from '#src/vocabulary/errors.ts'
import { folded, type Outline, type Place, type Reader, type Unreadable } from './outline.ts'

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
    const outline = emptyOutline(tree.statements.length)
    visit(tree.statements, { outline, scope: new Set() })
    outline.limited = isLimited(tree.statements[0])
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

const emptyOutline = (statements: number): Outline => ({
  statements,
  selects: 0,
  kinds: [],
  tables: [],
  functions: [],
  ctes: [],
  types: [],
  columns: [],
  stars: [],
  names: [],
  params: [],
  limited: false,
})

type Visit = { outline: Outline; scope: ReadonlySet<string>; asTable?: boolean }
type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

const visit = (value: unknown, now: Visit): void => {
  if (Array.isArray(value)) for (const item of value) visit(item, now)
  else if (isNode(value)) visitNode(value, now)
}

const visitNode = (node: Node, now: Visit) => {
  note(node, now)
  const scope = visitCtes(node, now)
  for (const [key, child] of Object.entries(node)) {
    if (key === 'cte_map') continue
    visit(child, { outline: now.outline, scope, asTable: node.type === 'TABLE_FUNCTION' && key === 'function' })
  }
}

/** The body of a CTE sees only the ones before it, so a CTE called like a table may well read that table. */
const visitCtes = (node: Node, { outline, scope }: Visit): ReadonlySet<string> => {
  const entries = isNode(node.cte_map) && Array.isArray(node.cte_map.map) ? (node.cte_map.map as Node[]) : []
  const grown = new Set(scope)
  for (const { key, value } of entries) {
    visit(value, { outline, scope: grown })
    outline.ctes.push({ name: String(key) })
    grown.add(folded(String(key)))
  }
  return grown
}

const note = (node: Node, now: Visit) => {
  const { outline } = now
  const place = placeOf(node)
  for (const kind of kindsOf(node))
    if (!outline.kinds.some(k => k.name === kind)) outline.kinds.push({ name: kind, ...place })
  if (node.type === 'SELECT_NODE') outline.selects += 1
  if (node.type === 'BASE_TABLE') noteTable(node, now)
  if (typeof node.function_name === 'string') noteFunction(node, now)
  if (typeof node.id === 'string' && 'type_info' in node) noteType(node, outline)
  if (node.class === 'COLUMN_REF') outline.columns.push({ path: texts(node.column_names), ...place })
  if (node.class === 'STAR') outline.stars.push(place)
  if (node.class === 'PARAMETER') outline.params.push(place)
  const lists = [node.aliases, node.column_name_alias, node.using_columns]
  addNames(outline, [node.alias, ...lists.flatMap(list)], place)
}

/**
 * `class` tells expressions apart, `type` everything else. Some clauses are only properties: a sample, a point in time, the kind of a
 * join, COLUMNS(…) with a pattern.
 */
const kindsOf = (node: Node): string[] => {
  const kind = node.class ?? node.type
  return [
    ...(typeof kind === 'string' ? [kind] : []),
    ...(isNode(node.sample) ? ['SAMPLE'] : []),
    ...(isNode(node.at_clause) ? ['AT'] : []),
    ...(typeof node.ref_type === 'string' ? [`${node.ref_type} JOIN`] : []),
    ...(typeof node.join_type === 'string' ? [`${node.join_type} JOIN`] : []),
    ...(node.class === 'STAR' && isNode(node.expr) ? ['COLUMNS'] : []),
  ]
}

const noteTable = (node: Node, { outline, scope }: Visit) => {
  const name = String(node.table_name)
  const qualifier = [node.catalog_name, node.schema_name].filter(part => part !== '').map(String)
  outline.tables.push({
    name,
    qualifier,
    cte: qualifier.length === 0 && scope.has(folded(name)),
    renamesColumns: list(node.column_name_alias).length > 0,
    ...(node.alias ? { alias: String(node.alias) } : {}),
    ...placeOf(node),
  })
}

const noteFunction = (node: Node, { outline, asTable = false }: Visit) => {
  outline.functions.push({
    name: String(node.function_name),
    qualifier: [node.catalog, node.schema].filter(part => part !== '' && part !== 'main').map(String),
    asTable,
    numbers: list(node.children).map(numberIn),
    ...placeOf(node),
  })
}

const numberIn = (argument: unknown): number | undefined => {
  if (!isNode(argument) || argument.class !== 'CONSTANT' || !isNode(argument.value)) return undefined
  return typeof argument.value.value === 'number' ? argument.value.value : undefined
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

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const texts = (value: unknown): string[] => list(value).filter(item => typeof item === 'string')

/** Places that the parser does not know are written as the largest 64-bit number. */
const placeOf = ({ query_location: at }: Node): Place =>
  typeof at === 'number' && at < Number.MAX_SAFE_INTEGER ? { at } : {}

const isLimited = (statement: unknown): boolean =>
  isNode(statement) &&
  isNode(statement.node) &&
  list(statement.node.modifiers).some(m => isNode(m) && String(m.type).startsWith('LIMIT'))
