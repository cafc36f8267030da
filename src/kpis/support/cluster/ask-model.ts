import { z } from 'zod'
import type { Complete } from '#src/nl2sql/client/complete.ts'
import { fillIn, readPrompts } from '#src/nl2sql/prompts.ts'
import { type ClusterId, clusterIds } from '../classify.ts'
import type { Clusters } from './clusters.ts'

/** Characters of a text that a model sees; what somebody wants stands at its beginning. */
const longest = 500

/** Tokens of a reply for one text: `{"n":39,"cluster":3},` and room to spare. */
const tokensEach = 20

const replySchema = z.strictObject({
  items: z.array(z.strictObject({ n: z.int(), cluster: z.literal(clusterIds) })),
})
type Reply = z.infer<typeof replySchema>

const file = new URL('../../../../prompts/support/classify.md', import.meta.url)

type Asking = { complete: Complete; clusters: Clusters; signal: AbortSignal }

/**
 * Asks where masked texts belong, in one request. Gives those that the reply names, by their place in `texts`. Throws `language/…`.
 */
export const askModel = async (
  texts: readonly string[],
  { complete, clusters, signal }: Asking,
): Promise<Map<number, ClusterId>> => {
  const { current: prompt } = await readPrompts(file)
  signal.throwIfAborted()
  const content = JSON.stringify(texts.map((text, n) => ({ n, text: text.slice(0, longest) })))
  const { value } = await complete(
    {
      step: 'classify',
      prompt,
      model: prompt.model,
      temperature: prompt.temperature,
      system: fillIn(prompt.text, { rules: clusters.rules, clusters: described(clusters) }),
      messages: [{ role: 'user', content }],
      schema: replySchema,
      most: 200 + tokensEach * texts.length,
    },
    { signal },
  )
  return readReply(value, texts.length)
}

/** The names and descriptions, not the examples, which would cost as much with every request. */
const described = ({ clusters }: Clusters): string =>
  clusters.map(({ id, name, description }) => `${id}. ${name}: ${description}`).join('\n\n')

/** What a reply says of each text; a text that it names in two ways, or that there is not, is left out. */
export const readReply = ({ items }: Reply, count: number): Map<number, ClusterId> => {
  const known = items.filter(({ n }) => n >= 0 && n < count)
  const doubtful = new Set(
    known.filter(({ n, cluster }) => known.some(other => other.n === n && other.cluster !== cluster)).map(({ n }) => n),
  )
  return new Map(known.filter(({ n }) => !doubtful.has(n)).map(({ n, cluster }) => [n, cluster]))
}
