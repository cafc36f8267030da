import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { fixedEffects, realEffects } from '#src/effects.ts'
import { evalCommand } from '#src/eval/command.ts'
import { readQuestions } from '#src/eval/questions.ts'
import { sameRows } from '#src/eval/same-rows.ts'
import { loadExamples } from '#src/nl2sql/open-agent.ts'
import { createThreads } from '#src/threads.ts'
import { openShops, type Shops } from './shops.ts'

const file = 'test/questions/support-beyond.yaml'
const { questions, today } = await readQuestions(file)

let shops: Shops
let home: string
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'chartroom-support-'))
  shops = await openShops(home, 'support')
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

test('are twelve, and none is a worked example', async () => {
  expect(questions).toHaveLength(12)
  const known = new Set((await loadExamples('support')).map(({ question }) => question.toLowerCase()))
  expect(questions.filter(({ question }) => known.has(question.toLowerCase()))).toEqual([])
})

test('have check queries that pass the guard and give the same on both engines', async () => {
  for (const { id, sql = '', ordered } of questions) {
    const [here, there] = [await rowsOf(sql, shops.duckdb), await rowsOf(sql, shops.postgres)]
    expect([id, here.length > 0, sameRows(there, here, { ordered })]).toEqual([id, true, true])
  }
})

test('are not answered by the rules with something else', async () => {
  const ask = createAsk({
    ...{ domain: async () => shops.duckdb, threads: createThreads(), effects: fixedEffects() },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
  })
  const answered: unknown[] = []
  for (const { id, question } of questions) {
    const answer = await ask({ text: question, today })
    if ('receipt' in answer) answered.push([id, answer.receipt.reading])
  }
  expect(answered).toEqual([])
})

test.each(['duckdb', 'postgres'] as const)('have scripts that end as they say on %s', async engine => {
  const out: string[] = []
  const io = {
    out: async (text: string) => void out.push(text),
    err: async () => undefined,
    signal: new AbortController().signal,
  }
  const parts = {
    open: async () => ({ find: async () => shops[engine], close: async () => undefined }),
    language: async () => undefined,
    effects: realEffects,
  }
  const script = ['--script', 'test/questions/support-beyond-scripts.yaml']
  const code = await evalCommand([file, ...script], io, parts)
  expect(out.join('')).toMatch(/^12 of 12 scripts ended as they say\.[^\n]*\n$/)
  expect(code).toBe(0)
})
