import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Unread, type Worked, type Working, workOut } from './agent.ts'
import type { Complete } from './client/complete.ts'
import type { Example } from './examples.ts'
import { readPrompts } from './prompts.ts'

const examplesSchema = z.array(
  z
    .strictObject({ question: z.string().min(1), query: z.unknown().optional(), sql: z.string().optional() })
    .refine(({ query, sql }) => (query === undefined) !== (sql === undefined), 'needs a query or SQL, one of them'),
)

/** Works questions out with a language model. The worked examples of a domain are read once. */
export const openAgent = async (complete: Complete): Promise<(unread: Unread, working: Working) => Promise<Worked>> => {
  const prompts = await readPrompts(new URL('../../prompts/plan.md', import.meta.url))
  const known = new Map<string, Promise<Example[]>>()
  const examplesOf = (domain: string) => {
    const examples = known.get(domain) ?? loadExamples(domain)
    known.set(domain, examples)
    return examples
  }
  return async (unread, working) =>
    workOut(unread, { complete, prompts, examples: await examplesOf(unread.domain.model.domain) }, working)
}

/** Worked questions that lie beside the model of a shipped domain; none of another one. */
export const loadExamples = async (domain: string): Promise<Example[]> => {
  if (!/^[\w-]+$/.test(domain)) return []
  const file = new URL(`../../sql/domains/${domain}/examples.yaml`, import.meta.url)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? [] : (examplesSchema.parse(parse(text)) as Example[])
}
