import { isNode, type Node } from './node.ts'
import { strings } from './postgres-node.ts'
import { type Made, type Output, type QueryTree, type Source, unknown } from './query-tree.ts'

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** The tree of a SelectStmt: of a UNION its first part. */
export const postgresTree = (select: unknown): QueryTree => {
  if (!isNode(select)) return { ctes: [], from: [], outputs: [] }
  if (isNode(select.larg)) {
    const { ctes, ...first } = postgresTree(select.larg)
    return { ...first, ctes: [...ctesIn(select), ...ctes] }
  }
  const outputs = nodes(select.targetList).flatMap(({ ResTarget: target }) =>
    isNode(target) ? [outputOf(target)] : [],
  )
  return { ctes: ctesIn(select), from: nodes(select.fromClause).flatMap(sourcesIn), outputs }
}

const ctesIn = ({ withClause }: Node): QueryTree['ctes'] =>
  nodes(isNode(withClause) ? withClause.ctes : []).flatMap(({ CommonTableExpr: cte }) =>
    isNode(cte)
      ? [{ name: String(cte.ctename), columns: strings(cte.aliascolnames), query: treeWithin(cte.ctequery) }]
      : [],
  )

const treeWithin = (statement: unknown) => postgresTree(isNode(statement) ? statement.SelectStmt : undefined)

const sourcesIn = ({ RangeVar: table, RangeSubselect: subselect, JoinExpr: join }: Node): Source[] => {
  if (isNode(join)) return [join.larg, join.rarg].filter(isNode).flatMap(sourcesIn)
  if (isNode(table)) {
    const name = String(table.relname)
    return [{ name: aliasOf(table).name || name, table: name }]
  }
  if (!isNode(subselect)) return []
  return [{ ...aliasOf(subselect), query: treeWithin(subselect.subquery) }]
}

const aliasOf = ({ alias }: Node) =>
  isNode(alias)
    ? { name: String(alias.aliasname ?? ''), columns: strings(alias.colnames) }
    : { name: '', columns: [] as string[] }

const outputOf = ({ name, val }: Node): Output => {
  const column = isNode(val) && isNode(val.ColumnRef) ? val.ColumnRef : undefined
  const path = strings(column?.fields)
  if (column && nodes(column.fields).length > path.length)
    return { star: true, ...(path.length > 0 ? { of: path.at(-1) } : {}) }
  return { ...(name ? { name: String(name) } : {}), made: madeBy(val) }
}

const madeBy = (value: unknown): Made => {
  const [[kind, node] = []] = isNode(value) ? Object.entries(value) : []
  if (!isNode(node)) return unknown
  switch (kind) {
    case 'ColumnRef':
      return { by: 'column', path: strings(node.fields) }
    case 'A_Const':
      return isNode(node.ival) || isNode(node.fval) ? { by: 'number' } : unknown
    case 'TypeCast':
      return { by: 'choice', of: [madeBy(node.arg)] }
    case 'CaseExpr':
      return {
        by: 'choice',
        of: [
          ...nodes(node.args).map(({ CaseWhen: when }) => madeBy(isNode(when) ? when.result : undefined)),
          madeBy(node.defresult),
        ],
      }
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      return { by: 'choice', of: nodes(node.args).map(madeBy) }
    case 'A_Expr':
      return operatorOf(node)
    case 'SubLink':
      return node.subLinkType === 'EXPR_SUBLINK' ? { by: 'query', query: treeWithin(node.subselect) } : unknown
    case 'FuncCall':
      return callOf(node)
    default:
      return unknown
  }
}

const operatorOf = ({ kind, name, lexpr, rexpr }: Node): Made => {
  if (kind === 'AEXPR_NULLIF') return { by: 'choice', of: [madeBy(lexpr)] }
  if (kind !== 'AEXPR_OP') return unknown
  const of = [lexpr, rexpr].filter(isNode).map(madeBy)
  return { by: 'call', name: strings(name).at(-1) ?? '', of }
}

const callOf = ({ funcname, args, agg_order: order, agg_within_group: within }: Node): Made => {
  const sorted = nodes(order).map(({ SortBy: sort }) => madeBy(isNode(sort) ? sort.node : undefined))
  const of = nodes(args).map(madeBy)
  return { by: 'call', name: strings(funcname).at(-1) ?? '', of: within ? [...sorted, ...of] : of }
}
