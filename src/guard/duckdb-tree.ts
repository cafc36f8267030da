import { type Made, type Output, type QueryTree, type Source, unknown } from './query-tree.ts'

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(item => typeof item === 'string') : [])

/** The tree of a node of `json_serialize_sql`: a SELECT, or the first part of a UNION. */
export const duckdbTree = (node: unknown): QueryTree => {
  if (!isNode(node)) return { ctes: [], from: [], outputs: [] }
  if (node.type === 'SET_OPERATION_NODE') {
    const { ctes, ...first } = duckdbTree(node.left)
    return { ...first, ctes: [...ctesIn(node), ...ctes] }
  }
  return { ctes: ctesIn(node), from: sourcesIn(node.from_table), outputs: nodes(node.select_list).map(outputOf) }
}

const ctesIn = ({ cte_map: map }: Node): QueryTree['ctes'] =>
  nodes(isNode(map) ? map.map : []).map(({ key, value }) => {
    const { aliases, query } = isNode(value) ? value : ({} as Node)
    return { name: String(key), columns: texts(aliases), query: treeWithin(query) }
  })

/** A whole statement stands around the SELECT of a CTE or a subquery. */
const treeWithin = (statement: unknown) => duckdbTree(isNode(statement) ? statement.node : undefined)

const sourcesIn = (node: unknown): Source[] => {
  if (!isNode(node)) return []
  const alias = String(node.alias ?? '')
  if (node.type === 'JOIN') return [...sourcesIn(node.left), ...sourcesIn(node.right)]
  if (node.type === 'BASE_TABLE') return [{ name: alias || String(node.table_name), table: String(node.table_name) }]
  return node.type === 'SUBQUERY'
    ? [{ name: alias, query: treeWithin(node.subquery), columns: texts(node.column_name_alias) }]
    : []
}

const outputOf = (node: Node): Output => {
  if (node.class === 'STAR') return { star: true, ...(node.relation_name ? { of: String(node.relation_name) } : {}) }
  return { ...(node.alias ? { name: String(node.alias) } : {}), made: madeBy(node) }
}

const madeBy = (node: unknown): Made => {
  if (!isNode(node)) return unknown
  switch (node.class) {
    case 'COLUMN_REF':
      return { by: 'column', path: texts(node.column_names) }
    case 'CONSTANT':
      return isNode(node.value) && typeof node.value.value === 'number' ? { by: 'number' } : unknown
    case 'CAST':
      return { by: 'choice', of: [madeBy(node.child)] }
    case 'CASE':
      return {
        by: 'choice',
        of: [...nodes(node.case_checks).map(({ then_expr }) => madeBy(then_expr)), madeBy(node.else_expr)],
      }
    case 'OPERATOR':
      return node.type === 'OPERATOR_COALESCE' ? { by: 'choice', of: nodes(node.children).map(madeBy) } : unknown
    case 'SUBQUERY':
      return node.subquery_type === 'SCALAR' ? { by: 'query', query: treeWithin(node.subquery) } : unknown
    case 'FUNCTION':
    case 'WINDOW':
      return callOf(node)
    default:
      return unknown
  }
}

/** `percentile_cont(0.5) WITHIN GROUP (ORDER BY x)` has x as what it is sorted by alone. */
const callOf = (node: Node): Made => {
  const name = String(node.function_name).toLowerCase()
  const sorted = isNode(node.order_bys) ? nodes(node.order_bys.orders).map(({ expression }) => madeBy(expression)) : []
  const of = nodes(node.children).map(madeBy)
  return { by: 'call', name, of: /^(quantile|percentile|mode)/.test(name) ? [...sorted, ...of] : of }
}
