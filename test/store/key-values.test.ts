import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import type { Database } from '#src/store/database.ts'
import { type Space, storedKeyValues } from '#src/store/key-values.ts'
import { seal, unseal } from '#src/store/seal.ts'
import { openTestState } from './database.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  ;({ database, close } = await openTestState())
})
afterAll(() => close())

const key = new Uint8Array(32).fill(7)
const other = new Uint8Array(32).fill(8)
const values = (used?: Uint8Array, space: Space = 'slack-installations') =>
  storedKeyValues(database, { space, key: used }, fixedEffects())

describe.each([
  ['sealed', key],
  ['open', undefined],
])('values by key, %s', (name, used) => {
  test('come back as they were put, until they are deleted', async () => {
    const map = values(used)
    expect(await map.get(name)).toBeUndefined()
    for (const value of [{ bot: { token: 'xoxb-1' } }, [1, 'zwei', null], 'text', null, false]) {
      await map.put(name, value)
      expect(await map.get(name)).toEqual(value)
    }
    await map.delete(name)
    expect(await map.get(name)).toBeUndefined()
  })

  test('of one space are not those of another', async () => {
    await values(used).put('same', 1)
    await values(used, 'teams-conversations').put('same', 2)
    expect(await values(used).get('same')).toBe(1)
  })
})

describe('a sealed value', () => {
  const row = async (name: string) =>
    (
      await database.query<{ value: unknown; sealed: Buffer }>(
        'select value, sealed from chartroom.key_values where key = $1',
        [name],
      )
    )[0]

  test('shows nothing of what is in it, and looks different each time', async () => {
    await values(key).put('T1', 'xoxb-secret')
    const first = await row('T1')
    expect(first?.value).toBeNull()
    expect(first?.sealed.toString('latin1')).not.toMatch(/xoxb|secret/)
    await values(key).put('T1', 'xoxb-secret')
    expect((await row('T1'))?.sealed.equals(first?.sealed ?? Buffer.of())).toBe(false)
  })

  const refused = {
    code: 'state/sealed',
    message:
      'What is kept for slack-installations does not open with CHARTROOM_KEY: it was sealed with another key, or changed since.',
  }

  test('is refused with another key, or none, and left as it is', async () => {
    await values(key).put('T2', 'x')
    const before = await row('T2')
    await expect(values(other).get('T2')).rejects.toMatchObject(refused)
    await expect(values().get('T2')).rejects.toMatchObject(refused)
    expect(await row('T2')).toEqual(before)
    expect(await values(key).get('T2')).toBe('x')
  })

  test('is refused when a byte was changed, or when it was put under another name', async () => {
    await values(key).put('T3', 'x')
    await database.query(
      `update chartroom.key_values set sealed = set_byte(sealed, 30, get_byte(sealed, 30) # 1) where key = 'T3'`,
    )
    await expect(values(key).get('T3')).rejects.toMatchObject(refused)
    await values(key).put('T4', 'x')
    await database.query(`update chartroom.key_values set key = 'T5' where key = 'T4'`)
    await expect(values(key).get('T5')).rejects.toMatchObject(refused)
  })

  test('an open one in its place is not taken', async () => {
    await values().put('T6', { bot: { token: 'planted' } })
    await expect(values(key).get('T6')).rejects.toMatchObject(refused)
  })
})

test('a text is sealed for one name and key', () => {
  const sealed = seal('שלום 🎉', key, 'a')
  expect(unseal(sealed, key, 'a')).toBe('שלום 🎉')
  expect(() => unseal(sealed, key, 'b')).toThrow()
  expect(() => unseal(sealed, other, 'a')).toThrow()
  expect(() => unseal(sealed.subarray(0, 20), key, 'a')).toThrow()
  expect(unseal(seal('', key, 'a'), key, 'a')).toBe('')
})
