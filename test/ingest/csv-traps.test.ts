import { describe, expect, it } from 'vitest'
import { readCsv } from './made-files.ts'

describe('delimited text', () => {
  it('finds comma, semicolon, tab and bar between fields', async () => {
    for (const d of [',', ';', '\t', '|']) {
      const { types, rows } = await readCsv(`name${d}count\nA${d}1\nB${d}2\n`)
      expect(types).toEqual({ name: 'text', count: 'integer' })
      expect(rows).toEqual([
        ['A', '1'],
        ['B', '2'],
      ])
    }
  })

  it('keeps delimiters, line ends and doubled quotes inside quoted fields', async () => {
    const { rows } = await readCsv('a,b\n"x, y\nz",1\n"he said ""hi""",2\n')
    expect(rows).toEqual([
      ['x, y\nz', '1'],
      ['he said "hi"', '2'],
    ])
  })

  it('skips a title above the header', async () => {
    const { types, rows } = await readCsv('Report of sales\nMade on Monday\n\nday,amount\n2020-01-01,5\n2020-01-02,6\n')
    expect(types).toEqual({ day: 'date', amount: 'integer' })
    expect(rows).toHaveLength(2)
  })

  it('obeys a first line that names the delimiter', async () => {
    expect((await readCsv('sep=;\na;b\n1;2\n')).types).toEqual({ a: 'integer', b: 'integer' })
  })

  it('sees that there is no header when the first row is data', async () => {
    const { columns, rows } = await readCsv('2020-01-01,5,x\n2020-01-02,6,y\n')
    expect(columns.map(c => c.label)).toEqual(['column 1', 'column 2', 'column 3'])
    expect(rows).toHaveLength(2)
  })

  it('takes columns named after years for a header', async () => {
    const { columns, rows } = await readCsv('country,2019,2020,2021\nUS,1,2,3\nDE,4,5,6\n')
    expect(columns.map(c => c.label)).toEqual(['country', '2019', '2020', '2021'])
    expect(columns.map(c => c.name)).toEqual(['country', 'n_2019', 'n_2020', 'n_2021'])
    expect(rows).toHaveLength(2)
  })

  it('keeps headers as labels and makes plain, unique names of them', async () => {
    const { columns } = await readCsv('total,Total,,"Größe (cm)",budgetYear,売上\n1,2,3,4,5,6\n')
    expect(columns.map(c => [c.name, c.label])).toEqual([
      ['total', 'total'],
      ['total_2', 'Total'],
      ['column_3', 'column 3'],
      ['groesse_cm', 'Größe (cm)'],
      ['budget_year', 'budgetYear'],
      ['column_6', '売上'],
    ])
  })

  it('drops a column that has neither header nor values', async () => {
    expect((await readCsv('a,b,\n1,2,\n3,4,\n')).columns.map(c => c.name)).toEqual(['a', 'b'])
  })

  it('fills up short lines and says so', async () => {
    const { rows, warnings } = await readCsv('a,b,c\n1,2,3\n4,5\n6,7,8\n9\n')
    expect(rows).toEqual([
      ['1', '2', '3'],
      ['4', '5', null],
      ['6', '7', '8'],
      ['9', null, null],
    ])
    expect(warnings).toEqual([
      'data.csv: 2 lines have fewer fields than the header (the first is line 3); the rest of each is empty.',
    ])
  })

  it('leaves out a line with too many fields, and says which', async () => {
    const { rows, warnings } = await readCsv(`a,b\n1,2\n3,4,5\n${'1,2\n'.repeat(100)}`)
    expect(rows).toHaveLength(101)
    expect(warnings).toEqual([
      'data.csv: 1 line was left out (line 3): not as many fields as the header, or a quote that is not closed.',
    ])
  })

  it('refuses a file of which many lines do not fit', async () => {
    await expect(readCsv('a,b\n1,2\n3,4,5\n6,7\n')).rejects.toMatchObject({
      code: 'source/unreadable',
      message: 'data.csv could not be read: 1 line does not fit its header, the first is line 3.',
    })
  })

  it('does not count lines of delimiters alone as rows', async () => {
    expect((await readCsv('a,b\n1,2\n,\n3,4\n')).rows).toHaveLength(2)
  })

  it('reads one column', async () => {
    expect((await readCsv('price\n5\n6\n')).rows).toEqual([['5'], ['6']])
  })
})

describe('encodings', () => {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le')
  const text = 'name,price\nMünchen,5\n'
  const cases: [string, Buffer][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])],
    ['UTF-16 little endian with mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(text)])],
    ['UTF-16 big endian with mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(text).swap16()])],
    ['UTF-16 without mark', utf16(text)],
    ['Latin-1', Buffer.from(text, 'latin1')],
    ['carriage returns alone', Buffer.from(text.replaceAll('\n', '\r'))],
    ['carriage return and line feed', Buffer.from(text.replaceAll('\n', '\r\n'))],
  ]
  for (const [name, content] of cases) {
    it(`reads ${name}`, async () => {
      const { columns, rows } = await readCsv(content)
      expect(columns.map(c => c.label)).toEqual(['name', 'price'])
      expect(rows).toEqual([['München', '5']])
    })
  }

  it('reads the euro sign of Windows-1252', async () => {
    const { columns, rows } = await readCsv(Buffer.from('name,price\nK\xf6ln,\x8010\n', 'latin1'))
    expect(rows).toEqual([['Köln', '10']])
    expect(columns[1]).toMatchObject({ type: 'integer', currency: 'EUR' })
  })
})

describe('headers one field short', () => {
  it('puts the missing name first when the rows have names of their own', async () => {
    const { columns, rows } = await readCsv('x,y\nr1,1,2\nr2,3,4\nr3,5,6\n')
    expect(columns.map(c => c.label)).toEqual(['column 1', 'x', 'y'])
    expect(rows[0]).toEqual(['r1', '1', '2'])
  })
  it('drops the last column when every row ends in a delimiter', async () => {
    const { columns, rows } = await readCsv('x,y\n1,2,\n3,4,\n5,6,\n')
    expect(columns.map(c => c.label)).toEqual(['x', 'y'])
    expect(rows[0]).toEqual(['1', '2'])
  })
})
