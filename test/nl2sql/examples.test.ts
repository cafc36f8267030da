import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Domain } from '#src/domain.ts'
import { sameRows } from '#src/eval/same-rows.ts'
import { draftSchema, queryOf } from '#src/nl2sql/draft.ts'
import type { Example } from '#src/nl2sql/examples.ts'
import { loadExamples } from '#src/nl2sql/open-agent.ts'
import type { Cell } from '#src/vocabulary/table.ts'
import { openShops, type Shops } from '#test/questions/shops.ts'

const checksOf = (domain: string) =>
  parse(readFileSync(new URL(`./examples/${domain}.yaml`, import.meta.url), 'utf8')) as {
    question: string
    sql: string
  }[]

const domains = ['ecommerce', 'support'] as const
const all = await Promise.all(
  domains.map(async domain => ({ domain, examples: await loadExamples(domain), checks: checksOf(domain) })),
)

/** As the agent runs it: a draft through the compiler, SQL through the guard. */
const rowsOf = async ({ query, sql }: Example, domain: Domain): Promise<Cell[][]> => {
  const compiled = query === undefined ? undefined : queryOf(draftSchema.parse(query), domain.model.domain)
  const result = compiled ? await domain.run(compiled) : await domain.runText(sql ?? '')
  if (Array.isArray(result) || 'code' in result) throw new Error(JSON.stringify(result))
  return 'table' in result ? result.table.rows : result.rows
}

describe.each(all)('the worked examples of $domain', ({ domain, examples, checks }) => {
  let shops: Shops
  let home: string
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'chartroom-examples-'))
    shops = await openShops(home, domain)
  })
  afterAll(async () => {
    await shops?.close()
    rmSync(home, { recursive: true, force: true })
  })

  test('are at least two dozen, each of another question, each with its check', () => {
    expect(examples.length).toBeGreaterThanOrEqual(24)
    const questions = examples.map(({ question }) => question)
    expect(new Set(questions).size).toBe(questions.length)
    expect(checks.map(({ question }) => question)).toEqual(questions)
  })

  test.each(examples)('give on both engines what a query written in another way gives: $question', async example => {
    const want = await shops.check(checks.find(({ question }) => question === example.question)?.sql ?? '')
    expect(want.length).toBeGreaterThan(0)
    for (const on of [shops.duckdb, shops.postgres]) {
      const got = await rowsOf(example, on)
      if (!sameRows(got, want, {})) expect(got.map(row => row.map(String))).toEqual(want.map(row => row.map(String)))
    }
  })
})
