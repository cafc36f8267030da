import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createSeats, type Seats } from '#handlers/chat/seats.ts'

/** Works that say when they begin, wait outside and end; `finish` ends a wait. */
const watch = (seats: Seats) => {
  const seen: string[] = []
  const waits = new Map<string, () => void>()
  const outside = (name: string) =>
    seats.outside(() => {
      seen.push(`${name} waits`)
      return new Promise<void>(done => waits.set(name, done))
    })
  const take = (name: string, work: () => Promise<unknown> = async () => undefined, signal?: AbortSignal) =>
    seats.take(
      async () => {
        seen.push(`${name} begins`)
        await work()
        seen.push(`${name} ends`)
      },
      { signal },
    )
  const finish = async (name: string) => {
    waits.get(name)?.()
    await sleep(0)
  }
  return { seen, outside, take, finish }
}

describe('a seat', () => {
  test('is somebody else’s while its work waits outside, and the work then goes before all that have not begun', async () => {
    const { seen, outside, take, finish } = watch(createSeats({ count: 1 }))
    const first = take('a', () => outside('a'))
    await sleep(0)
    const second = take('b', () => sleep(20))
    const third = take('c')
    await finish('a')
    expect(seen).toEqual(['a begins', 'a waits', 'b begins'])
    await Promise.all([first, second, third])
    expect(seen.slice(3)).toEqual(['b ends', 'a ends', 'c begins', 'c ends'])
  })

  test('is had by no more works than there are seats, however many come back at once', async () => {
    const { outside, take, finish } = watch(createSeats({ count: 2 }))
    let [now, most] = [0, 0]
    const busy = async () => {
      now += 1
      most = Math.max(most, now)
      await sleep(5)
      now -= 1
    }
    const ways = ['a', 'b', 'c', 'd', 'e']
    const all = ways.map(name =>
      take(name, () =>
        busy()
          .then(() => outside(name))
          .then(busy),
      ),
    )
    for (let round = 0; round < 20; round++) {
      for (const name of ways) await finish(name)
      await sleep(5)
    }
    await Promise.all(all)
    expect(most).toBe(2)
  })

  test('is there again when all have ended: after failures, waits side by side, and when it was stopped', async () => {
    const seats = createSeats({ count: 1 })
    const { outside, take, finish } = watch(seats)
    const fails = seats.take(() => seats.outside(() => Promise.reject(new Error('no model'))))
    await expect(fails).rejects.toThrow('no model')
    const twice = take('a', () => Promise.all([outside('a1'), outside('a2')]))
    await sleep(0)
    await finish('a1')
    await finish('a2')
    await twice
    const stop = new AbortController()
    const stopped = take('b', () => outside('b'), stop.signal)
    await sleep(0)
    const holds = take('c', () => sleep(20))
    const rejected = expect(stopped).rejects.toThrow()
    stop.abort()
    await finish('b')
    await Promise.all([rejected, holds])
    const { seen, ...last } = watch(seats)
    await last.take('d', async () => undefined)
    await last.take('e', async () => undefined)
    expect([seen, seats.waiting()]).toEqual([['d begins', 'd ends', 'e begins', 'e ends'], 0])
  })
})

describe('those who wait outside', () => {
  test('are as many as there are seats; one that waits a second time is not overtaken', async () => {
    const { seen, outside, take, finish } = watch(createSeats({ count: 1 }))
    const first = take('a', () => outside('a').then(() => outside('a again')))
    await sleep(0)
    const second = take('b', () => outside('b'))
    await finish('a')
    expect(seen).toEqual(['a begins', 'a waits', 'b begins', 'a again waits'])
    await finish('a again')
    await first
    await sleep(0)
    expect(seen.slice(4)).toEqual(['a ends', 'b waits'])
    await finish('b')
    await second
  })

  test('need no seat when they have none', async () => {
    const seats = createSeats({ count: 0 })
    expect(await seats.outside(async () => 'said')).toBe('said')
  })
})
