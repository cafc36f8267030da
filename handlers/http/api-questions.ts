import type { Context } from 'hono'
import { z } from 'zod'
import type { AskQuery } from '#src/ask-query.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { answerSchema } from './api-answer.ts'
import { type ParameterReader, readParameters } from './api-parameters.ts'
import { type ApiRoute, type ApiTools, answering } from './api-route.ts'
import { wrongParameters } from './problem.ts'

export type Questions = {
  ask: (question: Question, options: { signal: AbortSignal }) => Promise<Answer>
  query: AskQuery
  /** An answer as the terminal prints it with `--json`. */
  print: (answer: Answer) => string
}

const text = (about: string, example: string) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is required' : 'must be a text') })
    .trim()
    .min(1, 'must not be empty')
    .max(2000, 'must have at most 2,000 characters')
    .describe(about)
    .meta({ examples: [example] })

const domain = text('The domain to ask; else the usual one.', 'ecommerce').optional()
const today = z.iso
  .date('must be a day such as 2024-01-31')
  .optional()
  .describe('The day from which “last month” and the like count; else today.')

/** Only digits are a number: 1e3, 0x10 and a blank are slips. */
const decimal = (text: unknown) =>
  typeof text === 'string' && /^[0-9]+$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : text

const askFields = z.strictObject({
  question: text('A question in plain English.', 'revenue by category last quarter'),
  domain,
  today,
})

const queryFields = z.strictObject({
  measures: text('Measures, with commas between; avg(discount) takes another aggregation.', 'revenue,orders'),
  dimensions: text('Dimensions or one of hour, day, week, month, quarter, year, with commas.', 'category').optional(),
  filters: z
    .array(text('', 'state:in:Texas|California'))
    .max(20, 'may be given at most 20 times')
    .optional()
    .describe(
      'May be given several times, and all must hold: dimension:in:A|B, not_in, eq, ne, gt, gte, lt, lte with one value, between:5|10, is_null, is_not_null, or the name of a filter of the domain.',
    ),
  period: text('A period: last month, Q3 2023, 2023-05-01 to 2023-05-31.', '2023-05-01 to 2023-05-31').optional(),
  compare: text('previous_period, previous_year, or a period.', 'previous_period').optional(),
  order: text('Columns of the result, with :asc or :desc.', 'revenue:desc').optional(),
  limit: z
    .preprocess(
      decimal,
      z
        .number('must be a whole number in decimal digits, such as 10')
        .min(1, 'must be at least 1')
        .max(10_000, { error: 'must be at most 10,000', abort: true })
        .int(),
    )
    .optional()
    .describe('The most rows.'),
  domain,
  today,
})

/** `GET /ask?question=` in words, and `GET /query` without: of any domain, with the JSON that the terminal prints. */
export const questionRoutes = ({ ask, query, print }: Questions, tools: ApiTools): ApiRoute[] => {
  const common = { tag: 'Questions', result: answerSchema }
  const { near } = tools
  return [
    {
      ...common,
      path: '/ask',
      operationId: 'ask',
      summary: 'A question in plain English',
      description:
        'What is not understood is asked back: status clarify, with choices. The status of the reply is 200 then too.',
      parameters: askFields,
      handle: c =>
        handle(c, tools, {
          reader: readerOf(askFields, near),
          work: async ({ question, ...turn }, signal) =>
            json(c, print(await ask({ text: question, ...turn }, { signal }))),
        }),
    },
    {
      ...common,
      path: '/query',
      operationId: 'query',
      summary: 'Measures by dimensions',
      description:
        'The same without words: names of the semantic model. A name that there is not is told, with the nearest one.',
      parameters: queryFields,
      handle: c =>
        handle(c, tools, {
          reader: readerOf(queryFields, near),
          work: async (request, signal) => {
            const answer = await query(request, { signal })
            return 'problems' in answer ? wrongParameters(c, answer.problems) : json(c, print(answer))
          },
        }),
    },
  ]
}

const readerOf = <T>(schema: z.ZodType<T> & { shape: object }, near: ApiTools['near']): ParameterReader<T> => ({
  names: Object.keys(schema.shape),
  many: ['filters'],
  schema,
  near,
})

type Handling<T> = { reader: ParameterReader<T>; work: (given: T, signal: AbortSignal) => Promise<Response> }

const handle = <T>(c: Context, tools: ApiTools, { reader, work }: Handling<T>): Promise<Response> => {
  const read = readParameters(new URL(c.req.url).searchParams, reader)
  if ('faults' in read) return Promise.resolve(wrongParameters(c, read.faults))
  return answering(c, tools, signal => work(read.value, signal))
}

const json = (c: Context, body: string) =>
  c.body(body, 200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
