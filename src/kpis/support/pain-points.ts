import { z } from 'zod'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type ClassifyByKey, type ClusterId, clusterIds, type KeyedText } from './classify.ts'
import { readClusters } from './cluster/clusters.ts'
import { count, messages, percent } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { mask } from './mask.ts'
import { shareOut } from './share-out.ts'
import { type Asking, askLog, type Row } from './statement.ts'

const clusterSchema = z
  .strictObject({
    cluster: z.literal(clusterIds).describe('0 is the catch-all.'),
    name: z.string(),
    queries: count('Queries that belong here.'),
    percent_of_queries: percent('Of 100 queries, those that belong here; the five sum to 100.'),
    examples: z
      .array(z.string())
      .describe('The most frequent texts, at most three; e-mail addresses, telephone and card numbers are masked.'),
  })
  .meta({ id: 'PainPoint' })

export const painPointsSchema = z
  .strictObject({
    queries: count('Texts that people sent, each in exactly one cluster.'),
    distinct_queries: count('Different texts among them.'),
    clusters: z.array(clusterSchema).length(clusterIds.length),
    classified_by: z.enum(['rules', 'model']).describe('What decided where a text belongs.'),
    texts_left_to_rules: count('Different texts that the rules decided although a model was to.'),
    messages,
    messages_without_text: count('Messages without a text; they are no query.'),
  })
  .meta({ id: 'PainPoints' })
export type PainPoints = z.infer<typeof painPointsSchema>

/** What people want from the bot: every query in one of five clusters. Throws `engine/out-of-memory` for more texts than can be looked at. */
export const painPoints = async (
  filters: SupportFilters,
  { classify, ...asking }: Asking & { classify: ClassifyByKey },
): Promise<PainPoints> => {
  const { rows, truncated } = await askLog('pain-points', { filters, ...asking })
  if (truncated) throw ChartroomError.of('engine/out-of-memory')
  const { keys, counts, texts } = readBundles(rows)
  const textsOf = (some: readonly string[]) => textsByKey(some, { known: texts, filters, ...asking })
  const { clusters, by, leftToRules } = await classify(keys, textsOf, { signal: asking.signal })
  const queries = clusterIds.map(() => 0)
  const first: string[][] = clusterIds.map(() => [])
  for (const [i, key] of keys.entries()) {
    const cluster = clusters[i] ?? 0
    queries[cluster]! += counts[i]!
    if (first[cluster]!.length < mostLookedAt) first[cluster]!.push(key)
  }
  const percents = shareOut(queries)
  const examples = await examplesOf(first, { known: texts, textsOf })
  return painPointsSchema.parse({
    queries: queries.reduce((sum, n) => sum + n, 0),
    distinct_queries: keys.length,
    clusters: clusterIds.map((id, i) => ({
      cluster: id,
      name: nameOf(id),
      queries: queries[i],
      percent_of_queries: percents[i],
      examples: examples[i],
    })),
    classified_by: by,
    texts_left_to_rules: leftToRules,
    messages: rows[0]?.messages ?? 0,
    messages_without_text: rows[0]?.messages_without_text ?? 0,
  })
}

type Texts = ReadonlyMap<string, string>

/** Characters of a key, as the SQL makes it. */
const keyLength = 13

/** Keys with how often their texts were sent, the most frequent first; the texts of those that came with one. */
const readBundles = (rows: readonly Row[]): { keys: string[]; counts: number[]; texts: Texts } => {
  const keys: string[] = []
  const counts: number[] = []
  const texts = new Map<string, string>()
  for (const { entries, input } of rows)
    for (const entry of entries === null ? [] : String(entries).split(' ')) {
      const key = entry.slice(0, keyLength)
      keys.push(key)
      counts.push(Number(entry.slice(keyLength + 1)))
      if (input !== null) texts.set(key, String(input))
    }
  return { keys, counts, texts }
}

/** Keys in one statement. */
const inOneGo = 20_000

type Looking = Asking & { known: Texts; filters: SupportFilters }

/** The texts of some keys, from the log where they did not come along. */
const textsByKey = async (keys: readonly string[], { known, ...asking }: Looking): Promise<KeyedText[]> => {
  const found = keys.flatMap(key => pairOf(key, known.get(key)))
  const others = keys.filter(key => !known.has(key))
  for (let from = 0; from < others.length; from += inOneGo) {
    const params = [others.slice(from, from + inOneGo).join(' ')]
    const { rows, truncated } = await askLog('texts-by-key', { ...asking, params, maxRows: inOneGo })
    if (truncated) throw ChartroomError.of('engine/out-of-memory')
    found.push(...rows.map(({ text_key, input }) => ({ key: String(text_key), text: String(input) })))
  }
  return found
}

const pairOf = (key: string, text: string | undefined): KeyedText[] => (text === undefined ? [] : [{ key, text }])

const nameOf = (id: ClusterId) => readClusters().clusters.find(cluster => cluster.id === id)?.name ?? String(id)

const mostExamples = 3
const longestExample = 200

/** Texts of a cluster among which examples are looked for. */
const mostLookedAt = 30

type AtHand = { known: Texts; textsOf: (keys: readonly string[]) => Promise<readonly KeyedText[]> }

/** Of each cluster the most frequent texts that say something; the log is asked again only where too few of them came along. */
const examplesOf = async (
  clusters: readonly (readonly string[])[],
  { known, textsOf }: AtHand,
): Promise<string[][]> => {
  const read = (keys: readonly string[], texts: Texts) => differentOf(keys.flatMap(key => texts.get(key) ?? []))
  const few = clusters.filter(keys => keys.some(key => !known.has(key)) && read(keys, known).length < mostExamples)
  const more = few.length > 0 ? await textsOf(few.flat()) : []
  const texts = new Map([...known, ...more.map(({ key, text }): [string, string] => [key, text])])
  return clusters.map(keys => read(keys, texts))
}

/** Two texts that differ only in what is masked or in letters are one example. */
const differentOf = (texts: readonly string[]): string[] => {
  const found = new Map<string, string>()
  for (const text of texts) {
    const shown = mask(text).replace(/\s+/g, ' ').trim().slice(0, longestExample)
    const key = shown.toLowerCase().replace(/[?.!]+$/, '')
    if (shown !== '' && !found.has(key)) found.set(key, shown)
    if (found.size === mostExamples) break
  }
  return [...found.values()]
}
