import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ClusterId } from '../classify.ts'
import { clusterIds } from '../classify.ts'
import type { Clusters } from './clusters.ts'

/**
 * Asks a language model once for a value of a JSON Schema (all properties required, none further, as structured outputs want it:
 * https://platform.openai.com/docs/guides/structured-outputs). Gives the value, or the text of it. Throws when there is none.
 */
export type Complete = (request: {
  system: string
  user: string
  schema: Record<string, unknown>
  signal: AbortSignal
}) => Promise<unknown>

/** Characters of a text that a model sees; what somebody wants stands at its beginning. */
const longest = 500

const replySchema = z.strictObject({
  items: z.array(z.strictObject({ n: z.int(), cluster: z.literal([...clusterIds]) })),
})

const file = new URL('../../../../prompts/support/classify.md', import.meta.url)

/** Asks where masked texts belong, in one request. Gives those that the reply names rightly, by their place in `texts`. */
export const askModel = async (
  texts: readonly string[],
  { complete, clusters, signal }: { complete: Complete; clusters: Clusters; signal: AbortSignal },
): Promise<Map<number, ClusterId>> => {
  const user = JSON.stringify(texts.map((text, n) => ({ n, text: text.slice(0, longest) })))
  const schema = z.toJSONSchema(replySchema)
  return readReply(await complete({ system: instructions(clusters), user, schema, signal }), texts.length)
}

/** What is told to the model: the names and descriptions, not the examples, which would cost as much with every request. */
const instructions = ({ rules, clusters }: Clusters): string => {
  const described = clusters.map(({ id, name, description }) => `${id}. ${name}: ${description}`).join('\n\n')
  return readFileSync(file, 'utf8')
    .replace('{{rules}}', () => rules)
    .replace('{{clusters}}', () => described)
}

/**
 * A reply as models give it in spite of a schema: as text, in a fence, the list without its wrapping, numbers as texts. An entry that is
 * wrong, unknown or said twice in two ways is left out.
 */
export const readReply = (reply: unknown, count: number): Map<number, ClusterId> => {
  const found = new Map<number, ClusterId>()
  const doubtful = new Set<number>()
  for (const entry of entriesOf(reply)) {
    const { success, data } = looseEntry.safeParse(entry)
    if (!success || data.n >= count) continue
    if (found.has(data.n) && found.get(data.n) !== data.cluster) doubtful.add(data.n)
    found.set(data.n, data.cluster)
  }
  for (const n of doubtful) found.delete(n)
  return found
}

const looseEntry = z.object({
  n: z.coerce.number().int().nonnegative(),
  cluster: z.coerce.number().pipe(z.literal([...clusterIds])),
})

const entriesOf = (reply: unknown): unknown[] => {
  const value = typeof reply === 'string' ? parsed(reply) : reply
  if (Array.isArray(value)) return value
  const items = typeof value === 'object' && value !== null && 'items' in value ? value.items : undefined
  return Array.isArray(items) ? items : []
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(/[[{][\s\S]*[\]}]/.exec(text)?.[0] ?? 'null')
  } catch {
    return undefined
  }
}
