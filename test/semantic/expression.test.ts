import { describe, expect, test } from 'vitest'
import { type Expression, isProblem, namesIn, parseExpression } from '#src/semantic/expression.ts'

/** An expression with all its brackets. */
const shown = (e: Expression): string => {
  switch (e.kind) {
    case 'number':
      return String(e.value)
    case 'name':
      return e.table ? `${e.table}.${e.name}` : e.name
    case 'negate':
      return `(-${shown(e.operand)})`
    case 'call':
      return `${e.name}(${e.args.map(shown).join(', ')})`
    case 'binary':
      return `(${shown(e.left)} ${e.op} ${shown(e.right)})`
  }
}

describe('reading', () => {
  test.each([
    ['revenue', 'revenue'],
    [' order_items.amount ', 'order_items.amount'],
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['a / b / c', '((a / b) / c)'],
    ['a * b / c', '((a * b) / c)'],
    ['(a + b) * c', '((a + b) * c)'],
    ['-a * b', '((-a) * b)'],
    ['a - -b', '(a - (-b))'],
    ['2.5 * a', '(2.5 * a)'],
    ['rolling(revenue, 3)', 'rolling(revenue, 3)'],
    ['change(revenue - cost) / 2', '(change((revenue - cost)) / 2)'],
    ['f()', 'f()'],
    ['a+b', '(a + b)'],
    ['quantity*products.unit_cost', '(quantity * products.unit_cost)'],
  ])('%s', (text, meaning) => {
    const e = parseExpression(text)
    if (isProblem(e)) throw new Error(e.problem)
    expect(shown(e)).toBe(meaning)
  })
})

describe('what cannot be read says what and where', () => {
  test.each<[string, string, number]>([
    ['', 'ends too early', 0],
    ['a +', 'ends too early', 3],
    ['a b', 'did not expect “b”', 2],
    ['a + )', 'did not expect “)”', 4],
    ['(a + b', 'has a bracket that is not closed', 0],
    ['rolling(a, 3', 'rolling( is not closed', 0],
    ['a; drop table b', 'cannot read “; drop table”', 1],
    ["a = 'x'", "cannot read “= 'x'”", 1],
    ['a.b.c', 'cannot read “.c”', 3],
    ['1.', 'cannot read “.”', 1],
    ['--a', 'did not expect “-”', 1],
    ['a, b', 'did not expect “,”', 1],
    ['é', 'cannot read “é”', 0],
    ['f(,)', 'did not expect “,”', 2],
  ])('%s', (text, problem, at) => {
    expect(parseExpression(text)).toEqual({ problem, at })
  })

  test('brackets beyond any need, without running out of stack', () => {
    expect(parseExpression(`${'('.repeat(60)}a${')'.repeat(60)}`)).toEqual({ problem: 'has too many brackets', at: 50 })
    expect(parseExpression(`${'f('.repeat(20_000)}a${')'.repeat(20_000)}`)).toMatchObject({
      problem: 'has too many brackets',
    })
    expect(isProblem(parseExpression(`${'('.repeat(50)}a${')'.repeat(50)}`))).toBe(false)
  })
})

test('the names used, each once, in order', () => {
  const e = parseExpression('a / (b + t.a) - a * rolling(b, 3)')
  if (isProblem(e)) throw new Error(e.problem)
  expect(namesIn(e)).toEqual([
    { table: undefined, name: 'a' },
    { table: undefined, name: 'b' },
    { table: 't', name: 'a' },
  ])
})
