import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchUse } from '#src/access/watch-use.ts'
import { fixedEffects } from '#src/effects.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('it is looked every ten minutes whether somebody is far from usual, until it is stopped; a failure ends nothing', async () => {
  const warned: string[] = []
  let looks = 0
  const use = async () => {
    looks += 1
    throw new Error('gone')
  }
  const notes = { note: async () => true, unnote: async () => undefined }
  const watching = watchUse(
    { audit: { use }, notes, tellAdmins: async () => true, warn: event => void warned.push(event) },
    fixedEffects(),
  )
  await vi.advanceTimersByTimeAsync(25 * 60_000)
  watching.stop()
  await vi.advanceTimersByTimeAsync(60 * 60_000)
  expect(looks).toBe(2)
  expect(warned).toEqual(['access/unusual', 'access/unusual'])
})
