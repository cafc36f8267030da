import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Outcome } from './evaluate.ts'

const listed = parse(readFileSync(new URL('./misses.yaml', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, 'asked' | 'wrong'>
>

/** The questions of a set that are not answered as their writers wanted: `asked` back, or `wrong`. Nothing else may be missed. */
export const listedMisses = (set: string): Record<string, string> => listed[set] ?? {}

export const missesOf = (outcomes: readonly Outcome[]): Record<string, string> =>
  Object.fromEntries(outcomes.filter(o => o.verdict !== 'right').map(o => [o.worked.id, o.verdict]))
