import { z } from 'zod'
import type { Domain } from '#src/domain.ts'
import type { Complete, ModelRequest } from '#src/nl2sql/client/complete.ts'
import { openAgent } from '#src/nl2sql/open-agent.ts'

/** What a language model is sent for a question. */
export const sentFor = async (domain: Domain, text: string): Promise<ModelRequest<unknown>> => {
  const sent: ModelRequest<unknown>[] = []
  const complete = (async request => {
    sent.push(request)
    const value = { thought: '', step: { kind: 'decline', why: 'no' } }
    return { value, use: { model: 'm', input: 0, cached: 0, output: 0, ms: 0 } }
  }) as Complete
  const workOut = await openAgent(complete)
  await workOut({ id: 'q', text, domain, knowledge: await domain.knowledge(), today: '2024-01-01', before: [] }, {})
  return sent[0]!
}

/**
 * Tokens of all that is sent, with the schema of the reply, guessed high. English and SQL have about four characters per token
 * (https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them); a seventh fewer are counted here.
 */
export const atMostTokens = ({ system, messages, schema }: ModelRequest<unknown>): number => {
  const shape = JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', unrepresentable: 'any' }))
  return Math.ceil((system + shape + messages.map(({ content }) => content).join('')).length / 3.5)
}
