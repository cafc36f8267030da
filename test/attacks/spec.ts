import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DialectName } from '#src/guard/outline.ts'
import { readAttacks } from './corpus.ts'
import { rulesAgainst, type Sandbox } from './sandbox.ts'
import { secretWord } from './world.ts'

export type Attacked = {
  dialect: DialectName
  open: () => Promise<Sandbox>
  /** How many different ones there must be at least. */
  atLeast: number
  /** MB that no process may have had. A process that is watched from inside is seen too late by some; one that the system watches never is. */
  memoryMb: number
}

/** For what ends by itself, however busy the machine is. What has to be stopped is stopped after a second. */
const patience = 30_000

/** Runs all attacks on one engine, with the guard and without it, while somebody else asks a plain question. */
export const describeAttacks = ({ dialect, open, atLeast, memoryMb }: Attacked): void => {
  const groups = readAttacks(dialect)
  const all = groups.flatMap(({ hidden, attacks }) => attacks.map(attack => ({ ...attack, hidden })))
  let sandbox: Sandbox
  let peak = 0
  beforeAll(async () => {
    sandbox = await open()
  })
  afterAll(() => sandbox.close())

  describe.each(groups)('$what', ({ hidden, attacks }) => {
    it.each(attacks)('$guard · $sql', async ({ sql, guard }) => {
      const rules = await rulesAgainst(sandbox, sql, { tables: [{ name: 'orders', hidden }] })
      expect(rules.length ? rules : ['none']).toContain(guard)
    })

    it.for(attacks)('behind the guard: $alone · $sql', async ({ sql, guard, alone }, { skip }) => {
      if (alone === 'stopped' && !sandbox.memoryIsLimited) skip('this system cannot limit the memory of the server')
      const run = async () => {
        const running = sandbox.run(sandbox.placed(sql), alone === 'stopped' ? 1000 : patience)
        const [outcome] = await Promise.all([running, sandbox.heartbeat()])
        peak = Math.max(peak, outcome.peakMb)
        return outcome
      }
      const first = await run()
      // A process that the flood before has left nearly full ends itself during the next statement; a fresh one shows what this one does.
      const outcome = alone === 'runs' && first.how !== 'runs' ? await run() : first
      expect(outcome.how.split(' ')[0], outcome.how).toBe(alone)
      if (guard === 'none') expect(outcome.text).not.toContain(secretWord)
    })
  })

  describe('after all of them', () => {
    it(`there were at least ${atLeast}, each different`, () => {
      expect(new Set(all.map(({ sql, hidden }) => `${sql} ${hidden}`)).size).toBe(all.length)
      expect(all.length).toBeGreaterThanOrEqual(atLeast)
    })

    it('the data is what it was, and nothing was written', () => sandbox.isUntouched())

    it('no process had more memory than it may', () => expect(peak).toBeLessThanOrEqual(memoryMb))

    it('questions are still answered', () => sandbox.heartbeat())
  })
}
