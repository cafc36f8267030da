import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import { watchFreshness } from '#src/engines/postgres/freshness.ts'
import { lookAtServer } from '#src/engines/postgres/session.ts'

/** A server that answers in turn, or throws what it is given. */
const server = (...answers: (string | null | Error)[]) => {
  let asked = 0
  const query = async () => {
    const answer = answers[asked++]
    if (answer instanceof Error) throw answer
    return { rows: answer === undefined ? [] : [{ mark: answer }] }
  }
  return { client: { query } as unknown as pg.PoolClient, asked: () => asked }
}

const watch = ({ client }: ReturnType<typeof server>, effects = fixedEffects()) =>
  watchFreshness(work => work(client), { everyMs: 1000 }, effects)

describe('the mark of a database', () => {
  it('is asked for once in a while, for all who want it', async () => {
    const effects = fixedEffects()
    const asked = server('1', '2')
    const mark = watch(asked, effects)
    expect(await Promise.all([mark(), mark()])).toEqual(['1', '1'])
    effects.advance(999)
    expect([await mark(), asked.asked()]).toEqual(['1', 1])
    effects.advance(1)
    expect([await mark(), asked.asked()]).toEqual(['2', 2])
  })

  it('is always the same on a server that does not count', async () => {
    const unknown = Object.assign(new Error('function pg_is_in_recovery() does not exist'), { severity: 'ERROR' })
    const effects = fixedEffects()
    const mark = watch(server(null, unknown), effects)
    const first = await mark()
    effects.advance(5000)
    expect(await mark()).toBe(first)
    expect(await watch(server())()).toBe(first)
  })

  it('is asked for again after the connection failed', async () => {
    const mark = watch(server(new Error('Connection terminated'), '1'))
    await expect(mark()).rejects.toThrow('Connection terminated')
    expect(await mark()).toBe('1')
  })
})

describe('what a server says of itself', () => {
  it.each([
    ['PostgreSQL 18.4 on x86_64', '0', { ownKind: true, timeoutMs: Number.POSITIVE_INFINITY }],
    ['PostgreSQL 15.8-YB-2.25 on x86_64', '1500ms', { ownKind: true, timeoutMs: 1500 }],
    ['PostgreSQL 8.0.2 on i686-pc-linux-gnu, Redshift 1.0.12103', '2min', { ownKind: false, timeoutMs: 120_000 }],
    ['CockroachDB CCL v24.1.0', '1d', { ownKind: false, timeoutMs: 86_400_000 }],
    ['PostgreSQL 13.1', '3h', { ownKind: true, timeoutMs: 10_800_000 }],
    ['PostgreSQL 13.1', '', { ownKind: true, timeoutMs: Number.POSITIVE_INFINITY }],
  ])('%s, timeout %s', async (version, timeout, expected) => {
    expect(await lookAtServer(server(version, timeout).client)).toEqual({ version, ...expected })
  })
})
