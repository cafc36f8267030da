import { definitionsIn } from './definitions.ts'
import type { SaidTurn } from './said.ts'

/** Characters that what was said before may take: about 3,000 tokens. */
const usualBudget = 12_000

/** Turns that stay as they were. */
const inFull = 6

/**
 * A conversation as lines for a language model. While it is short all of it stands there. Beyond 70 % of the budget older turns are pressed together,
 * by rules alone: the goal, every definition, filter, period and finding stays, and the latest turns in full.
 */
export const linesOf = (turns: readonly SaidTurn[], { budget = usualBudget } = {}): string[] => {
  const fixed = definitionLines(turns, budget / 3)
  const all = [...fixed, ...turns.map(turn => fullLine(turn))]
  if (sizeOf(all) <= budget * 0.7) return all
  const [older, recent] = [turns.slice(0, -inFull), turns.slice(-inFull)]
  const head = [
    ...(turns[0] ? [`The conversation began with: ${quoted(turns[0].question)}`] : []),
    ...fixed,
    ...gathered(
      'Filters so far',
      older.flatMap(({ filters = [] }) => filters),
      budget / 6,
    ),
    ...gathered(
      'Periods so far',
      older.flatMap(({ period }) => period ?? []),
      budget / 12,
    ),
  ]
  const tail = fitting(
    [1500, 500, 150, 60].map(most => recent.map(turn => fullLine(turn, most))),
    budget - sizeOf(head) - budget / 4,
  )
  return [...head, ...findingLines(older, budget - sizeOf(head) - sizeOf(tail)), ...tail]
}

const sizeOf = (lines: readonly string[]) => lines.reduce((sum, { length }) => sum + length + 3, 0)

/** The first that fits, else the last. */
const fitting = (versions: readonly string[][], room: number): string[] =>
  versions.find(lines => sizeOf(lines) <= room) ?? versions.at(-1) ?? []

/** As many of the latest as fit; what a later one says again is said once. */
const latest = (lines: readonly string[], room: number): { kept: string[]; left: number } => {
  const each = [...new Set(lines.toReversed())]
  let used = 0
  const kept = each.filter(({ length }) => {
    used += length + 3
    return used <= room
  })
  return { kept: kept.toReversed(), left: each.length - kept.length }
}

const definitionLines = (turns: readonly SaidTurn[], room: number) =>
  latest(
    turns
      .flatMap(({ question }) => definitionsIn(question))
      .map(words => `Fixed in this conversation: ${quoted(words)}`),
    room,
  ).kept

const gathered = (title: string, words: readonly string[], room: number): string[] => {
  const { kept } = latest(words, room)
  return kept.length > 0 ? [`${title}: ${kept.join('; ')}`] : []
}

/** What was found, with what it is about; shorter when there is little room, and only then without the oldest. */
const findingLines = (turns: readonly SaidTurn[], room: number): string[] => {
  const [long, short] = [200, 80].map(most =>
    turns.flatMap(({ question, reading, finding }) =>
      finding === undefined ? [] : [`${cut(reading ?? question, most)}: found ${quoted(cut(finding, most))}`],
    ),
  )
  const lines = fitting([long ?? [], short ?? []], room)
  const { kept, left } = latest(lines, room - 60)
  return left > 0 ? [`${left} earlier findings are left out here.`, ...kept] : kept
}

const fullLine = ({ question, reading, sql, finding }: SaidTurn, most = 1500): string => {
  const answer = finding === undefined ? '' : quoted(cut(finding, most))
  return [
    quoted(cut(question, most)),
    reading === undefined ? '' : `read as ${cut(reading, most)}`,
    sql === undefined ? '' : `SQL: ${cut(sql, most)}`,
    answer && (reading === undefined ? `answered ${answer}` : `found ${answer}`),
  ]
    .filter(Boolean)
    .join('; ')
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

/** Somebody's words, or values of the data: never ours. */
const quoted = (text: string) => JSON.stringify(text)
