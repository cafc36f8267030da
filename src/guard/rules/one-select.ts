import type { Rule } from '../rule.ts'

const most = { selects: 60, tables: 60 }

/** One statement, and one that a database can plan in reasonable time. */
export const oneSelect: Rule = {
  name: 'one-select',
  check: ({ statements, selects, tables }) => [
    ...(statements === 1 ? [] : [{ message: `there are ${statements} statements; exactly one SELECT is read` }]),
    ...(selects.length > most.selects
      ? [{ message: `there are ${selects.length} SELECTs; ${most.selects} is the most` }]
      : []),
    ...(tables.length > most.tables
      ? [{ message: `tables are named ${tables.length} times; ${most.tables} is the most` }]
      : []),
  ],
}
