import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Domain } from '#src/domain.ts'
import { readQuestions } from '#src/eval/questions.ts'
import { sameRows } from '#src/eval/same-rows.ts'
import { loadExamples } from '#src/nl2sql/open-agent.ts'
import { openShops, type Shops } from './shops.ts'

const { questions } = await readQuestions('test/questions/beyond.yaml')
const rulesKinds = ['lookup', 'split', 'time', 'rank', 'filter', 'compare', 'share']

let shops: Shops
let home: string
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'chartroom-beyond-'))
  shops = await openShops(home)
})
afterAll(async () => {
  await shops?.close()
  rmSync(home, { recursive: true, force: true })
})

const rowsOf = async (sql: string, domain: Domain) => {
  const result = await domain.runText(sql)
  if (Array.isArray(result)) throw new Error(result.map(({ message }) => message).join('; '))
  return result.rows
}

describe('the questions beyond the rules', () => {
  test('are at least 120, half of them beyond the rules; none is a worked example', async () => {
    const beyond = questions.filter(({ kind }) => !rulesKinds.includes(kind))
    expect(questions.length).toBeGreaterThanOrEqual(120)
    expect(beyond.length).toBeGreaterThanOrEqual(questions.length / 2)
    const known = new Set((await loadExamples('ecommerce')).map(({ question }) => question.toLowerCase()))
    expect(questions.filter(({ question }) => known.has(question.toLowerCase()))).toEqual([])
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length)
  })

  test('have check queries that pass the guard and give the same on both engines', async () => {
    const different: unknown[] = []
    for (const { id, sql, ordered } of questions) {
      if (!sql) continue
      const [here, there] = [await rowsOf(sql, shops.duckdb), await rowsOf(sql, shops.postgres)]
      if (here.length === 0 || !sameRows(there, here, { ordered })) different.push({ id, here, there })
    }
    expect(different).toEqual([])
  })
})
