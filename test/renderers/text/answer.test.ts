import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { renderText } from '#renderers/text/answer.ts'
import { cells } from '#renderers/text/measure.ts'
import type { Answer, Answered } from '#src/vocabulary/answer.ts'
import type { Chart, TimePoint } from '#src/vocabulary/chart.ts'
import type { Column } from '#src/vocabulary/table.ts'
import { answered, clarify, empty, refused, told } from '#test/fakes/answers.ts'

const show = (answer: Answer, style = {}) => renderText(answer, { width: 100, colour: false, ...style })

const monthly = (parts: Partial<Answered> = {}): Answered => {
  const values = [100, 400, null, 250]
  const at = (i: number) => `2023-0${i + 1}-01`
  const points: TimePoint[] = values.map((value, i) => ({ at: at(i), value }))
  const base = answered()
  return answered({
    query: { ...base.query, splits: [{ grain: 'month' }] },
    table: {
      columns: [
        { name: 'month', type: 'date', role: 'time', label: 'Month' },
        { name: 'orders', type: 'integer', role: 'measure', label: 'Orders', format: { kind: 'integer' } },
      ],
      rows: values.map((value, i) => [at(i), value]),
      truncated: false,
    },
    chart: {
      kind: 'line',
      title: 't',
      subtitle: 'Orders per month',
      alt: 'a',
      grain: 'month',
      series: [{ name: 'Orders', points }],
      format: { kind: 'integer' },
    },
    ...parts,
  })
}

const withRows = (rows: Answered['table']['rows'], truncated = false) =>
  answered({ table: { ...answered().table, rows, truncated } })

describe('an answer in the terminal', () => {
  test('is the headline, the table with bars, the story, the receipt, and what may come next', () => {
    expect(show(answered())).toBe(`Electronics made two thirds of $2,250.75
Revenue by category, Dec 2023, USD

Category        Revenue
────────────  ─────────
Electronics   $1,500.50  ██████████████████████████████
Books           $750.25  ███████████████
Toys & Games          –

Revenue was $2,250.75 in Dec 2023. Electronics led with $1,500.50.

• Toys & Games sold nothing.
→ Look at Toys & Games.

Read as: Revenue by category, Dec 2023
Revenue: sum of amount over kept orders
Filters: status is not cancelled or returned
Period: Dec 2023 (2023-12-01 to 2023-12-31)
Note: read “revnue” as Revenue
3 rows · certified · data until 2023-12-31 (sample data) · 12 ms

Next: and by state?
`)
  })

  test('values over time are a sparkline, with the lowest and the highest; buckets have their names', () => {
    const lines = show(monthly()).split('\n')
    expect(lines.slice(3, 10)).toEqual([
      '▁█·▅  low 100 (Jan 2023), high 400 (Feb 2023)',
      '',
      'Month     Orders',
      '────────  ──────',
      'Jan 2023     100',
      'Feb 2023     400',
      'Mar 2023       –',
    ])
  })

  test('several series have their names, the ones beyond six are counted', () => {
    const chart = monthly().chart as Extract<Chart, { kind: 'line' }>
    const series = Array.from({ length: 8 }, (_, i) => ({ name: `State ${i}`, points: chart.series[0]!.points }))
    const text = show(monthly({ chart: { ...chart, series } }))
    expect(text).toContain('State 5  ▁█·▅  low 100')
    expect(text).not.toContain('State 6')
    expect(text).toContain('… 2 more')
  })

  test('a forecast is told with its band; a series of gaps is not drawn', () => {
    const chart = monthly().chart as Extract<Chart, { kind: 'line' }>
    const forecast = { points: [{ at: '2023-05-01', value: 300, low50: 250, high50: 350, low90: 200, high90: 420 }] }
    expect(show(monthly({ chart: { ...chart, forecast } }))).toContain(
      'Forecast to May 2023: 300 (90% between 200 and 420)',
    )
    const gaps = [{ name: 'Orders', points: [{ at: '2023-01-01', value: null }] }]
    expect(show(monthly({ chart: { ...chart, series: gaps } }))).not.toContain('low')
  })

  test('a KPI says how it changed, in the colour of whether that is good', () => {
    const kpi: Chart = {
      kind: 'kpi',
      title: 't',
      subtitle: 's',
      alt: 'a',
      value: 5,
      format: { kind: 'integer' },
      change: { ratio: -0.12, versus: 'Nov 2023', good: 'down' },
    }
    expect(show(answered({ chart: kpi }))).toContain('▼ 12% vs Nov 2023')
    expect(show(answered({ chart: kpi }), { colour: true })).toContain('\u001b[32m▼ 12% vs Nov 2023\u001b[39m')
    const rising: Chart = { ...kpi, change: { ...kpi.change!, ratio: 0.12 } }
    expect(show(answered({ chart: rising }), { colour: true })).toContain('\u001b[31m▲ 12% vs Nov 2023')
  })

  test('one row stands as a list', () => {
    expect(show(withRows([['Books', 5]]))).toContain('\nCategory  Books\nRevenue   $5.00\n')
  })

  test('after 20 rows the rest is counted', () => {
    const rows = Array.from({ length: 54 }, (_, i) => [`c${i}`, i])
    const text = show(withRows(rows))
    expect(text).toContain('\nc19 ')
    expect(text).not.toContain('c20')
    expect(text).toContain('\n… 34 more\n')
    expect(show(withRows(rows, true))).toContain('\n… 34 more, and others that were not read\n')
    expect(show(withRows(rows.slice(0, 20)))).not.toContain(' more\n')
  })

  test('numbers, flags and missing values have their forms', () => {
    const columns: Column[] = [
      { name: 'year', type: 'integer', role: 'dimension', label: 'Year' },
      { name: 'paid', type: 'boolean', role: 'dimension', label: 'Paid' },
      { name: 'rate', type: 'number', role: 'measure', label: 'Rate', format: { kind: 'percent' } },
      { name: 'n', type: 'integer', role: 'measure', label: 'N' },
    ]
    const rows = [
      [2023, true, 0.1234, 12_345],
      [null, false, null, -1],
    ]
    expect(show(answered({ table: { columns, rows, truncated: false } }))).toContain(
      [
        'Year    Paid   Rate       N',
        '──────  ────  ─────  ──────',
        '2023    yes   12.3%  12,345',
        '(none)  no        –      −1',
      ].join('\n'),
    )
  })

  test('words that were not used are named', () => {
    expect(show(answered({ unused: ['blorp', 'flurb'] }))).toContain('\nNot used: “blorp”, “flurb”\n')
  })

  test('SQL comes only when asked for, line by line', () => {
    expect(show(answered())).not.toContain('SELECT')
    const text = show(answered({ receipt: { ...answered().receipt, sql: 'SELECT 1,\n  \u001b[31m2' } }), { sql: true })
    expect(text).toMatch(/\n\nSELECT 1,\n {2}␛\[31m2\n$/)
  })

  test('a model and its cost stand in the receipt', () => {
    const receipt = {
      ...answered().receipt,
      origin: 'generated' as const,
      cached: true,
      truncated: true,
      model: { name: 'm', cost: 0.00123, tokens: 900, prompt: 'plan 1' },
    }
    expect(show(answered({ receipt }), { width: 140 })).toContain(
      '3 or more rows · SQL written by a model · data until 2023-12-31 (sample data) · from the cache · 12 ms · m, $0.0012',
    )
  })
})

describe('other replies', () => {
  test('a clarification has numbered choices, with what to type where that differs', () => {
    const choices = [
      { label: 'Revenue by category', question: 'revenue by category' },
      { label: 'The list', question: 'kpi' },
    ]
    expect(show(clarify({ choices }))).toBe(
      'I do not know “blorp”. Did you mean one of these?\n\nNot used: “blorp”\n\n 1. Revenue by category\n 2. The list\n    › kpi\n',
    )
  })

  test('a refusal says why; an empty answer also how it was read', () => {
    expect(show(refused())).toMatch(/^The future has no revenue yet\.\n\n 1\. Forecast revenue\n/)
    expect(show(empty())).toMatch(/^There are no orders in 2019;.*\n\nRead as: Revenue by category/)
  })

  test('something told is its paragraphs and a list', () => {
    expect(show(told())).toBe(`KPIs

Two KPIs.

Revenue      What kept orders bring in.
             › kpi revenue
Return rate  Returned orders among all.
             › kpi return_rate

Next: data
`)
  })
})

describe('the terminal', () => {
  const everything = [answered(), monthly(), clarify(), refused(), empty(), told()]

  test.each([24, 30, 40, 60, 80])('%i cells wide: no line is wider', width => {
    const long = withRows([
      ['A very long category name that goes on and on until it ends', 1_234_567.89],
      ['東京'.repeat(20), 5],
      ['x'.repeat(200), null],
    ])
    for (const answer of [...everything, long]) {
      const wide = show(answer, { width, sql: false })
        .split('\n')
        .filter(line => cells(line) > width)
      expect(wide).toEqual([])
    }
  })

  test('too narrow for columns, rows stand one below the other', () => {
    const base = answered()
    const columns = [
      ...base.table.columns,
      { ...base.table.columns[1]!, name: 'revenue_previous', role: 'previous' as const, label: 'Previous' },
    ]
    const rows = [
      ['Books', 1234567.5, 2345678.5],
      ['Toys', 1, 2],
    ]
    expect(show(answered({ table: { columns, rows, truncated: false } }), { width: 24 })).toContain(
      'Category  Books\nRevenue   $1,234,568\nPrevious  $2,345,679\n\nCategory  Toys\n',
    )
  })

  test('without colour there is no escape sequence at all; with it, only ours', () => {
    for (const answer of everything) expect(show(answer)).not.toContain('\u001b')
    const painted = show(answered(), { colour: true })
    expect(painted.startsWith('\u001b[1mElectronics made two thirds of $2,250.75\u001b[22m\n')).toBe(true)
    expect(stripVTControlCharacters(painted)).toBe(show(answered()))
  })

  test('wide characters keep the columns aligned', () => {
    const rows = [
      ['東京', 10],
      ['👩‍👩‍👧 family', 5],
      ['שלום', 1],
      ['abc', 2],
    ]
    const lines = show(withRows(rows), { width: 30 }).split('\n').slice(7, 11)
    expect(lines.map(line => cells(line.slice(0, line.indexOf('$'))) + cells(/\$[\d.]+/.exec(line)![0]))).toEqual([
      18, 18, 18, 18,
    ])
  })

  test('hostile data can neither steer the terminal nor break the layout', () => {
    const evil = '\u001b[2J\u001b]0;pwned\u0007a\nb\u202ec'
    const poisoned = JSON.parse(
      JSON.stringify([answered(), monthly(), clarify(), refused(), empty(), told()]).replaceAll(
        /"(text|label|question|message|title|subtitle|reading|definition|source|term|name|ask|period)":"[^"]*"/g,
        (_, key) => `"${key}":${JSON.stringify(evil)}`,
      ),
    ) as Answer[]
    for (const answer of [
      ...poisoned,
      withRows([
        [evil, 1],
        [evil, 2],
      ]),
      answered({ unused: [evil] }),
    ]) {
      const text = show(answer, { sql: true })
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
      expect(text.split('\n').filter(line => line.trim() === 'b')).toEqual([])
    }
  })
})
