import type { Violation } from './guard.ts'
import type { DialectName } from './outline.ts'

/** What the database expects of a statement: rows handled by all steps together (DuckDB), or its own unit of cost (PostgreSQL). */
export type Estimate = { dialect: DialectName; cost: number }

/** Far more than questions need: all pairs of lines of 10,000 orders cost PostgreSQL 2.1 million and take half a second. What is slow below these, the timeout ends. */
const ceilings: Record<DialectName, number> = { duckdb: 2_000_000_000, postgres: 10_000_000 }

/** Reads a plan. Throws when it is none, which is a bug: a statement whose cost is not known must not run. */
export const estimateOf = (dialect: DialectName, plan: string): Estimate => {
  const [root] = JSON.parse(plan) as [DuckdbStep & { Plan?: { 'Total Cost': number } }]
  return { dialect, cost: dialect === 'postgres' ? root.Plan!['Total Cost'] : work(root).all }
}

/** A violation when the estimate is above the ceiling, in the estimate's own unit. */
export const costViolation = (
  { dialect, cost }: Estimate,
  ceiling: number = ceilings[dialect],
): Violation | undefined => {
  if (cost <= ceiling) return undefined
  const [found, most] = [cost, ceiling].map(n => Math.round(n).toLocaleString('en-US'))
  const what = dialect === 'duckdb' ? `handle about ${found} rows` : `cost about ${found} units of work`
  const words = 'choose a shorter period, fewer splits, or a filter'
  return { rule: 'cost', message: `it would ${what}; ${most} is the most`, advice: [{ code: 'add-period', words }] }
}

type DuckdbStep = { name: string; children: DuckdbStep[]; extra_info: Record<string, unknown> }

/** Rows that a step gives, and rows that it and all steps below it handle. Joins without an equality look at every pair. */
const work = ({ name, children, extra_info: info }: DuckdbStep): { rows: number; all: number } => {
  const below = children.map(work)
  const pairs = below.reduce((product, { rows }) => product * Math.max(1, rows), 1)
  const most = Math.max(1, ...below.map(({ rows }) => rows))
  const handled = everyPair.has(name.trim()) ? pairs : most
  const rows = Number(info['Estimated Cardinality'] ?? (name.includes('UNGROUPED') ? 1 : handled))
  return { rows, all: below.reduce((sum, { all }) => sum + all, Math.max(handled, rows)) }
}

const everyPair = new Set(['CROSS_PRODUCT', 'NESTED_LOOP_JOIN', 'BLOCKWISE_NL_JOIN'])
