import type { Asked } from './ask.ts'
import type { Answer } from './vocabulary/answer.ts'

/** How an answer is asked once more, by what was understood and not by its words; a thing that was only told is asked by its words. */
export const askedAgain = (answer: Answer): Pick<Asked, 'text' | 'domain' | 'query' | 'sql'> => {
  const asked = { text: answer.question, ...(answer.domain && { domain: answer.domain }) }
  if (!('receipt' in answer)) return asked
  const { origin, sql, reading, command, program } = answer.receipt
  if (command) return { ...asked, text: command }
  const written = { text: sql, says: reading, ...(program !== undefined && { program }) }
  return origin === 'generated' ? { ...asked, sql: written } : { ...asked, query: answer.query }
}
