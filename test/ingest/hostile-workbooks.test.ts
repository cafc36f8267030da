import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { ingestOne, readCsv } from './made-files.ts'
import { makeSheet, makeWorkbook, workbookFiles } from './made-workbooks.ts'

const table = [
  ['a', 'b'],
  [1, 'x'],
]

const sheet = (xml: string) => makeWorkbook([{ name: 'S', rows: [], xml: `<worksheet>${xml}</worksheet>` }])

/** A ZIP file of which the directory was changed at every entry: `change` gets the bytes and where an entry begins. */
const withDirectory = (bytes: Buffer, change: (copy: Buffer, at: number, nth: number) => void): Buffer => {
  const copy = Buffer.from(bytes)
  let nth = 0
  for (let at = copy.indexOf('PK\x01\x02', 'latin1'); at >= 0; at = copy.indexOf('PK\x01\x02', at + 4, 'latin1'))
    change(copy, at, nth++)
  return copy
}

const oldContainer = (name = '') =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(name, 'utf16le')])

const blanks = `<sheetData>${'<row><c s="1"/></row>'.repeat(50_000)}</sheetData>`

const hostile: [string, () => Buffer, string][] = [
  [
    'a part that unpacks a thousandfold',
    () => makeWorkbook([{ name: 'S', rows: table }], { files: { 'xl/media/a.bin': new Uint8Array(40_000_000) } }),
    'a part of it unpacks to more than 200 times its size',
  ],
  ['rows of nothing, well packed', () => sheet(blanks), 'a part of it unpacks to more than 200 times its size'],
  [
    'more than 300 MB behind many parts',
    () =>
      withDirectory(makeSheet(table), (copy, at) => {
        copy.writeUInt32LE(900_000, at + 20)
        copy.writeUInt32LE(80_000_000, at + 24)
      }),
    'it unpacks to more than 300 MB; save it as CSV, or split it',
  ],
  [
    'a part that is longer than it says',
    () => withDirectory(makeSheet(table), (copy, at) => copy.writeUInt32LE(20, at + 24)),
    'a part of it is damaged',
  ],
  [
    'a part that is shorter than it says',
    () => withDirectory(makeSheet(table), (copy, at) => copy.writeUInt32LE(9000, at + 24)),
    'a part of it is damaged',
  ],
  [
    'parts that lie in one another',
    () => withDirectory(makeSheet(table), (copy, at) => copy.writeUInt32LE(0, at + 42)),
    'it is not an Excel workbook, or it is damaged',
  ],
  [
    'thirty thousand parts',
    () => {
      const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`x/${i}`, new Uint8Array()]))
      return Buffer.from(zipSync({ ...workbookFiles([{ name: 'S', rows: table }]), ...many }, { level: 0 }))
    },
    'it holds 30,006 files, and 2,000 is the most that is read',
  ],
  [
    'a document type with entities',
    () =>
      makeWorkbook([
        {
          name: 'S',
          rows: [],
          xml: '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/></worksheet>',
        },
      ]),
    'it declares a document type, which no workbook does',
  ],
  [
    'a cell in the furthest corner',
    () => sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    'it has more than 1,000 columns, and 1,000 is the most that is read',
  ],
  [
    'more than two million cells',
    () => {
      const row = (i: number) =>
        `<row>${Array.from({ length: 90 }, (_, k) => `<c><v>${(i * 7919 + k * 104_729) % 99_991}</v></c>`).join('')}</row>`
      return sheet(`<sheetData>${Array.from({ length: 22_400 }, (_, i) => row(i)).join('')}</sheetData>`)
    },
    'it has more than 2 million cells; save it as CSV',
  ],
  [
    'a cell of two million characters',
    () => {
      const text = Array.from({ length: 400_000 }, (_, i) => (i * 7919).toString(36)).join(' ')
      return sheet(`<sheetData><row><c t="inlineStr"><is><t>${text}</t></is></c></row></sheetData>`)
    },
    'a cell of it is longer than any cell may be',
  ],
  [
    'a tag that never ends',
    () => {
      const text = Array.from({ length: 400_000 }, (_, i) => (i * 7919).toString(36)).join(' ')
      return sheet(`<sheetData><row a="${text}`)
    },
    'a part of it is longer than any workbook has',
  ],
  ['XML that breaks off', () => sheet('<sheetData><row r="1"><c r="A1"><v>1</v></c'), 'a part of it breaks off'],
  [
    'the first half of a workbook',
    () => makeSheet(table).subarray(0, 700),
    'it is not an Excel workbook, or it is damaged',
  ],
  ['no sheet with rows', () => makeWorkbook([{ name: 'S', rows: [] }]), 'none of its sheets holds a table'],
  [
    'an old workbook',
    () => oldContainer(),
    'it is an old Excel file (.xls); open it in Excel or LibreOffice and save it as .xlsx or CSV',
  ],
  [
    'a workbook with a password',
    () => oldContainer('EncryptedPackage'),
    'it is locked with a password; save it without one',
  ],
  [
    'a locked ZIP file',
    () => withDirectory(makeSheet(table), (copy, at) => copy.writeUInt16LE(1, at + 8)),
    'it is locked with a password; save it without one',
  ],
  [
    'a binary workbook',
    () => Buffer.from(zipSync({ 'xl/workbook.bin': strToU8('x'), '[Content_Types].xml': strToU8('x') })),
    'it is a binary Excel workbook (.xlsb); save it as .xlsx or CSV',
  ],
  [
    'an OpenDocument file',
    () => Buffer.from(zipSync({ mimetype: strToU8('x'), 'content.xml': strToU8('x') })),
    'it is an OpenDocument file; save it as .xlsx or CSV',
  ],
  ['a letter', () => Buffer.from(zipSync({ 'word/document.xml': strToU8('x') })), 'it is a Word or PowerPoint file'],
  [
    'any ZIP file',
    () => Buffer.from(zipSync({ '../../a.csv': strToU8('a,b\n1,2\n') })),
    'it is a ZIP file; unpack it and give the files in it one by one',
  ],
]

describe('a hostile workbook', () => {
  for (const [name, make, reason] of hostile)
    it(`is refused: ${name}`, async () => {
      await expect(ingestOne('book.xlsx', make())).rejects.toMatchObject({
        code: 'source/unreadable',
        message: `book.xlsx could not be read: ${reason}.`,
      })
    })

  it('cannot reach outside itself', async () => {
    const files = workbookFiles([{ name: 'S', rows: table }])
    const relations = new TextDecoder()
      .decode(files['xl/_rels/workbook.xml.rels'] as Uint8Array)
      .replace('worksheets/sheet1.xml', '../../../../etc/passwd')
    const bytes = zipSync({ ...files, 'xl/_rels/workbook.xml.rels': strToU8(relations) })
    await expect(ingestOne('book.xlsx', Buffer.from(bytes))).rejects.toMatchObject({
      message: 'book.xlsx could not be read: none of its sheets holds a table.',
    })
  })

  it('is read when only its styles are strange', async () => {
    const { rows } = await readCsv(
      makeSheet([
        ['a', 'day'],
        [1, { v: 99_999_999, s: 1 }],
        [2, { v: -5, s: 2 }],
        [3, { v: 7, s: 999 }],
      ]),
      'book.xlsx',
    )
    expect(rows).toEqual([
      ['1', '99999999'],
      ['2', '-5'],
      ['3', '7'],
    ])
  })
})
