/** SQL that came as one line, broken before its clauses and within its brackets, for people to read. It means the same; other texts stay as they are. */
export const sqlLines = (sql: string): string => {
  if (sql.includes('\n') || sql.length > longest) return sql
  const tokens = [...sql.matchAll(token)].map(([text]) => text)
  const lines: string[] = ['']
  const brackets: { isQuery: boolean }[] = []
  const isInQuery = () => brackets.at(-1)?.isQuery ?? true
  const indent = () => '  '.repeat(brackets.filter(b => b.isQuery).length)
  const say = (text: string) => void lines.push(lines.pop() + text)
  const nextLine = () => {
    const line = lines.pop()!.trimEnd()
    lines.push(...(line === '' ? [] : [line]), indent())
  }
  for (const [i, text] of tokens.entries()) {
    const [before = '', after = ''] = [wordAt(tokens, i, -1), wordAt(tokens, i, 1)]
    if (text === '(') {
      say(text)
      brackets.push({ isQuery: after === 'select' || after === 'with' })
      if (isInQuery()) nextLine()
    } else if (text === ')') {
      const { isQuery } = brackets.pop() ?? { isQuery: false }
      if (isQuery) nextLine()
      say(text)
    } else if (isInQuery() && beginsClause(text.toLowerCase(), before, after)) {
      if (before !== '(') nextLine()
      say(text)
    } else if (!/^\s+$/.test(text) || /\S$/.test(lines.at(-1)!)) say(text)
  }
  return lines.join('\n')
}

/** A statement of ours has some thousand characters; a text far longer would only cost time. */
const longest = 20_000

const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_$][\p{L}\p{N}_$]*|\s+|./gsu

const clauses = new Set([
  'select',
  'from',
  'where',
  'having',
  'limit',
  'offset',
  'union',
  'except',
  'intersect',
  'qualify',
])
const joins = new Set(['left', 'right', 'inner', 'full', 'cross', 'asof'])

const beginsClause = (word: string, before: string, after: string): boolean => {
  if (word === 'from') return before !== 'distinct'
  if (word === 'join') return !joins.has(before) && before !== 'outer'
  if (joins.has(word)) return after === 'join' || after === 'outer'
  if (word === 'group' || word === 'order') return after === 'by'
  return clauses.has(word)
}

const wordAt = (tokens: readonly string[], from: number, step: 1 | -1): string | undefined => {
  let at = from + step
  while (/^\s+$/.test(tokens[at] ?? '')) at += step
  return tokens[at]?.toLowerCase()
}
