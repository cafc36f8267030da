import { describe, expect, it } from 'vitest'
import { readCsv } from './made-files.ts'

const column = async (header: string, values: readonly string[], delimiter = ',') => {
  const quoted = values.map(v => `"${v.replaceAll('"', '""')}"`)
  const { columns, rows, warnings } = await readCsv(
    [`${header}${delimiter}k`, ...quoted.map((v, i) => `${v}${delimiter}x${i}`)].join('\n'),
  )
  return { ...columns[0], values: rows.map(r => r[0]), warnings }
}

describe('numbers written as people write them', () => {
  it('reads dollars with thousands', async () => {
    expect(await column('amount', ['$1,234.50', '$99', '($5.00)', '-$1'])).toMatchObject({
      type: 'number',
      currency: 'USD',
      values: [1234.5, 99, -5, -1],
    })
  })
  it('reads thousands without fraction as whole numbers', async () => {
    expect(await column('n', ['1,234', '12', '1,000,000'])).toMatchObject({
      type: 'integer',
      values: ['1234', '12', '1000000'],
    })
  })
  it('reads a decimal comma', async () => {
    expect(await column('preis', ['1.234,50', '99,00 €'])).toMatchObject({
      type: 'number',
      currency: 'EUR',
      values: [1234.5, 99],
    })
  })
  it('lets one column tell another what the comma means', async () => {
    const { types, rows } = await readCsv('a;b\n1,5;1.000\n2,25;2.500\n')
    expect(types).toEqual({ a: 'number', b: 'integer' })
    expect(rows).toEqual([
      [1.5, '1000'],
      [2.25, '2500'],
    ])
  })
  it('reads 1.234 as a fraction when nothing speaks for thousands', async () => {
    expect(await column('x', ['1.234', '5.678'])).toMatchObject({ type: 'number', values: [1.234, 5.678] })
  })
  it('reads Swiss and spaced thousands', async () => {
    expect(await column('v', ["1'234.50", '99.00'])).toMatchObject({ values: [1234.5, 99] })
    expect(await column('v', ['1 234', '12 345'])).toMatchObject({ values: ['1234', '12345'] })
  })
  it('keeps percentages as fractions', async () => {
    expect(await column('share', ['12%', '3.5 %', '100%'])).toMatchObject({
      type: 'number',
      percent: true,
      values: [0.12, 0.035, 1],
    })
  })
  it('reads scientific notation', async () => {
    expect(await column('x', ['1e3', '2.5E-1'])).toMatchObject({ type: 'number', values: [1000, 0.25] })
  })
  it('does not round: one fraction makes the column fractional', async () => {
    expect(await column('x', ['1', '2', '1.5'])).toMatchObject({ type: 'number', values: [1, 2, 1.5] })
  })
})

describe('digits that are no numbers', () => {
  it('keeps leading zeros', async () => {
    expect(await column('code', ['007', '010', '123'])).toMatchObject({ type: 'text', values: ['007', '010', '123'] })
  })
  it('keeps ids of thirty digits', async () => {
    const long = ['123456789012345678901234567890', '223456789012345678901234567891']
    expect(await column('ref', long)).toMatchObject({ type: 'text', values: long })
  })
  it('keeps postal codes and phone numbers', async () => {
    expect(await column('postal_code', ['10115', '20095'])).toMatchObject({ type: 'text' })
    expect(await column('Phone', ['5551234', '5559876'])).toMatchObject({ type: 'text' })
  })
})

describe('proof on all values', () => {
  it('keeps a column as text for one value that is no number, and says which', async () => {
    const { type, warnings } = await column('price', [...Array<string>(99).fill('5.5'), 'call us'])
    expect(type).toBe('text')
    expect(warnings).toEqual([
      'data.csv: “price” is kept as text, because 1 of 100 values cannot be read as a number: “call us”.',
    ])
  })
  it('finds a bad value far behind the sample', async () => {
    const values = Array.from({ length: 5000 }, (_, i) => String(i))
    expect((await column('n', [...values, 'x'])).type).toBe('text')
    expect((await column('n', values)).type).toBe('integer')
  })
  it('reads words for "no value" as nothing among numbers and dates, and keeps them among texts', async () => {
    const { types, rows } = await readCsv('x,d,t\n1,2020-01-01,NA\nNA,N/A,b\n-,null,c\n,,d\nNaN,-,e\n4,2020-01-05,\n')
    expect(types).toEqual({ x: 'integer', d: 'date', t: 'text' })
    expect(rows).toEqual([
      ['1', '2020-01-01', 'NA'],
      [null, null, 'b'],
      [null, null, 'c'],
      [null, null, 'd'],
      [null, null, 'e'],
      ['4', '2020-01-05', null],
    ])
  })
  it('does not see 31 February as a date', async () => {
    expect((await column('d', ['2020-02-31', '2020-01-01'])).type).toBe('text')
  })
})

describe('dates', () => {
  const cases: [string, string[], string, string[]][] = [
    ['ISO days', ['2020-01-05', '2020-12-31'], 'date', ['2020-01-05', '2020-12-31']],
    [
      'slashes from the year',
      ['2001/01/10 18:20', '2001/01/02 00:47'],
      'timestamp',
      ['2001-01-10 18:20:00', '2001-01-02 00:47:00'],
    ],
    ['US days at midnight', ['1/8/90 0:00', '12/31/99 0:00'], 'date', ['1990-01-08', '1999-12-31']],
    ['names of months', ['Jan 5 2020', 'Feb 01 2021'], 'date', ['2020-01-05', '2021-02-01']],
    ['names of months with comma', ['January 5, 2020', 'May 1, 2021'], 'date', ['2020-01-05', '2021-05-01']],
    ['day first with month name', ['5 Jan 2020', '31 Dec 2021'], 'date', ['2020-01-05', '2021-12-31']],
    ['German days', ['31.01.2020', '01.02.2020'], 'date', ['2020-01-31', '2020-02-01']],
    ['day/month, told by a 13th', ['05/01/2020', '13/01/2020'], 'date', ['2020-01-05', '2020-01-13']],
    ['month/day, told by a 13th', ['05/01/2020', '01/13/2020'], 'date', ['2020-05-01', '2020-01-13']],
    [
      'clock with am and pm',
      ['1/8/2020 1:05 PM', '1/18/2020 12:00 AM'],
      'timestamp',
      ['2020-01-08 13:05:00', '2020-01-18 00:00:00'],
    ],
    [
      'instants with zone, as UTC',
      ['2020-01-01T00:30:00+02:00', '2020-06-01T12:00:00Z'],
      'timestamp',
      ['2019-12-31 22:30:00', '2020-06-01 12:00:00'],
    ],
    [
      'midnights in UTC',
      ['2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'],
      'date',
      ['2020-01-01', '2020-01-02'],
    ],
    [
      'seconds here and there',
      ['2020-01-01 10:00', '2020-01-02 11:30:05'],
      'timestamp',
      ['2020-01-01 10:00:00', '2020-01-02 11:30:05'],
    ],
    ['months', ['2020-01', '2020-02'], 'date', ['2020-01-01', '2020-02-01']],
    ['quarters', ['2020-Q1', '2020 Q4'], 'date', ['2020-01-01', '2020-10-01']],
  ]
  for (const [name, values, type, expected] of cases) {
    it(`reads ${name}`, async () => {
      expect(await column('d', values)).toMatchObject({ type, values: expected })
    })
  }

  it('says so when day and month cannot be told apart', async () => {
    const { values, warnings } = await column('d', ['01/02/2020', '03/04/2020'])
    expect(values).toEqual(['2020-01-02', '2020-03-04'])
    expect(warnings).toEqual(['data.csv: In “d” day and month cannot be told apart; it was read as month/day.'])
  })
  it('lets one column tell another the order of day and month', async () => {
    const { rows, warnings } = await readCsv('d,e\n01/02/2020,13/02/2020\n03/04/2020,14/02/2020\n')
    expect(rows).toEqual([
      ['2020-02-01', '2020-02-13'],
      ['2020-04-03', '2020-02-14'],
    ])
    expect(warnings).toEqual([])
  })
  it('reads seconds since 1970 only where the header says that it is a time', async () => {
    const { types, rows } = await readCsv('created_at,n\n1577836861,1577836861\n1577923200,1577923200\n')
    expect(types).toEqual({ created_at: 'timestamp', n: 'integer' })
    expect(rows[0]).toEqual(['2020-01-01 00:01:01', '1577836861'])
  })
})

describe('yes and no', () => {
  it('reads words, and letters when both stand there', async () => {
    const { types } = await readCsv('a,b,c,d\nyes,Y,true,Y\nno,N,FALSE,Y\n')
    expect(types).toEqual({ a: 'boolean', b: 'boolean', c: 'boolean', d: 'text' })
  })
})
