import { describe, expect, test } from 'vitest'
import { linesOf } from '#src/conversation/compress.ts'
import { definitionsIn } from '#src/conversation/definitions.ts'
import { createSaid, type SaidTurn, turnOf } from '#src/conversation/said.ts'
import { answered, clarify, empty, refused, told } from '#test/fakes/answers.ts'

describe('what fixes something in a conversation', () => {
  test.each([
    ['By regulars I mean customers with at least 3 orders', ['By regulars I mean customers with at least 3 orders']],
    ['From now on leave gifts out. Revenue by region?', ['From now on leave gifts out.']],
    ['How are sales? Let’s call orders over $500 big. And now by week', ['Let’s call orders over $500 big.']],
    ['churned means no order for 90 days', ['churned means no order for 90 days']],
    ['Treat store credit as revenue!\nrevenue by month', ['Treat store credit as revenue!']],
    ['define VIPs as the top 100 customers', ['define VIPs as the top 100 customers']],
    ['assume 365 days a year', ['assume 365 days a year']],
  ])('%j', (text, found) =>
    expect(definitionsIn(text.replaceAll('’', "'"))).toEqual(found.map(f => f.replaceAll('’', "'"))),
  )

  test.each(['revenue by region', 'top 5 products last month', 'why did returns jump in January?', ''])(
    'is not in %j',
    text => expect(definitionsIn(text)).toEqual([]),
  )
})

const turn = (n: number, parts: Partial<SaidTurn> = {}): SaidTurn => ({
  ...{ question: `question ${n}`, reading: `Reading ${n}`, finding: `Finding ${n}` },
  ...parts,
})
const turns = (count: number, parts: (n: number) => Partial<SaidTurn> = () => ({})) =>
  Array.from({ length: count }, (_, i) => turn(i + 1, parts(i + 1)))

describe('a conversation as lines', () => {
  test('stands there in full while it is short, what was fixed first', () => {
    expect(
      linesOf([
        turn(1, { sql: 'SELECT 1' }),
        { question: 'by gizmo I mean a product', finding: 'By what?' },
        turn(3, { question: 'say "hi"' }),
      ]),
    ).toEqual([
      'Fixed in this conversation: "by gizmo I mean a product"',
      '"question 1"; read as Reading 1; SQL: SELECT 1; found "Finding 1"',
      '"by gizmo I mean a product"; answered "By what?"',
      '"say \\"hi\\""; read as Reading 3; found "Finding 3"',
    ])
    expect(linesOf([])).toEqual([])
  })

  test('is pressed together beyond 70 % of the budget: goal, definitions, filters, periods, findings, six turns', () => {
    const all = turns(8, n => ({ filters: [`region ${n % 2}`], period: `month ${n}` }))
    const size = linesOf(all, { budget: 1e6 }).join('\n - ').length
    expect(linesOf(all, { budget: (size + 3) / 0.7 + 1 })).toHaveLength(8)
    expect(linesOf(all, { budget: size / 0.7 - 10 })).toEqual([
      'The conversation began with: "question 1"',
      'Filters so far: region 1; region 0',
      'Periods so far: month 1; month 2',
      'Reading 1: found "Finding 1"',
      'Reading 2: found "Finding 2"',
      ...[3, 4, 5, 6, 7, 8].map(n => `"question ${n}"; read as Reading ${n}; found "Finding ${n}"`),
    ])
  })

  test('keeps within its budget whatever was said, and loses the oldest findings first', () => {
    const long = turns(300, n => ({
      question: `${n} by x${n} I mean ${'y'.repeat(400)}`,
      ...{ sql: 'z'.repeat(1500), filters: [`f${n} ${'w'.repeat(180)}`], finding: `${n} ${'v'.repeat(190)}` },
    }))
    for (const budget of [6000, 12_000]) {
      const lines = linesOf(long, { budget })
      expect(lines.join('\n - ').length).toBeLessThanOrEqual(budget * 1.1)
      expect(lines.some(line => /^\d+ earlier findings are left out here\.$/.test(line))).toBe(true)
      expect(lines.at(-1)).toMatch(/^"300 by/)
      expect(lines).toContainEqual(expect.stringMatching(/^Fixed in this conversation: "300 by x300/))
    }
  })
})

describe('an answer as a turn', () => {
  test('has what was asked, how it was read, and what was found', () => {
    expect(turnOf(answered({ question: 'a\n- b' }))).toEqual({
      ...{ question: 'a - b', reading: 'Revenue by category, Dec 2023', period: 'Dec 2023 (2023-12-01 to 2023-12-31)' },
      ...{ filters: ['status is not cancelled or returned'], finding: 'Electronics made two thirds of $2,250.75' },
    })
    const { receipt } = answered()
    const generated = answered({ receipt: { ...receipt, origin: 'generated' } })
    expect(turnOf(generated)?.sql).toBe('SELECT category, sum(amount) FROM lines WHERE day >= $1 GROUP BY 1')
    expect(turnOf(empty())).toMatchObject({ reading: expect.any(String), finding: expect.any(String) })
  })

  test('that was asked back or refused has what was said; what is only told is none', () => {
    expect(turnOf(clarify({ message: 'Which one?' }))).toMatchObject({ finding: 'Which one?' })
    expect(turnOf(clarify())).not.toHaveProperty('reading')
    expect(turnOf(refused())).toHaveProperty('finding')
    expect(turnOf(told())).toBeUndefined()
  })
})

test('in memory the conversation that was left for longest goes first', async () => {
  const said = createSaid({ maxThreads: 2 })
  const telling = { domain: 'd', alone: false }
  for (const thread of ['a', 'b', 'a', 'c']) await said.keep(thread, turn(1), telling)
  const counts = await Promise.all(['a', 'b', 'c'].map(async t => (await said.of(t, { domain: 'd' })).length))
  expect(counts).toEqual([2, 0, 1])
})
