import { z } from 'zod'
import { querySchema } from '#src/vocabulary/query.ts'

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])

const column = z.strictObject({
  name: z.string().describe('The key in rows.'),
  type: z.enum(['text', 'number', 'integer', 'boolean', 'date', 'timestamp']),
  role: z.enum(['dimension', 'time', 'measure', 'previous']),
})

const receipt = z
  .looseObject({
    domain: z.string(),
    origin: z.enum(['certified', 'generated']),
    reading: z.string().describe('What was understood, in words.'),
    measures: z.array(z.strictObject({ name: z.string(), label: z.string(), definition: z.string() })),
    filters: z.array(z.string()),
    period: z.string().optional(),
    notes: z.array(z.string()).describe('What a careful reader must know.'),
    sql: z.string(),
    params: z.array(z.unknown()),
    rows: z.int(),
    truncated: z.boolean(),
    freshness: z.strictObject({ dataUntil: z.string().optional(), source: z.string() }),
    verified: z
      .strictObject({ by: z.string(), at: z.string() })
      .optional()
      .describe('Who verified the query, and on which day (YYYY-MM-DD).'),
    cached: z.boolean(),
    ms: z.number().describe('Milliseconds from question to answer.'),
  })
  .describe('How it was worked out.')

const story = z.strictObject({
  headline: z.string(),
  summary: z.string(),
  insights: z.array(z.string()),
  implications: z.array(z.string()),
})

/** The JSON of an answer, the same that the terminal prints with `--json`. */
export const answerSchema = z
  .strictObject({
    status: z
      .enum(['answered', 'clarify', 'refused', 'empty'])
      .describe(
        'clarify: it can be read in more than one way; refused: understood and not given; empty: there are no rows.',
      ),
    id: z.string(),
    question: z.string(),
    domain: z.string(),
    query: querySchema.nullable(),
    sql: z.string().nullable(),
    params: z.array(z.unknown()),
    columns: z.array(column),
    rows: z.array(z.record(z.string(), cell)),
    truncated: z.boolean().describe('There are more rows than these.'),
    facts: z.array(z.looseObject({ id: z.string(), kind: z.string() })),
    story: story.nullable(),
    chart: z.looseObject({ kind: z.string() }).nullable(),
    receipt: receipt.nullable(),
    message: z.string(),
    unused: z.array(z.string()).describe('Words of the question that were not used.'),
    choices: z.array(z.strictObject({ label: z.string(), question: z.string() })),
    code: z.string().optional().describe('Only of what is refused.'),
    items: z
      .array(z.strictObject({ term: z.string(), text: z.string(), ask: z.string().optional() }))
      .optional()
      .describe('Only of what is told, such as a catalogue.'),
  })
  .meta({ id: 'Answer', description: 'An answer, as the terminal prints it with --json.' })
