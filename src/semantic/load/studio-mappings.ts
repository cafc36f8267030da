import type { Foreign } from './foreign.ts'
import { kindOf } from './issues.ts'
import { type Path, quoted, type Report, unknown } from './problem.ts'
import type { StudioDimension, StudioMeasure } from './studio-shape.ts'
import { sameWord } from './words.ts'

type Fields = {
  dimensions: Record<string, StudioDimension>
  measures: Record<string, StudioMeasure>
  origins: Foreign['origins']
  report: Report
}

/**
 * Field mappings: words of people → a field (`"zone": "region_name"`) or a condition (`"LT cables": "itemgroup LIKE 'CABLES : LT%'"`), or a field → its
 * words (`"region_name": ["zone", "territory"]`). Words for a field become its synonyms; the phrases come back.
 */
export const readMappings = (mappings: unknown, fields: Fields): unknown[] => {
  const phrases: unknown[] = []
  for (const { words, target, path } of entries(mappings, fields.report)) {
    const condition = conditionOf(target, fields)
    if (condition) {
      fields.origins.push([['phrases', phrases.length], path])
      phrases.push({ phrase: words[0], synonyms: words.slice(1), means: condition })
      continue
    }
    const field = fieldOf(target, fields)
    if (field) field.synonyms.push(...words.filter(word => sameWord(word) !== sameWord(target)))
    else fields.report(path, notUnderstood(target, fields))
  }
  return phrases
}

type Entry = { words: string[]; target: string; path: Path }

const entries = (mappings: unknown, report: Report): Entry[] => {
  const path = ['field_mappings']
  if (mappings === undefined || mappings === null) return []
  if (typeof mappings !== 'object') {
    report(path, `must be a map or a list, not ${kindOf(mappings)}`)
    return []
  }
  const pairs = Array.isArray(mappings)
    ? mappings.map((item, i) => fromItem(item, [...path, i]))
    : Object.entries(mappings).map(fromPair)
  for (const pair of pairs) if ('problem' in pair) report(pair.path, pair.problem)
  return pairs.filter(pair => 'target' in pair)
}

const fromPair = ([key, value]: [string, unknown]): Entry | { path: Path; problem: string } => {
  const path = ['field_mappings', key]
  if (typeof value === 'string' && value.trim()) return { words: [key], target: value.trim(), path }
  if (isTexts(value)) return { words: value, target: key, path }
  return { path, problem: `must be a field, a condition, or a list of words, not ${kindOf(value)}` }
}

const fromItem = (item: unknown, path: Path): Entry | { path: Path; problem: string } => {
  const { phrase, term, column, field, condition }: Record<string, unknown> =
    item !== null && typeof item === 'object' ? { ...item } : {}
  const [word, target] = [phrase ?? term, condition ?? column ?? field]
  if (typeof word === 'string' && typeof target === 'string') return { words: [word], target: target.trim(), path }
  return { path, problem: 'needs "term" and "column" or "condition"' }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string')

/** `itemgroup LIKE 'CABLES%'`, `status = 'open'`, `region IN ('North', 'South')`; nothing else of SQL is read. */
const conditionOf = (text: string, fields: Fields): Record<string, unknown> | undefined => {
  const match = /^"?([\w ]+?)"?\s*(=|\blike\b|\bin\b)\s*(.+)$/is.exec(text)
  const [, column = '', operator = '', rest = ''] = match ?? []
  const dimension = match && dimensionName(column, fields)
  if (!dimension) return undefined
  const quotes = [...rest.matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"))
  const bare = rest.replace(/'((?:[^']|'')*)'/g, '?').replace(/\s+/g, '')
  const shape = operator.toLowerCase() === 'in' ? /^\(\?(,\?)*\)$/ : /^\?$/
  if (!shape.test(bare)) return undefined
  return { [dimension]: operator.toLowerCase() === 'like' ? { like: quotes[0] } : quotes }
}

const dimensionName = (column: string, { dimensions }: Fields) =>
  Object.keys(dimensions).find(name => sameWord(name) === sameWord(column) || columnName(dimensions[name]) === column)

const columnName = (dimension: StudioDimension | undefined) =>
  dimension?.column.slice(dimension.column.indexOf('.') + 1)

const fieldOf = (target: string, fields: Fields): { synonyms: string[] } | undefined => {
  const dimension = dimensionName(target, fields)
  if (dimension) return fields.dimensions[dimension]
  return Object.entries(fields.measures).find(
    ([name, m]) => sameWord(name) === sameWord(target) || Object.values(m).includes(target),
  )?.[1]
}

const notUnderstood = (target: string, { dimensions, measures }: Fields) =>
  /[=']|\blike\b/i.test(target)
    ? `${quoted(target)} cannot be read; a condition is: column LIKE '…', column = '…' or column IN ('…')`
    : unknown('field', target, [
        ...Object.keys(measures),
        ...Object.keys(dimensions),
        ...Object.values(dimensions).map(d => columnName(d) ?? ''),
      ])
