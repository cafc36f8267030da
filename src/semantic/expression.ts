/**
 * The little language of formulas and row expressions: `+ - * /`, brackets, numbers, names (`revenue`, `order_items.amount`) and calls
 * (`prev(m)`, `rolling(m, 3)`).
 */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'name'; table?: string; name: string }
  | { kind: 'call'; name: string; args: Expression[] }
  | { kind: 'binary'; op: '+' | '-' | '*' | '/'; left: Expression; right: Expression }
  | { kind: 'negate'; operand: Expression }

/** Where and why an expression cannot be read; `at` is the character offset. */
export type ExpressionProblem = { problem: string; at: number }

/** Reads an expression; a problem is a value, not an error. */
export const parseExpression = (text: string): Expression | ExpressionProblem => {
  const tokens = tokenize(text)
  if ('problem' in tokens) return tokens
  const state = { tokens, at: 0, depth: 0, end: text.length }
  const result = sum(state)
  if ('problem' in result) return result
  const rest = state.tokens[state.at]
  return rest ? { problem: `did not expect “${rest.text}”`, at: rest.at } : result
}

export const isProblem = (x: Expression | ExpressionProblem): x is ExpressionProblem => 'problem' in x

/** All names an expression uses, in order of appearance, each once. */
export const namesIn = (e: Expression): { table?: string; name: string }[] => {
  const found = collect(e)
  return found.filter((n, i) => found.findIndex(m => m.name === n.name && m.table === n.table) === i)
}

type Token = { kind: 'number' | 'name' | 'op'; text: string; at: number }
type State = { tokens: Token[]; at: number; depth: number; end: number }

const tokenize = (text: string): Token[] | ExpressionProblem => {
  const tokens: Token[] = []
  const pattern = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?)|([-+*/(),]))/y
  const end = text.trimEnd().length
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex
    const match = pattern.exec(text)
    if (!match) return { problem: `cannot read “${text.slice(from).trim().slice(0, 12)}”`, at: from }
    const [whole, number, name, op] = match
    const at = from + whole.length - (number ?? name ?? op ?? '').length
    tokens.push({ kind: number ? 'number' : name ? 'name' : 'op', text: number ?? name ?? op ?? '', at })
  }
  return tokens
}

const peek = (s: State, ...ops: string[]) => {
  const token = s.tokens[s.at]
  return token?.kind === 'op' && ops.includes(token.text) ? token.text : undefined
}

const leftToRight = (s: State, ops: ('+' | '-' | '*' | '/')[], part: (s: State) => Expression | ExpressionProblem) => {
  let left = part(s)
  while (!isProblem(left)) {
    const op = peek(s, ...ops) as '+' | '-' | '*' | '/' | undefined
    if (!op) break
    s.at += 1
    const right = part(s)
    left = isProblem(right) ? right : { kind: 'binary', op, left, right }
  }
  return left
}

const sum = (s: State) => leftToRight(s, ['+', '-'], product)
const product = (s: State) => leftToRight(s, ['*', '/'], unary)

const unary = (s: State): Expression | ExpressionProblem => {
  if (!peek(s, '-')) return atom(s)
  s.at += 1
  const operand = atom(s)
  return isProblem(operand) ? operand : { kind: 'negate', operand }
}

const atom = (s: State): Expression | ExpressionProblem => {
  const token = s.tokens[s.at]
  if (!token) return { problem: 'ends too early', at: s.end }
  s.at += 1
  if (token.kind === 'number') return { kind: 'number', value: Number(token.text) }
  if (token.kind === 'name') return peek(s, '(') ? call(s, token) : name(token.text)
  if (token.text === '(') return bracket(s, token)
  return { problem: `did not expect “${token.text}”`, at: token.at }
}

const tooDeep = (s: State): boolean => {
  s.depth += 1
  return s.depth > 50
}

const bracket = (s: State, open: Token): Expression | ExpressionProblem => {
  if (tooDeep(s)) return { problem: 'has too many brackets', at: open.at }
  const inner = sum(s)
  if (isProblem(inner)) return inner
  if (!peek(s, ')')) return { problem: 'has a bracket that is not closed', at: open.at }
  s.at += 1
  s.depth -= 1
  return inner
}

const call = (s: State, { text, at }: Token): Expression | ExpressionProblem => {
  if (tooDeep(s)) return { problem: 'has too many brackets', at }
  s.at += 1
  const args: Expression[] = []
  while (!peek(s, ')')) {
    const arg = sum(s)
    if (isProblem(arg)) return arg
    args.push(arg)
    if (peek(s, ',')) s.at += 1
    else if (!peek(s, ')')) return { problem: `${text}( is not closed`, at }
  }
  s.at += 1
  s.depth -= 1
  return { kind: 'call', name: text, args }
}

const name = (text: string): Expression => {
  const [first, second] = text.split('.')
  return second ? { kind: 'name', table: first, name: second } : { kind: 'name', name: text }
}

const collect = (e: Expression): { table?: string; name: string }[] => {
  switch (e.kind) {
    case 'number':
      return []
    case 'name':
      return [{ table: e.table, name: e.name }]
    case 'call':
      return e.args.flatMap(collect)
    case 'binary':
      return [...collect(e.left), ...collect(e.right)]
    case 'negate':
      return collect(e.operand)
  }
}
