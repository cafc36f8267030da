import type { Context } from 'hono'
import { z } from 'zod'
import { ChartroomError, type ErrorCode } from '#src/vocabulary/errors.ts'

/** What is wrong with one parameter. */
export type ParameterFault = { parameter: string; detail: string }

/** Problem details as RFC 9457 has them (https://www.rfc-editor.org/rfc/rfc9457), with our code and the parameters that are wrong. */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('What kind of problem it is, as an address relative to this API.'),
    title: z.string().describe('The kind in words; the same for every problem of the kind.'),
    status: z.int().describe('The HTTP status.'),
    detail: z.string().describe('What happened this time, and what to do.'),
    instance: z.string().optional().describe('The path that was asked.'),
    code: z.string().optional().describe('The code of the error, as the list of errors has it.'),
    incident: z.string().optional().describe('The id under which it was logged.'),
    errors: z
      .array(z.strictObject({ parameter: z.string(), detail: z.string() }))
      .optional()
      .describe('Every parameter that is wrong.'),
  })
  .meta({ id: 'Problem', description: 'Problem details, RFC 9457.' })

type Problem = z.infer<typeof problemSchema>
export type ProblemStatus = 400 | 401 | 404 | 405 | 429 | 500 | 503 | 504

/** Titles by the last part of `type`. */
export const problemTitles = {
  parameters: 'Parameters are wrong',
  key: 'A key is needed',
  'not-found': 'There is nothing here',
  method: 'Only GET is answered',
  'too-many': 'Too many requests',
  internal: 'Something went wrong on our side',
  unavailable: 'Not available just now',
  timeout: 'It took too long',
} as const
export type ProblemKind = keyof typeof problemTitles

type Given = { status: ProblemStatus; kind: ProblemKind; detail: string } & Pick<
  Problem,
  'code' | 'incident' | 'errors'
>

/** A reply of `application/problem+json`. Never kept by anybody. */
export const problem = (c: Context, { kind, ...given }: Given, headers: Record<string, string> = {}): Response => {
  const body: Problem = { type: `/problems/${kind}`, title: problemTitles[kind], instance: c.req.path, ...given }
  return c.body(JSON.stringify(body), given.status, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  })
}

/** 400 that names every parameter that is wrong. */
export const wrongParameters = (c: Context, errors: readonly ParameterFault[]): Response =>
  problem(c, {
    status: 400,
    kind: 'parameters',
    detail: errors.map(({ parameter, detail }) => `${parameter} ${detail}`).join('; '),
    errors: [...errors],
  })

export const notFound = (c: Context, detail = 'There is nothing here; /openapi.json lists what there is.'): Response =>
  problem(c, { status: 404, kind: 'not-found', detail })

export const onlyGet = (c: Context): Response =>
  problem(c, { status: 405, kind: 'method', detail: 'This API only reads: use GET.' }, { allow: 'GET, HEAD' })

/** Logs what nobody foresaw and gives the id that it was logged under. */
export type Report = (error: unknown, path: string) => string

/** A failure in words, without anything of a driver or a path. */
export const failure = (c: Context, error: unknown, report: Report): Response => {
  if (error instanceof ChartroomError && error.code === 'domain/unknown')
    return wrongParameters(c, [{ parameter: 'domain', detail: `is not right: ${error.message}` }])
  if (!(error instanceof ChartroomError) || error.kind === 'bug') {
    const incident = report(error, c.req.path)
    const detail = `Something went wrong on our side (incident ${incident}).`
    return problem(c, { status: 500, kind: 'internal', detail, code: 'internal/bug', incident })
  }
  const status = statuses[error.code] ?? (error.retry ? 503 : 500)
  const kind: ProblemKind = status === 504 ? 'timeout' : status === 503 ? 'unavailable' : 'internal'
  const detail = `${error.message} ${error.next}`
  return problem(c, { status, kind, detail, code: error.code }, error.retry ? { 'retry-after': '5' } : {})
}

const statuses: Partial<Record<ErrorCode, 503 | 504>> = {
  'engine/timeout': 504,
  'engine/cancelled': 504,
  'language/slow': 504,
  'engine/out-of-memory': 503,
}
