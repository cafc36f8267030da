import { expect, test } from 'vitest'
import { compute, createAllowance } from '#src/nl2sql/tools/compute.ts'

const rows = [
  { day: '2024-01-01', amount: 10 },
  { day: '2024-01-02', amount: 30 },
]

test('a program gets the rows and gives a table', async () => {
  expect(await compute('rows.map(r => ({ day: r.day, double: r.amount * 2, half: r.amount / 4 }))', rows)).toEqual({
    columns: [
      { name: 'day', type: 'date' },
      { name: 'double', type: 'integer' },
      { name: 'half', type: 'number' },
    ],
    rows: [
      ['2024-01-01', 20, 2.5],
      ['2024-01-02', 60, 7.5],
    ],
  })
})

test('a program of several lines gives its last expression; one object is one row', async () => {
  const code = 'const all = rows.reduce((sum, r) => sum + r.amount, 0)\n;({ all, big: all > 1, none: null, name: "x" })'
  expect(await compute(code, rows)).toEqual({
    columns: [
      { name: 'all', type: 'integer' },
      { name: 'big', type: 'boolean' },
      { name: 'none', type: 'text' },
      { name: 'name', type: 'text' },
    ],
    rows: [[40, true, null, 'x']],
  })
})

test.each([
  ['while (true) {}', 'It takes too long.'],
  ['const a = []; while (true) a.push(new Array(100000).fill(1)); a', /memory|long/],
  ['const f = () => f(); f()', /stack/],
  ['rows.nothing.here', /cannot read property 'here' of undefined/],
  ['this is no program', /./],
  ['rows.map(r => [r])', 'It must give an array of flat objects.'],
  ['undefined', 'It gives nothing.'],
  ['Array.from({ length: 10001 }, (_, i) => ({ i }))', 'It gives 10001 rows; 10000 is the most.'],
  ['require("fs").readFileSync("/etc/passwd")', /require/],
  ['process.env', /process/],
  ['fetch("http://127.0.0.1")', /fetch/],
  ['import("node:fs")', 'Its objects have no keys.'],
  ['globalThis.constructor.constructor("return process")().env', /process/],
])('%s is told, and harms nothing', async (code, problem) => {
  expect(await compute(code, rows)).toEqual({ problem: expect.stringMatching(problem) })
})

test('what one program leaves behind no other one finds', async () => {
  await compute('globalThis.left = 1; rows', rows)
  expect(await compute('[{ left: typeof left }]', rows)).toMatchObject({ rows: [['undefined']] })
})

test('a key is only what an object has itself', async () => {
  expect(await compute('[{ constructor: 1 }, { a: 2 }]', rows)).toMatchObject({
    rows: [
      [1, null],
      [null, 2],
    ],
  })
})

const forever = 'while (true) {}'

test('programs of one question share their time: what one used up is not there for the next', async () => {
  const allowance = createAllowance(2)
  expect(await compute(forever, rows, { allowance })).toEqual({ problem: 'It takes too long.' })
  expect(allowance.left).toBe(0)
  const problem = 'Programs have had all the time that a question gets. Use SQL.'
  expect(await compute('rows', rows, { allowance })).toEqual({ problem })
})

test('one program does not use up all of it', async () => {
  const allowance = createAllowance()
  expect(await compute(forever, rows, { allowance })).toEqual({ problem: 'It takes too long.' })
  expect(allowance.left).toBeGreaterThan(0)
})

test('who stops does not wait for the end of a program', async () => {
  const [stop, allowance] = [new AbortController(), createAllowance()]
  const running = compute(forever, rows, { allowance, signal: stop.signal })
  stop.abort()
  await expect(running).rejects.toMatchObject({ code: 'engine/cancelled' })
  expect(allowance.left).toBe(createAllowance().left)
  await expect(compute('rows', rows, { signal: stop.signal })).rejects.toMatchObject({ code: 'engine/cancelled' })
})
