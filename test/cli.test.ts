import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { querySchema } from '#src/vocabulary/query.ts'
import { makeHome, sales } from './cli/program.ts'

const home = makeHome()
const csv = home.file('sales.csv', sales)
afterAll(() => home.clear())

/** The contract that scripts rely on: these keys, always, and no others. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const receipt = z.looseObject({
  domain: z.string(),
  origin: z.enum(['certified', 'generated']),
  reading: z.string(),
  measures: z.array(z.strictObject({ name: z.string(), label: z.string(), definition: z.string() })),
  filters: z.array(z.string()),
  notes: z.array(z.string()),
  sql: z.string(),
  rows: z.number(),
  truncated: z.boolean(),
  freshness: z.strictObject({ dataUntil: z.string().optional(), source: z.string() }),
  ms: z.number(),
})
const contract = z.strictObject({
  status: z.enum(['answered', 'clarify', 'refused', 'empty']),
  id: z.string(),
  question: z.string(),
  domain: z.string(),
  query: querySchema.nullable(),
  sql: z.string().nullable(),
  params: z.array(z.unknown()),
  columns: z.array(
    z.strictObject({
      name: z.string(),
      type: z.enum(['text', 'number', 'integer', 'boolean', 'date', 'timestamp']),
      role: z.enum(['dimension', 'time', 'measure', 'previous']),
    }),
  ),
  rows: z.array(z.record(z.string(), cell)),
  truncated: z.boolean(),
  facts: z.array(z.looseObject({ id: z.string(), kind: z.string(), value: z.number().nullable() })),
  story: z
    .strictObject({
      headline: z.string(),
      summary: z.string(),
      insights: z.array(z.string()),
      implications: z.array(z.string()),
    })
    .nullable(),
  chart: z.looseObject({ kind: z.string(), title: z.string(), alt: z.string() }).nullable(),
  receipt: receipt.nullable(),
  message: z.string(),
  unused: z.array(z.string()),
  choices: z.array(z.strictObject({ label: z.string(), question: z.string() })),
  code: z.string().optional(),
  items: z.array(z.looseObject({ term: z.string(), text: z.string() })).optional(),
})

const failure = z.strictObject({ status: z.literal('failed'), code: z.string(), message: z.string() })

const jsonLines = (out: string) => {
  expect(out.endsWith('\n')).toBe(true)
  return out
    .trimEnd()
    .split('\n')
    .map(line => z.union([contract, failure]).parse(JSON.parse(line)))
}

const one = (out: string) => {
  const [answer, ...more] = jsonLines(out)
  expect(more).toEqual([])
  return contract.parse(answer)
}

describe('ask --json', () => {
  test('prints one object with exactly the promised keys, and the rows of a file made by hand', async () => {
    const { code, out, err } = await home.run(['ask', 'units by region', '--data', csv, '--json'])
    expect([code, err]).toEqual([0, ''])
    const answer = one(out)
    expect(answer).toMatchObject({
      status: 'answered',
      domain: 'sales',
      columns: [
        { name: 'region', type: 'text', role: 'dimension' },
        { name: 'units', type: 'integer', role: 'measure' },
      ],
      rows: [
        { region: 'North', units: 7 },
        { region: 'South', units: 4 },
      ],
      chart: { kind: 'bar' },
      unused: [],
    })
    expect(answer.message).toBe(answer.story?.headline)
    expect(answer.receipt).toMatchObject({ freshness: { dataUntil: '2024-02-28', source: 'sales.csv' }, rows: 2 })
  })

  test('a month in a file: dates are ISO days, money is a number', async () => {
    const { out } = await home.run(['ask', 'units by month', '--data', csv, '--json'])
    expect(one(out)).toMatchObject({
      columns: [
        { name: 'month', type: 'date', role: 'time' },
        { name: 'units', type: 'integer', role: 'measure' },
      ],
      rows: [
        { month: '2024-01-01', units: 3 },
        { month: '2024-02-01', units: 8 },
      ],
    })
  })

  test('--today is the day that periods count from', async () => {
    const ask = async (today: string) =>
      one((await home.run(['ask', 'units last month', '--data', csv, '--json', '--today', today])).out).rows
    expect(await ask('2024-02-29')).toEqual([{ units: 3 }])
    expect(await ask('2024-03-01')).toEqual([{ units: 8 }])
  })

  test('a question that is not understood, and one about a period without data, are replies and no failures', async () => {
    const odd = await home.run(['ask', 'units on the moon', '--data', csv, '--json'])
    expect([odd.code, odd.err]).toEqual([0, ''])
    expect(one(odd.out)).toMatchObject({ status: 'clarify', query: null, sql: null, rows: [], unused: ['moon'] })
    const early = await home.run(['ask', 'units in 2019', '--data', csv, '--json'])
    expect(early.code).toBe(0)
    expect(one(early.out)).toMatchObject({ status: 'empty', rows: [] })
    expect(one(early.out).message).toContain('2024-01-05 to 2024-02-28')
  })

  test('a failure is one object too, one sentence on stderr, and exit code 1', async () => {
    const { code, out, err } = await home.run(['ask', 'units', '--data', 'nowhere.csv', '--json'])
    expect(code).toBe(1)
    expect(jsonLines(out)).toEqual([
      { status: 'failed', code: 'source/missing', message: 'There is no file or folder at nowhere.csv.' },
    ])
    expect(err).toBe('There is no file or folder at nowhere.csv. Check the path.\n')
  })

  test('the sample shop is made on the first question and used again on the second', async () => {
    const first = one((await home.run(['ask', 'orders', '--json'])).out)
    const second = one((await home.run(['ask', 'orders', '--json'])).out)
    expect(first).toMatchObject({ status: 'answered', domain: 'ecommerce', rows: second.rows })
    expect(first.rows).toEqual([{ orders: 400 }])
  })
})

describe('ask -', () => {
  test('prints one object a line, in order, also for empty and broken lines, and exits 1 when one failed', async () => {
    const input = [
      'units by region',
      '{"question":"units by region","thread":"a"}',
      '{"question":"only North","thread":"a"}',
      '',
      '{"question": oops',
      '{"question":"units","domain":"nowhere"}',
      '{"question":"what about South","thread":"a"}',
      'units in February 2024',
    ].join('\n')
    const { code, out, err } = await home.run(['ask', '-', '--data', csv, '--today', '2024-03-15'], { input })
    const lines = jsonLines(out)
    expect(lines.map(line => ('rows' in line ? line.rows : line.code))).toEqual([
      [
        { region: 'North', units: 7 },
        { region: 'South', units: 4 },
      ],
      [
        { region: 'North', units: 7 },
        { region: 'South', units: 4 },
      ],
      [{ region: 'North', units: 7 }],
      [],
      'input/not-json',
      'domain/unknown',
      [{ region: 'South', units: 4 }],
      [{ units: 8 }],
    ])
    expect(lines[3]).toMatchObject({ status: 'clarify', question: '' })
    expect([code, err]).toEqual([1, ''])
  })

  test('lines without a thread know nothing of each other', async () => {
    const { code, out } = await home.run(['ask', '-', '--data', csv], { input: 'units by region\nonly North\n' })
    expect(code).toBe(0)
    const [first, second] = jsonLines(out)
    expect(first).toMatchObject({ status: 'answered' })
    expect(second).not.toMatchObject({ rows: [{ region: 'North', units: 7 }] })
  })

  test('without any line it prints nothing and exits 0', async () => {
    expect(await home.run(['ask', '-', '--data', csv])).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('--png', () => {
  test('writes the chart as a PNG of 1200 × 720', async () => {
    const path = join(home.folder, 'units.png')
    const { code, err } = await home.run(['ask', 'units by region', '--data', csv, '--png', path])
    expect([code, err]).toEqual([0, ''])
    const png = readFileSync(path)
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 720])
  })

  test('says so when there is nothing to draw, and when the folder is not there', async () => {
    const nothing = await home.run(['ask', 'units on the moon', '--data', csv, '--png', 'x.png'])
    expect([nothing.code, nothing.err]).toEqual([0, 'There is nothing to draw, so x.png was not written.\n'])
    const nowhere = await home.run(['ask', 'units', '--data', csv, '--png', 'none/x.png'])
    expect([nowhere.code, nowhere.err]).toEqual([
      1,
      'none/x.png cannot be written. Check the folder and its rights, or set CHARTROOM_HOME.\n',
    ])
  })
})

describe('the other commands', () => {
  test('kpi lists all KPIs with owners, and asks the one that is named', async () => {
    const { code, out } = await home.run(['kpi'])
    expect(code).toBe(0)
    expect(out).toMatch(/^KPIs\n/)
    expect(out.match(/Owner:/g)?.length).toBeGreaterThanOrEqual(10)
    const asked = one((await home.run(['kpi', 'orders', 'in', '2023', '--json'])).out)
    expect(asked).toMatchObject({ status: 'answered', query: { measures: [{ measure: 'orders' }] } })
  })

  test('kpi with a near miss gets the near name', async () => {
    const { code, out } = await home.run(['kpi', 'revenu', '--json'])
    expect(code).toBe(0)
    const answer = one(out)
    expect(answer).toMatchObject({
      status: 'clarify',
      message: 'There is no KPI called “revenu”. Did you mean revenue?',
    })
    expect(answer.choices[0]).toEqual({ label: 'revenue', question: 'kpi revenue' })
  })

  test('doctor looks at everything and exits 0 when all is well', async () => {
    const { code, out, err } = await home.run(['doctor'])
    expect(out).toMatch(/\nAll is well\.\n$/)
    expect([code, err, out.includes('✗')]).toEqual([0, '', false])
  })

  test('help and version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await home.run(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
    expect((await home.run([])).out).toContain('Usage: chartroom <command> [options]')
  })
})
