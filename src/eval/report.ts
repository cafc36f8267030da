import type { Outcome } from './evaluate.ts'
import { verdicts } from './judge.ts'
import { type Count, type Duel, tally } from './tally.ts'

/** Verdicts as a table for the terminal, by planner and by kind, and every question that was not right. */
export const evalLines = (title: string, outcomes: readonly Outcome[]): string[] => {
  const { all, byPlanner, byKind } = tally(outcomes)
  const rows: [string, Count | undefined][] = [
    ['planner', undefined],
    ...Object.entries(byPlanner).map(([name, count]): [string, Count] => [`  ${name}`, count]),
    ['kind', undefined],
    ...Object.entries(byKind).map(([name, count]): [string, Count] => [`  ${name}`, count]),
    ['all', all],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    `${title}: ${outcomes.length} questions`,
    '',
    `${''.padEnd(width)}${heads.map(head => head.padStart(columnWidth)).join('')}`,
    ...rows.map(([name, count]) => (count ? `${name.padEnd(width)}${cells(count).join('')}` : name)),
    ...missed(outcomes),
  ]
}

const heads = [...verdicts, 'cost', 'tokens', 'ms']
const columnWidth = 9

const cells = (count: Count): string[] =>
  [
    ...verdicts.map(verdict => String(count[verdict])),
    count.cost > 0 ? `$${count.cost.toFixed(4)}` : '–',
    count.tokens > 0 ? count.tokens.toLocaleString('en-US') : '–',
    String(count.ms),
  ].map(cell => cell.padStart(columnWidth))

const missed = (outcomes: readonly Outcome[]): string[] => {
  const misses = outcomes.filter(({ verdict }) => verdict !== 'right').map(missLine)
  return misses.length > 0 ? ['', ...misses] : []
}

export const missLine = ({ verdict, worked, planner, detail }: Outcome): string =>
  `${verdict} ${worked.id} [${worked.kind}, ${planner}] ${worked.question.slice(0, 120)}\n      → ${detail}`

/** Which of two texts is better. */
export const duelLines = ({ wins, losses, ties, chance }: Duel): string[] => [
  `next against current: ${wins.length} wins, ${losses.length} losses, ${ties} ties`,
  ...(wins.length > 0 ? [`  won: ${wins.join(', ')}`] : []),
  ...(losses.length > 0 ? [`  lost: ${losses.join(', ')}`] : []),
  verdictOn({ wins, losses, chance }),
]

/** A difference that comes up by chance less often than one time in twenty. */
const unlikely = 0.05

const verdictOn = ({ wins, losses, chance }: Pick<Duel, 'wins' | 'losses' | 'chance'>): string => {
  if (wins.length === losses.length) return 'Neither is better on these questions.'
  const better = wins.length > losses.length ? 'next' : 'current'
  return chance < unlikely
    ? `${better} is better.`
    : `${better} did better, but so few questions tell them apart that it may be chance (${Math.round(chance * 100)} %). Ask more.`
}

/** One question as JSON. */
export const outcomeJson = ({ worked, planner, verdict, got, detail, ms, calls, uses }: Outcome) => ({
  ...{ id: worked.id, kind: worked.kind, question: worked.question, planner, verdict, got, detail, ms, calls },
  tokens: uses.reduce((all, { input, output }) => all + input + output, 0),
  cost: uses.reduce((all, { cost = 0 }) => all + cost, 0),
})
