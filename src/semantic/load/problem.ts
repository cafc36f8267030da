import { editDistance, nearest } from '../near.ts'

/** Where something stands in a model: `['measures', 'revenue', 'sum']`. */
export type Path = readonly (string | number)[]

/** One thing that is wrong. `key` is the setting below `path` whose line is meant; `line` is known already when the text cannot be parsed. */
export type Problem = { path: Path; message: string; key?: string; line?: number }

/** Collects problems; loading goes on, so that all are told at once. */
export type Report = (path: Path, message: string, key?: string) => void

/** `line 12: measures.revenue: unknown table "order"; did you mean "orders"?`, in the order of the lines. */
export const problemLines = (problems: Problem[], lineOf: (path: Path) => number | undefined): string[] => {
  const placed = problems.map(p => ({
    text: p.path.length ? `${pathText(p.path)}: ${p.message}` : p.message,
    line: p.line ?? lineOf(p.key === undefined ? p.path : [...p.path, p.key]),
  }))
  const sorted = placed.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return [...new Set(sorted.map(({ line, text }) => (line ? `line ${line}: ${text}` : text)))]
}

/** `unknown measure "revnue"; did you mean "revenue"?` */
export const unknown = (kind: string, word: string, candidates: Iterable<string>): string => {
  const [first, second] = nearest(word, candidates, 2)
  const near =
    first === undefined ? [] : second !== undefined && asNear(word, first, second) ? [first, second] : [first]
  return `unknown ${kind} ${quoted(word)}${near.length ? `; did you mean ${near.map(quoted).join(' or ')}?` : ''}`
}

const asNear = (word: string, first: string, second: string) => editDistance(word, first) === editDistance(word, second)

/** A word of the file in quotes, cut when it is very long. */
export const quoted = (word: string) => `"${word.length > 60 ? `${word.slice(0, 57)}…` : word}"`

const pathText = (path: Path) =>
  path.map((part, i) => (typeof part === 'number' ? `[${part + 1}]` : i ? `.${part}` : part)).join('')
