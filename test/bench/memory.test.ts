import { expect, it } from 'vitest'
import { floors } from './memory.ts'

it('tells a leak by the lowest sizes, so that garbage does not count', () => {
  const of = (answers: number, total: number) => ({ answers, total, bot: 0, database: 0, painter: 0 })
  const sizes = [300, 500, 410, 400, 480, 420, 403, 490].map((total, i) => of((i + 1) * 1000, total))
  // second quarter: 410, 400; later half: 480, 420, 403, 490; the middles of the two lie 3,000 answers apart
  expect(floors(sizes)).toEqual({ early: 400, late: 403, perThousand: 1 })
})
