import { writeXlsx } from 'hucre'
import { describe, expect, it } from 'vitest'
import { ingestOne, readCsv, rowsOf } from './made-files.ts'
import { makeSheet, makeWorkbook } from './made-workbooks.ts'

const read = (bytes: Buffer, name = 'book.xlsx') => readCsv(bytes, name)

describe('an Excel workbook', () => {
  it('gives texts, numbers, dates, flags and percentages as they are meant', async () => {
    const { types, columns, rows, warnings } = await read(
      makeSheet([
        ['Region', 'Day', 'At', 'Sold', 'Rate', 'Open', 'Paid'],
        ['North', { v: 45296, s: 1 }, { v: 45296.5, s: 2 }, 12.5, { v: 0.075, s: 3 }, true, { v: 10, s: 4 }],
        ['Süd', { v: 45327, s: 1 }, { v: 45327.75, s: 2 }, 1234567, { v: 1, s: 3 }, false, { v: 20.5, s: 4 }],
      ]),
    )
    expect(types).toEqual({
      region: 'text',
      day: 'date',
      at: 'timestamp',
      sold: 'number',
      rate: 'number',
      open: 'boolean',
      paid: 'number',
    })
    expect(rows).toEqual([
      ['North', '2024-01-05', '2024-01-05 12:00:00', 12.5, 0.075, true, 10],
      ['Süd', '2024-02-05', '2024-02-05 18:00:00', 1234567, 1, false, 20.5],
    ])
    expect(columns.map(c => [c.percent, c.currency])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, undefined],
      [true, undefined],
      [undefined, undefined],
      [undefined, 'EUR'],
    ])
    expect(warnings).toEqual([])
  })

  it('reads what another program wrote', async () => {
    const bytes = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['name', 'day', 'n'],
            ['a & <b> "c"', new Date('2024-02-29T00:00:00Z'), 0.1],
            ['line\nbreak', new Date('1900-01-31T00:00:00Z'), -7],
          ],
        },
      ],
    })
    const { rows } = await read(Buffer.from(bytes))
    expect(rows).toEqual([
      ['a & <b> "c"', '2024-02-29', 0.1],
      ['line\nbreak', '1900-01-31', -7],
    ])
  })

  it('takes the stored results of formulas; errors and formulas without a result are empty and counted', async () => {
    const { rows, warnings } = await read(
      makeSheet([
        ['a', 'b'],
        [1, { f: 'A2*2', v: 2 }],
        [2, { f: 'A3/0', v: '#DIV/0!', t: 'e' }],
        [3, { f: 'A4*2' }],
        [4, { f: '"x"&A5', v: 8 }],
      ]),
    )
    expect(rows).toEqual([
      ['1', '2'],
      ['2', null],
      ['3', null],
      ['4', '8'],
    ])
    expect(warnings).toEqual([
      'book.xlsx: 1 cell holds an error and is read as empty.',
      'book.xlsx: 1 cell has a formula without a result and is read as empty; open the file in Excel and save it.',
    ])
  })

  it('makes a table of each sheet that holds one; hidden sheets are left out and named', async () => {
    const rows = [
      ['a', 'b'],
      [1, 2],
    ]
    const { tables, warnings } = await ingestOne(
      'My Book.xlsx',
      makeWorkbook([
        { name: 'Orders 2024', rows },
        { name: 'Empty', rows: [] },
        { name: 'orders_2024', rows },
        { name: 'Lookup', rows, state: 'veryHidden' },
      ]),
    )
    expect(tables.map(t => [t.name, t.label, t.rows])).toEqual([
      ['orders_2024', 'Orders 2024', 1],
      ['orders_2024_2', 'orders_2024', 1],
    ])
    expect(warnings).toEqual(['My Book.xlsx: the hidden sheet “Lookup” was left out.'])
  })

  it('is called as its file when it holds one table', async () => {
    const { tables } = await ingestOne('My Book.xlsx', makeSheet([['a'], [1]]))
    expect(tables.map(t => [t.name, t.label])).toEqual([['my_book', 'My Book']])
  })

  it('skips titles above the header, and a header may begin further right', async () => {
    const { types, rows } = await read(
      makeSheet(
        [
          ['Sales of the year', null, null, null],
          ['made by Kim', null, null, null],
          [],
          [null, 'Region', 'Sold', 'Note'],
          [null, 'North', 5, null],
          [null, 'South', 6, 'x'],
        ],
        { merges: ['A1:D1'] },
      ),
    )
    expect(types).toEqual({ region: 'text', sold: 'integer', note: 'text' })
    expect(rows).toEqual([
      ['North', '5', null],
      ['South', '6', 'x'],
    ])
  })

  it('puts a merged group before the names under it', async () => {
    const { columns, rows } = await read(
      makeSheet(
        [
          ['Region', '2023', null, '2024', null],
          [null, 'Q1', 'Q2', 'Q1', 'Q2'],
          ['North', 1, 2, 3, 4],
          ['South', 5, 6, 7, 8],
        ],
        { merges: ['A1:A2', 'B1:C1', 'D1:E1'] },
      ),
    )
    expect(columns.map(c => c.label)).toEqual(['Region', '2023 Q1', '2023 Q2', '2024 Q1', '2024 Q2'])
    expect(rows).toEqual([
      ['North', '1', '2', '3', '4'],
      ['South', '5', '6', '7', '8'],
    ])
  })

  it('puts a group that is not merged before names that repeat', async () => {
    const { columns } = await read(
      makeSheet([
        [null, 'Plan', null, 'Actual', null],
        ['Region', 'Units', 'Value', 'Units', 'Value'],
        ['North', 1, 2, 3, 4],
      ]),
    )
    expect(columns.map(c => c.label)).toEqual(['Region', 'Plan Units', 'Plan Value', 'Actual Units', 'Actual Value'])
  })

  it('gives a text that is merged over rows to each of them, and a number once', async () => {
    const { rows } = await read(
      makeSheet(
        [
          ['Region', 'Shop', 'Target'],
          ['North', 'A', 100],
          [null, 'B', null],
          ['South', 'C', 50],
        ],
        { merges: ['A2:A3', 'C2:C3'] },
      ),
    )
    expect(rows).toEqual([
      ['North', 'A', '100'],
      ['North', 'B', null],
      ['South', 'C', '50'],
    ])
  })

  it('keeps a wider row far down', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`r${i}`, i])
    const { columns, rows: kept } = await read(makeSheet([['name', 'n'], ...rows, ['last', 1, 'more']]))
    expect(columns.map(c => c.label)).toEqual(['name', 'n', 'column 3'])
    expect(kept).toHaveLength(301)
    expect(kept.filter(r => r[2] !== null)).toEqual([['last', '1', 'more']])
  })

  it('reads shared texts with their parts and without reading aids, and escaped characters', async () => {
    const texts =
      '<si><t>name</t></si><si><r><t>To</t></r><r><rPr><b/></rPr><t xml:space="preserve">kyo </t></r><rPh sb="0" eb="1"><t>aid</t></rPh></si><si><t>a_x000D_b&#x1F600;</t></si>'
    const rows = [0, 1, 2].map(v => [{ v, t: 's' }])
    const { rows: read_ } = await read(makeWorkbook([{ name: 'S', rows }], { texts }))
    expect(read_).toEqual([['Tokyo'], ['a\rb😀']])
  })

  it('counts days from 1904 when the workbook does, and shows lengths of time', async () => {
    const bytes = makeWorkbook(
      [
        {
          name: 'S',
          rows: [
            ['day', 'open', 'worked'],
            [
              { v: 43834, s: 1 },
              { v: 0.3125, s: 6 },
              { v: 1.5, s: 7 },
            ],
          ],
        },
      ],
      { book: '<workbookPr date1904="1"/>' },
    )
    expect((await read(bytes)).rows).toEqual([['2024-01-05', '07:30:00', '36:00:00']])
  })

  it('takes a workbook for what it is under any name, macros left alone', async () => {
    const bytes = makeSheet([
      ['a', 'b'],
      [1, 'x'],
    ])
    for (const name of ['data.csv', 'data.xlsm', 'data.json', 'data.txt'])
      expect((await readCsv(bytes, name)).rows).toEqual([['1', 'x']])
  })

  it('keeps a text that looks like a formula, and codes with leading zeros', async () => {
    const { database } = await ingestOne(
      'f.xlsx',
      makeSheet([
        ['code', 'note'],
        ['007', '=1+1'],
        ['012', '@SUM(A1)'],
      ]),
    )
    expect(await rowsOf(database, 'FROM f')).toEqual([
      ['007', '=1+1'],
      ['012', '@SUM(A1)'],
    ])
  })

  it('reads numbers with a point beside texts with a decimal comma', async () => {
    const { rows } = await read(
      makeSheet([
        ['a', 'b'],
        [1.234, '1.234,50'],
        [2.5, '7,25'],
      ]),
    )
    expect(rows).toEqual([
      [1.234, 1234.5],
      [2.5, 7.25],
    ])
  })
})
