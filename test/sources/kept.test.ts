import { expect, test } from 'vitest'
import { keep } from '#src/sources/kept.ts'
import { failure } from './world.ts'

/** Something to keep, a clock to set, and what happened to it. */
const given = (open?: () => Promise<string>) => {
  const told: string[] = []
  const clock = { now: 0 }
  let opened = 0
  const kept = keep(open ?? (async () => `thing ${++opened}`), async thing => void told.push(`${thing} shut`), {
    ticks: () => clock.now,
  })
  return { kept, told, clock }
}

const stopped = 'Stopped. Nothing more is running.'

test('it is opened once for all who need it at once', async () => {
  const { kept } = given()
  expect(kept.current()).toBeUndefined()
  expect(await Promise.all([kept.get(), kept.get()])).toEqual(['thing 1', 'thing 1'])
  expect(kept.current()).toBe('thing 1')
})

test('opening is tried again after it failed, and the fault is known until it succeeds', async () => {
  const faults = [new Error('first'), new Error('second')]
  const { kept } = given(async () => {
    const fault = faults.shift()
    if (fault) throw fault
    return 'thing'
  })
  expect([await failure(kept.get()), await failure(kept.get())]).toEqual(['first', 'second'])
  expect(kept.fault()).toEqual(new Error('second'))
  expect(await kept.get()).toBe('thing')
  expect(kept.fault()).toBeUndefined()
})

test('idle, it is shut, and opened again on demand; while it is used it never is idle', async () => {
  const { kept, told, clock } = given()
  await kept.closeIdle(0)
  await kept.get()
  const [end, other] = [kept.use(), kept.use()]
  clock.now = 1000
  end()
  end()
  await kept.closeIdle(100)
  expect(told).toEqual([])
  other()
  await kept.closeIdle(100)
  expect(told).toEqual([])
  clock.now = 1100
  await kept.closeIdle(100)
  expect(told).toEqual(['thing 1 shut'])
  expect(await kept.get()).toBe('thing 2')
})

test('retired, it is shut when nobody has used it for a while, and not opened any more', async () => {
  const { kept, told, clock } = given()
  await kept.get()
  const end = kept.use()
  const retired = kept.retire(20)
  expect(await kept.get()).toBe('thing 1')
  clock.now = 500
  end()
  expect(told).toEqual([])
  clock.now = 521
  await retired
  expect(told).toEqual(['thing 1 shut'])
  expect(await failure(kept.get())).toBe(stopped)
})

test('retired before it was ever opened, it is gone at once', async () => {
  const { kept, told } = given()
  await kept.retire(60_000)
  expect(await failure(kept.get())).toBe(stopped)
  expect(told).toEqual([])
})

test('closed while it opens or is used, it is shut all the same, and whoever waits for its end is told', async () => {
  const opening = Promise.withResolvers<string>()
  const { kept, told } = given(() => opening.promise)
  const asked = kept.get()
  const end = kept.use()
  const retired = kept.retire(60_000)
  const closed = kept.close()
  opening.resolve('thing')
  await Promise.all([asked, retired, closed])
  expect(told).toEqual(['thing shut'])
  end()
  await kept.close()
  expect(told).toEqual(['thing shut'])
})
