import type { Violation } from '#src/guard/guard.ts'
import { remarksOn, shownTo } from '../look-at.ts'
import type { Large } from '../outcome.ts'
import type { Step } from '../plan.ts'
import type { Unread } from '../unread.ts'
import { doubt, failed, nearWords, repair, type Taken, type Taking } from './taking.ts'

/** SQL runs if the guard lets it through. What it gave is the answer, or is shown to the model when that wants to see it. */
export const takeSql = async ({ sql, says, look }: Extract<Step, { kind: 'sql' }>, taking: Taking): Promise<Taken> => {
  const { question, state, signal, onStatus } = taking
  onStatus?.(`Reading ${tablesIn(sql, question)}…`)
  const result = await question.domain.runText(sql, { signal }).catch(failed(taking))
  if ('failure' in result) return repair(taking, result.failure)
  if (Array.isArray(result)) {
    state.large = tooLarge(result)
    const words = result.map(({ message, near: names = [] }) => [message, ...nearWords(names)].join(' ')).join('; ')
    return repair(taking, [words, ...(state.large?.advice.map(advice => advice.words) ?? [])].join('; '))
  }
  state.last = { ...result, says }
  state.steps.push(`Ran SQL over ${tablesIn(sql, question)}: ${result.rows.length} rows.`)
  const remarks = remarksOn(result)
  if (remarks.length > 0 && !state.doubted) return doubt(taking, [...remarks, shownTo(result)])
  if (look) return { observation: shownTo(result) }
  return { outcome: { kind: 'rows', result, sql: result.sql, says, cached: result.cached } }
}

/** What was refused for its size alone, and what would make it smaller. */
const tooLarge = (violations: readonly Violation[]): Large | undefined => {
  const large = violations.filter(({ rule }) => rule === 'complexity' || rule === 'cost')
  if (large.length === 0 || large.length < violations.length) return undefined
  return { message: large.map(({ message }) => message).join('; '), advice: large.flatMap(({ advice = [] }) => advice) }
}

const tablesIn = (sql: string, { domain }: Unread): string => {
  const named = Object.values(domain.model.tables).filter(({ name }) => new RegExp(`\\b${name}\\b`, 'i').test(sql))
  return named.map(({ name }) => name.replaceAll('_', ' ')).join(', ') || 'the data'
}
