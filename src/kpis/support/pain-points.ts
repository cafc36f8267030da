import { z } from 'zod'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Classify, type ClusterId, clusterIds } from './classify.ts'
import { readClusters } from './cluster/clusters.ts'
import { count, messages, percent } from './fields.ts'
import type { SupportFilters } from './filters.ts'
import { mask } from './mask.ts'
import { shareOut } from './share-out.ts'
import { type Asking, askLog } from './statement.ts'

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

/** Texts of one range that are looked at. */
const mostTexts = 2_000_000
const mostExamples = 3

/** What people want from the bot: every query in one of five clusters. Throws `engine/out-of-memory` for more texts than can be looked at. */
export const painPoints = async (
  filters: SupportFilters,
  { classify, ...asking }: Asking & { classify: Classify },
): Promise<PainPoints> => {
  const { rows, truncated } = await askLog('pain-points', { filters, ...asking, maxRows: mostTexts })
  if (truncated) throw ChartroomError.of('engine/out-of-memory')
  const texts = rows.flatMap(({ input, queries }) =>
    input === null ? [] : [{ text: String(input), queries: Number(queries) }],
  )
  const {
    clusters,
    by,
    leftToRules = 0,
  } = await classify(
    texts.map(({ text }) => text),
    { signal: asking.signal },
  )
  const placed = clusterIds.map(id => texts.filter(({ text }) => (clusters.get(text) ?? 0) === id))
  const queries = placed.map(own => own.reduce((sum, text) => sum + text.queries, 0))
  const percents = shareOut(queries)
  const all = rows.reduce((sum, row) => sum + Number(row.queries), 0)
  return painPointsSchema.parse({
    queries: queries.reduce((sum, n) => sum + n, 0),
    distinct_queries: texts.length,
    clusters: clusterIds.map((id, i) => ({
      cluster: id,
      name: nameOf(id),
      queries: queries[i],
      percent_of_queries: percents[i],
      examples: examplesOf(placed[i] ?? []),
    })),
    classified_by: by,
    texts_left_to_rules: leftToRules,
    messages: all,
    messages_without_text: all - queries.reduce((sum, n) => sum + n, 0),
  })
}

const nameOf = (id: ClusterId) => readClusters().clusters.find(cluster => cluster.id === id)?.name ?? String(id)

/** The most frequent ones that say something; two that differ only in what is masked or in letters are one example. */
const examplesOf = (texts: readonly { text: string }[]): string[] => {
  const found = new Map<string, string>()
  for (const { text } of texts) {
    const shown = mask(text).replace(/\s+/g, ' ').trim().slice(0, longestExample)
    const key = shown.toLowerCase().replace(/[?.!]+$/, '')
    if (shown !== '' && !found.has(key)) found.set(key, shown)
    if (found.size === mostExamples) break
  }
  return [...found.values()]
}

const longestExample = 200
