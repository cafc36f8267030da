import { expect, it } from 'vitest'
import { isProblem, parseExpression } from '#src/semantic/expression.ts'
import { printExpression } from '#src/semantic/load/print.ts'

const round = (text: string) => {
  const parsed = parseExpression(text)
  return isProblem(parsed) ? parsed.problem : printExpression(parsed)
}

it.each([
  ['a - b - c', 'a - b - c'],
  ['a - (b - c)', 'a - (b - c)'],
  ['(a + b) * c', '(a + b) * c'],
  ['a + (b * c)', 'a + b * c'],
  ['a / (b * c)', 'a / (b * c)'],
  ['((a))', 'a'],
  ['-(a + b) * -c', '-(a + b) * (-c)'],
  ['rolling(t.a, 3) / 2.5', 'rolling(t.a, 3) / 2.5'],
])('%s is printed with the brackets it needs: %s', (text, printed) => {
  expect(round(text)).toBe(printed)
  expect(parseExpression(printed)).toEqual(parseExpression(text))
})
