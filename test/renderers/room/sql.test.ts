import { describe, expect, it } from 'vitest'
import { sqlPieces } from '#renderers/room/sql.ts'

const rejoined = (sql: string) =>
  sqlPieces(sql)
    .map(p => p.text)
    .join('')

describe('SQL in pieces', () => {
  it('tells keywords, texts, numbers and remarks apart, and leaves quoted names plain', () => {
    expect(sqlPieces(`SELECT "from" FROM t -- all`)).toEqual([
      { kind: 'keyword', text: 'SELECT' },
      { kind: 'plain', text: ' "from" ' },
      { kind: 'keyword', text: 'FROM' },
      { kind: 'plain', text: ' t ' },
      { kind: 'remark', text: '-- all' },
    ])
    expect(sqlPieces(`x = 'it''s' AND y > 2.5`).filter(p => p.kind !== 'plain')).toEqual([
      { kind: 'text', text: `'it''s'` },
      { kind: 'keyword', text: 'AND' },
      { kind: 'number', text: '2.5' },
    ])
  })

  it.each([`'not closed`, '"nor this', '', 'größe ≥ 3\n\t😀', `<script>alert('x')</script>`])(
    'loses no character of %j',
    sql => {
      expect(rejoined(sql)).toBe(sql)
    },
  )

  it('reads a long hostile text in one pass', () => {
    const sql = `'`.repeat(20_001) + '"'.repeat(20_001)
    expect(rejoined(sql)).toBe(sql)
  })
})
