import { afterAll, beforeAll, expect, test } from 'vitest'
import { stateWorks } from '#src/doctor/state.ts'
import { realEffects } from '#src/effects.ts'
import { storedAudit } from '#src/store/audit.ts'
import { exportPerson, forgetPerson } from '#src/store/commands.ts'
import type { Database } from '#src/store/database.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { openTestState } from './database.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())

/** What was printed, and how often the state was closed. */
const terminal = () => {
  const seen = { out: '', closed: 0 }
  const io = {
    out: async (text: string) => {
      seen.out += text
    },
  }
  const open = async () => ({ ...database, close: async () => void seen.closed++ })
  return { seen, io, open }
}

const owner = { platform: 'slack', tenant: 'T1', user: 'UANN' } as const
const ask = (id: string) =>
  storedAudit(database, realEffects).write({ id, owner, question: 'revenue?', outcome: 'answered', ms: 1 })

test('what is kept of a person is printed as JSON, and deleted when asked to', async () => {
  await ask('1')
  const printed = terminal()
  expect(await exportPerson(['slack:T1:UANN'], printed.io, printed.open)).toBe(0)
  expect(JSON.parse(printed.seen.out)).toMatchObject({ audit: [{ id: '1', question: 'revenue?' }], answers: [] })
  const deleted = terminal()
  expect(await forgetPerson(['UANN'], deleted.io, deleted.open)).toBe(0)
  expect(deleted.seen).toEqual({ out: 'Deleted: 1 of audit.\n', closed: 1 })
  const again = terminal()
  await forgetPerson(['UANN'], again.io, again.open)
  expect(again.seen.out).toBe('Nothing is kept of UANN.\n')
})

test.each([[[]], [['U1', 'U2']], [['irc:net:bob']]])('without one user %j nothing is opened', async args => {
  const { seen, io, open } = terminal()
  for (const command of [forgetPerson, exportPerson])
    await expect(command(args, io, open)).rejects.toMatchObject({ code: 'command/usage' })
  expect(seen).toEqual({ out: '', closed: 0 })
})

test('the doctor says what PostgreSQL it is and how much is remembered, or why it cannot be opened', async () => {
  for (const id of ['2', '3']) await ask(id)
  const { seen, open } = terminal()
  expect(await stateWorks(open).run()).toEqual({
    status: 'ok',
    sentence: expect.stringMatching(/^PostgreSQL 18\.\d+; it remembers 2 questions\.$/),
  })
  expect(seen.closed).toBe(1)
  const broken = ChartroomError.of('state/unavailable')
  await expect(stateWorks(() => Promise.reject(broken)).run()).rejects.toBe(broken)
})
