import type { Expression } from '../expression.ts'

/** The text of an expression, with the brackets it needs: `(revenue - cost) / revenue`. Parsing it gives the expression again. */
export const printExpression = (e: Expression): string => {
  switch (e.kind) {
    case 'number':
      return String(e.value)
    case 'name':
      return e.table ? `${e.table}.${e.name}` : e.name
    case 'negate':
      return `-${operand(e.operand, 3)}`
    case 'call':
      return `${e.name}(${e.args.map(printExpression).join(', ')})`
    case 'binary':
      return `${operand(e.left, strength(e))} ${e.op} ${operand(e.right, strength(e) + 1)}`
  }
}

const strength = (e: Expression) =>
  e.kind === 'binary' ? (e.op === '+' || e.op === '-' ? 1 : 2) : e.kind === 'negate' ? 2 : 4

const operand = (e: Expression, least: number) => (strength(e) < least ? `(${printExpression(e)})` : printExpression(e))
