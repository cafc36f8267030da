import { describe, expect, test } from 'vitest'
import { createAsk } from '#src/ask.ts'
import { askedAgain } from '#src/asked-again.ts'
import { fixedEffects } from '#src/effects.ts'
import type { Outcome } from '#src/nl2sql/outcome.ts'
import { compute, recordsOf } from '#src/nl2sql/tools/compute.ts'
import { createThreads } from '#src/threads.ts'
import { shopTables, worldOf } from '#test/semantic/compile-world.ts'

const shop = worldOf('shop', shopTables)

/** A model that has its SQL computed on. */
const ask = (program: string) => {
  const sql = 'SELECT channel, count(*) AS orders FROM orders GROUP BY channel ORDER BY channel'
  const workOut = async () => {
    const result = await shop.domain.runText(sql)
    if (Array.isArray(result)) throw new Error(JSON.stringify(result))
    const computed = await compute(program, recordsOf(result))
    if ('problem' in computed) throw new Error(computed.problem)
    const rows = { ...computed, truncated: false }
    const outcome: Outcome = { kind: 'rows', result: rows, sql, says: 'Doubled', cached: false, program }
    return { outcome, steps: [], uses: [], prompt: { name: 'plan', version: 1 } }
  }
  return createAsk({
    ...{ domain: async () => shop.domain, threads: createThreads(), workOut: () => workOut, effects: fixedEffects() },
    warn: (event, error) => expect.fail(`${event}: ${error}`),
  })
}

describe('an answer that a program computed', () => {
  const doubled = 'rows.map(r => ({ channel: r.channel, orders: r.orders * 2 }))'

  test('is computed once more when it is asked again', async () => {
    const first = await ask(doubled)({ text: 'which gizmos made the punters happiest' })
    const again = await ask('[]')(askedAgain(first))
    if (first.status !== 'answered' || again.status !== 'answered') throw new Error(JSON.stringify(again))
    expect(again.table).toEqual(first.table)
    expect(again.receipt.program).toBe(doubled)
    expect(askedAgain(again)).toEqual(askedAgain(first))
  })

  test('is refused when its program does not run on the rows', async () => {
    const first = await ask(doubled)({ text: 'which gizmos made the punters happiest' })
    const { sql, ...asked } = askedAgain(first)
    const again = await ask('[]')({ ...asked, sql: { text: '', says: '', ...sql, program: 'rows.nothing.there' } })
    expect(again).toMatchObject({ status: 'refused', code: 'access/generated' })
  })
})
