import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ingestOne, readCsv } from './made-files.ts'

const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

/** Files that people really have, and ones that somebody made to do harm: what becomes of each. */
const read: [string, string, string | Buffer, { types: Record<string, string>; rows: unknown[][] }][] = [
  [
    'headers and values of emoji',
    'e.csv',
    '📅,💶 paid,😀\n2024-01-05,5,👍🏽\n2024-01-06,6,👨‍👩‍👧\n',
    {
      types: { column_1: 'date', paid: 'integer', column_3: 'text' },
      rows: [
        ['2024-01-05', '5', '👍🏽'],
        ['2024-01-06', '6', '👨‍👩‍👧'],
      ],
    },
  ],
  [
    'words from right to left',
    'rtl.csv',
    'المدينة,المبيعات\nالقاهرة,10\nדמשק,20\n',
    {
      types: { column_1: 'text', column_2: 'integer' },
      rows: [
        ['القاهرة', '10'],
        ['דמשק', '20'],
      ],
    },
  ],
  [
    'UTF-16 of the other end, with semicolons and decimal commas',
    'be.txt',
    Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be('Ort;Preis\nKöln;1.234,50\nBonn;7,25\n')]),
    {
      types: { ort: 'text', preis: 'number' },
      rows: [
        ['Köln', 1234.5],
        ['Bonn', 7.25],
      ],
    },
  ],
  [
    'a character of several bytes across the border of a chunk',
    'border.csv',
    `a,b\n${'x'.repeat((1 << 20) - 7)},1\n${'€'.repeat(400_000)},2\n`,
    {
      types: { a: 'text', b: 'integer' },
      rows: [
        ['x'.repeat((1 << 20) - 7), '1'],
        ['€'.repeat(400_000), '2'],
      ],
    },
  ],
  [
    'formulas that a spreadsheet would run',
    'f.csv',
    'name,cmd\nA,"=HYPERLINK(""http://x"",""y"")"\nB,+1+1|x\nC,@SUM(1)\n',
    {
      types: { name: 'text', cmd: 'text' },
      rows: [
        ['A', '=HYPERLINK("http://x","y")'],
        ['B', '+1+1|x'],
        ['C', '@SUM(1)'],
      ],
    },
  ],
  [
    'characters that steer a terminal, in headers and values',
    'c.csv',
    'a\u001b[31m,b\n\u0007x,1\n\u001b]0;t\u0007,2\n',
    {
      types: { a_31m: 'text', b: 'integer' },
      rows: [
        ['\u0007x', '1'],
        ['\u001b]0;t\u0007', '2'],
      ],
    },
  ],
  [
    'SQL in headers and values',
    's.csv',
    `"a"") FROM x; DROP TABLE y; --","b'c"\n'; DROP TABLE s; --,1\nx,2\n`,
    {
      types: { a_from_x_drop_table_y: 'text', b_c: 'integer' },
      rows: [
        ["'; DROP TABLE s; --", '1'],
        ['x', '2'],
      ],
    },
  ],
  [
    'numbers that break others',
    'n.csv',
    'a,b,c\n1e308,9007199254740993,00123\n-1e-300,-5,00456\n',
    {
      types: { a: 'number', b: 'integer', c: 'text' },
      rows: [
        [1e308, '9007199254740993', '00123'],
        [-1e-300, '-5', '00456'],
      ],
    },
  ],
  [
    'numbers of thirty digits, kept whole',
    'd.csv',
    'id,n\n123456789012345678901234567890,1\n123456789012345678901234567891,2\n',
    {
      types: { id: 'text', n: 'integer' },
      rows: [
        ['123456789012345678901234567890', '1'],
        ['123456789012345678901234567891', '2'],
      ],
    },
  ],
  [
    'JSON under the name of a CSV',
    'j.csv',
    '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]',
    {
      types: { a: 'integer', b: 'text' },
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
    },
  ],
  [
    'a CSV under the name of JSON',
    'c.json',
    'a,b\n1,x\n2,y\n',
    {
      types: { a: 'integer', b: 'text' },
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
    },
  ],
  [
    'a packed file whose name does not say so',
    'p.csv',
    gzipSync('a,b\n1,x\n2,y\n'),
    {
      types: { a: 'integer', b: 'text' },
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
    },
  ],
  [
    'the same header four times, and one that is only spaces',
    'h.csv',
    'a,a,a,A,  \n1,2,3,4,5\n6,7,8,9,10\n',
    {
      types: { a: 'integer', a_2: 'integer', a_3: 'integer', a_4: 'integer', column_5: 'integer' },
      rows: [
        ['1', '2', '3', '4', '5'],
        ['6', '7', '8', '9', '10'],
      ],
    },
  ],
  [
    'words that mean nothing, among numbers and dates',
    'w.csv',
    'n,d,t\n1,2024-01-05,NA\nN/A,-,Namibia\n-,NULL,\n4,2024-01-08,x\n',
    {
      types: { n: 'integer', d: 'date', t: 'text' },
      rows: [
        ['1', '2024-01-05', 'NA'],
        [null, null, 'Namibia'],
        [null, null, null],
        ['4', '2024-01-08', 'x'],
      ],
    },
  ],
  [
    'spaces around everything, no-break ones too',
    'sp.csv',
    'a , b\n  1 ,\u00a0x\u00a0\n 2,  y  \n',
    {
      types: { a: 'integer', b: 'text' },
      rows: [
        ['1', 'x'],
        ['2', 'y'],
      ],
    },
  ],
  [
    'names of what objects in JavaScript have',
    'proto.csv',
    '__proto__,constructor,toString\n1,2,3\n4,5,6\n',
    {
      types: { proto: 'integer', constructor: 'integer', to_string: 'integer' },
      rows: [
        ['1', '2', '3'],
        ['4', '5', '6'],
      ],
    },
  ],
]

const refused: [string, string, () => string | Buffer, string][] = [
  [
    'twenty thousand columns',
    'wide.csv',
    () => `${Array.from({ length: 20_000 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(19_999)}1\n`,
    'it has 20,000 columns, and 1,000 is the most that is read',
  ],
  ['a first line of 5 MB', 'long.csv', () => `a${'x'.repeat(5 << 20)}\n1\n`, 'its first line is longer than 1 MB'],
  ['bytes of a program', 'prog.csv', () => Buffer.from('7f454c4602010100', 'hex'), 'it is not a text file'],
  ['a picture', 'p.csv', () => Buffer.from('89504e470d0a1a0a', 'hex'), 'it is a picture'],
  ['a PDF', 'p.csv', () => '%PDF-1.7\n', 'it is a PDF'],
  ['a page', 'p.csv', () => '\ufeff<html><body>', 'it is a web page or XML'],
  [
    'a pointer of Git LFS',
    'p.csv',
    () => 'version https://git-lfs.github.com/spec/v1\noid x\n',
    'it is a Git LFS pointer; fetch the real file first',
  ],
  [
    'half of a packed file',
    'p.csv.gz',
    () => gzipSync('a,b\n1,2\n'.repeat(99)).subarray(0, 22),
    'it breaks off before its end',
  ],
  [
    'a packed file that grows beyond measure',
    'p.csv.gz',
    () => gzipSync(Buffer.alloc(80_000_000, '1\n')),
    'it unpacks to more than 64 MB',
  ],
  ['JSON that is cut off', 'p.json', () => '[{"a": 1}, {"a"', 'it is not valid JSON'],
  ['deep JSON that holds nothing', 'p.json', () => '['.repeat(50_000), 'it is not valid JSON'],
  ['the beginning of a Parquet file', 'p.parquet', () => 'PAR1', 'it is not a Parquet file, or it is damaged'],
]

describe('a nasty file', () => {
  for (const [what, name, content, became] of read)
    it(`is read: ${what}`, async () => {
      const { types, rows } = await readCsv(content, name)
      expect(types).toEqual(became.types)
      expect(rows).toEqual(became.rows)
    })

  for (const [what, name, make, reason] of refused)
    it(`is refused: ${what}`, async () => {
      await expect(ingestOne(name, make())).rejects.toMatchObject({
        code: 'source/unreadable',
        message: `${name} could not be read: ${reason}.`,
      })
    })

  it('with a line of 5 MB among short ones is read', async () => {
    const { rows } = await readCsv(`a,b\n1,x\n2,${'y'.repeat(5 << 20)}\n3,z\n`)
    expect(rows.map(r => String(r[1]).length)).toEqual([1, 5 << 20, 1])
  })
})
