import type { Outcome } from './evaluate.ts'
import { type Verdict, verdicts } from './judge.ts'

export type Count = Record<Verdict, number> & {
  questions: number
  /** US dollars; calls of models without a price are not in it. */
  cost: number
  tokens: number
  /** Milliseconds of the question in the middle. */
  ms: number
}

/** Verdicts and what they took: of all questions, of those that needed a language model and those that did not, and of each kind. */
export const tally = (outcomes: readonly Outcome[]) => ({
  all: countOf(outcomes),
  byPlanner: countBy(outcomes, ({ planner }) => planner),
  byKind: countBy(outcomes, ({ worked }) => worked.kind),
})

const countBy = (outcomes: readonly Outcome[], nameOf: (outcome: Outcome) => string): Record<string, Count> =>
  Object.fromEntries([...Map.groupBy(outcomes, nameOf)].map(([name, group]) => [name, countOf(group)]))

const countOf = (outcomes: readonly Outcome[]): Count => {
  const uses = outcomes.flatMap(outcome => outcome.uses)
  const times = outcomes.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const counts = verdicts.map(verdict => [verdict, outcomes.filter(o => o.verdict === verdict).length])
  return {
    questions: outcomes.length,
    ...(Object.fromEntries(counts) as Record<Verdict, number>),
    cost: uses.reduce((all, { cost = 0 }) => all + cost, 0),
    tokens: uses.reduce((all, { input, output }) => all + input + output, 0),
    ms: times[Math.floor(times.length / 2)] ?? 0,
  }
}

/** Of two texts, the questions that only the one or only the other got right. A tie: both or neither did. */
export type Duel = { wins: string[]; losses: string[]; ties: number; chance: number }

/** `next` against `current`, question by question. `chance`: how often as great a difference comes up between two that are as good (sign test). */
export const duel = (current: readonly Outcome[], next: readonly Outcome[]): Duel => {
  const rightIn = (outcomes: readonly Outcome[]) =>
    new Set(outcomes.filter(o => o.verdict === 'right').map(o => o.worked.id))
  const [before, after] = [rightIn(current), rightIn(next)]
  const ids = current.map(({ worked }) => worked.id)
  const wins = ids.filter(id => after.has(id) && !before.has(id))
  const losses = ids.filter(id => before.has(id) && !after.has(id))
  return { wins, losses, ties: ids.length - wins.length - losses.length, chance: chanceOf(wins.length, losses.length) }
}

/** Two-sided sign test: https://en.wikipedia.org/wiki/Sign_test */
const chanceOf = (wins: number, losses: number): number => {
  const n = wins + losses
  let [term, sum] = [0.5 ** n, 0]
  for (let k = 0; k <= Math.min(wins, losses); k++) {
    sum += term
    term *= (n - k) / (k + 1)
  }
  return Math.min(1, 2 * sum)
}
