import type { Rule } from '../rule.ts'

/** Parts of the language that are allowed. Left out on purpose: PIVOT, SHOW and DESCRIBE, recursive CTEs, samples (no two answers alike), `#1`, LIMIT in percent, NATURAL and POSITIONAL joins, COLLATE, COLUMNS with a pattern. */
export const nodeKinds: Rule = {
  name: 'node-kinds',
  check: ({ kinds }) =>
    kinds
      .filter(({ name }) => !allowed.has(name) && !/_TYPE_INFO$/.test(name))
      .map(({ name, at }) => ({ message: `${words(name)} is not allowed`, at })),
}

const allowed = new Set([
  ...['SELECT_NODE', 'SET_OPERATION_NODE'],
  ...['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY'],
  ...['REGULAR JOIN', 'CROSS JOIN', 'ASOF JOIN'],
  ...['INNER JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN', 'SEMI JOIN', 'ANTI JOIN'],
  ...['ORDER_MODIFIER', 'LIMIT_MODIFIER', 'DISTINCT_MODIFIER', 'ORDER_DEFAULT', 'ASCENDING', 'DESCENDING'],
  ...['BETWEEN', 'CASE', 'CAST', 'COLUMN_REF', 'COMPARISON', 'CONJUNCTION', 'CONSTANT', 'FUNCTION', 'LAMBDA'],
  ...['OPERATOR', 'PARAMETER', 'STAR', 'WINDOW'],
])

const words = (kind: string) => kind.replaceAll('_', ' ').toUpperCase()
