import { type Expression, isProblem, namesIn, parseExpression } from '../expression.ts'
import { type Path, quoted, unknown } from './problem.ts'
import { columnType, isColumn, reaches, type Scope } from './scope.ts'

/**
 * An expression over the columns of a row (`quantity * products.unit_cost`). Every name gets its table; a column of another table must be of one
 * that each row of this one has one row of. Reported and undefined when something is wrong.
 */
export const rowExpression = (text: string, table: string, at: Path, scope: Scope): Expression | undefined => {
  if (columnType({ table, column: text }, scope)) return { kind: 'name', table, name: text }
  const parsed = readable(text, at, scope)
  if (!parsed) return undefined
  const call = callsIn(parsed)[0]
  if (call) {
    scope.report(at, `${quoted(text)} calls ${call.name}(); a row expression has only + - * / and columns`)
    return undefined
  }
  const qualified = withTable(parsed, table)
  const right = namesIn(qualified).map(name => isReachable(name.table ?? table, name.name, { table, at, scope }))
  return right.every(Boolean) ? qualified : undefined
}

/** Functions of formulas, with the arguments they take. */
export const functions: Record<string, 'measure' | 'measure and number'> = {
  prev: 'measure',
  change: 'measure',
  share: 'measure',
  cumulative: 'measure',
  rolling: 'measure and number',
  ytd: 'measure',
}

/** A formula over measures (`revenue / prev(revenue) - 1`). Reported and undefined when something is wrong. */
export const formulaExpression = (
  text: string,
  at: Path,
  { measures, report }: { measures: Set<string>; report: Scope['report'] },
) => {
  const parsed = readable(text, at, { report })
  if (!parsed) return undefined
  let right = true
  const wrong = (message: string) => {
    right = false
    report(at, message)
  }
  for (const { table, name } of namesIn(parsed)) {
    if (table) wrong(`"${table}.${name}" is a column; a formula is made of measures`)
    else if (!measures.has(name)) wrong(unknown('measure', name, measures))
  }
  for (const call of callsIn(parsed)) {
    if (!Object.hasOwn(functions, call.name)) wrong(unknownFunction(call.name))
    else if (!takes(call)) wrong(usage(call.name))
  }
  return right ? parsed : undefined
}

const readable = (text: string, at: Path, { report }: Pick<Scope, 'report'>): Expression | undefined => {
  const parsed = parseExpression(text)
  if (!isProblem(parsed)) return parsed
  report(at, `${quoted(text)} cannot be read: ${parsed.problem}`)
  return undefined
}

type Call = Extract<Expression, { kind: 'call' }>

const callsIn = (e: Expression): Call[] => {
  if (e.kind === 'call') return [e, ...e.args.flatMap(callsIn)]
  if (e.kind === 'binary') return [...callsIn(e.left), ...callsIn(e.right)]
  return e.kind === 'negate' ? callsIn(e.operand) : []
}

const withTable = (e: Expression, table: string): Expression => {
  if (e.kind === 'name') return { ...e, table: e.table ?? table }
  if (e.kind === 'binary') return { ...e, left: withTable(e.left, table), right: withTable(e.right, table) }
  return e.kind === 'negate' ? { ...e, operand: withTable(e.operand, table) } : e
}

const isReachable = (
  table: string,
  column: string,
  { table: from, at, scope }: { table: string; at: Path; scope: Scope },
) => {
  if (!isColumn({ table, column }, at, scope)) return false
  if (reaches(from, table, scope.joins)) return true
  scope.report(at, `${from} has no join to ${table}, many to one, so ${table}.${column} cannot be used here`)
  return false
}

const unknownFunction = (name: string) => {
  const known = Object.keys(functions)
  const sentence = unknown('function', name, known)
  return sentence.includes('did you mean') ? sentence : `${sentence}; there is ${known.join(', ')}`
}

const takes = ({ name, args }: Call) => {
  const [measure, number] = args
  if (measure?.kind !== 'name' || args.length !== (functions[name] === 'measure' ? 1 : 2)) return false
  return (
    functions[name] === 'measure' ||
    (number?.kind === 'number' && Number.isInteger(number.value) && number.value >= 2 && number.value <= 366)
  )
}

const usage = (name: string) =>
  functions[name] === 'measure'
    ? `${name}() takes one measure, such as ${name}(revenue)`
    : `${name}() takes a measure and a whole number from 2 to 366, such as ${name}(revenue, 3)`
