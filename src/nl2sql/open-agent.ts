import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Domain } from '#src/domain.ts'
import { workOut } from './agent.ts'
import type { PlanCache } from './cache-plans.ts'
import type { Complete } from './client/complete.ts'
import type { Example } from './examples.ts'
import type { Worked } from './outcome.ts'
import { choosePrompt, type Prompts, readPrompts, shippedPlan } from './prompts.ts'
import type { Retell } from './retell.ts'
import type { Taught } from './taught.ts'
import type { Unread, Working } from './unread.ts'

const examplesSchema = z.array(
  z
    .strictObject({ question: z.string().min(1), query: z.unknown().optional(), sql: z.string().optional() })
    .refine(({ query, sql }) => (query === undefined) !== (sql === undefined), 'needs a query or SQL, one of them'),
)

export type AgentOptions = {
  /** Keeps what questions were worked out to; absent: nothing is kept. */
  cache?: PlanCache
  /** What admins taught about a domain; absent: nothing. */
  lessonsOf?: (domain: Domain) => Promise<Taught>
  /** Has what came out told in words; absent: rules tell it. */
  retell?: Retell
  /** Takes one of the texts whatever their share says, to compare them. */
  only?: 'current' | 'next'
  /** The text, and `.next.md` beside it. Default: the shipped one. */
  prompt?: URL
}

/** Works questions out with a language model. The worked examples of a domain are read once. Throws when a text's head is not as it must be. */
export const openAgent = async (
  complete: Complete,
  { cache, lessonsOf, retell, only, prompt: file = shippedPlan }: AgentOptions = {},
): Promise<(unread: Unread, working: Working) => Promise<Worked>> => {
  const prompts = onlyOf(await readPrompts(file), only)
  const known = new Map<string, Promise<Example[]>>()
  const examplesOf = (domain: string) => {
    const examples = known.get(domain) ?? loadExamples(domain)
    known.set(domain, examples)
    return examples
  }
  return async (unread, working) => {
    const prompt = choosePrompt(prompts, unread.thread ?? unread.id)
    const shipped = await examplesOf(unread.domain.model.domain)
    const { examples, rules } = (await lessonsOf?.(unread.domain)) ?? { examples: [], rules: [] }
    const taught = { examples: [...shipped, ...examples], rules }
    const parts = { complete, prompts: { current: prompt }, examples: taught.examples }
    const work = () => workOut({ ...unread, rules }, parts, working)
    const worked = cache ? await cache(unread, { prompt, taught, work }, working) : await work()
    return retell ? { ...worked, retell } : worked
  }
}

const onlyOf = ({ current, next }: Prompts, only: AgentOptions['only']): Prompts => {
  if (!only) return next ? { current, next } : { current }
  return { current: only === 'next' && next ? next : current }
}

/** Worked questions that lie beside the model of a shipped domain; none of another one. */
export const loadExamples = async (domain: string): Promise<Example[]> => {
  if (!/^[\w-]+$/.test(domain)) return []
  const file = new URL(`../../sql/domains/${domain}/examples.yaml`, import.meta.url)
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? [] : (examplesSchema.parse(parse(text)) as Example[])
}
