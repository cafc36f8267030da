import { z } from 'zod'
import type { ApiRoute } from './api-route.ts'
import { problemSchema } from './problem.ts'

type Json = Record<string, unknown>

/** The document of the API in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html), from the schemas that read and write it. */
export const openApiDocument = (routes: readonly ApiRoute[], { version }: { version: string }): Json => ({
  openapi: '3.1.1',
  info: {
    title: 'Chartroom',
    version,
    summary: 'Questions and KPIs, read only.',
    description:
      'Everything is asked with GET and query parameters. Numbers are JSON numbers, days `YYYY-MM-DD`, instants ISO 8601; a name ends in its unit (`_seconds`, `_percent`, `_days`). On this machine no key is needed.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/' }],
  security: [{}, { bearer: [] }, { key: [] }],
  tags: [...new Set(routes.map(({ tag }) => tag))].map(name => ({ name })),
  paths: Object.fromEntries(routes.map(route => [route.path, { get: operation(route) }])),
  components: {
    schemas: Object.fromEntries([
      ...componentsOf(problemSchema, 'Problem'),
      ...routes.flatMap(route => componentsOf(route.result, nameOf(route))),
    ]),
    responses: {
      BadRequest: problemReply('Parameters are wrong: every one of them is named.'),
      TooMany: problemReply('Too many requests from this client in this minute.'),
      Unauthorized: problemReply('Opened to the network, the API demands its key.'),
      Failed: problemReply('It failed, is not available, or took too long.'),
    },
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', description: 'CHARTROOM_API_KEY; only when opened to the network.' },
      key: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same key.' },
    },
  },
})

/**
 * The schemas of a reply by their names: those that have an id stand by themselves, and are referred to. OpenAPI names the dialect itself.
 */
const componentsOf = (schema: z.ZodType, name: string): [string, Json][] => {
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io: 'output' })
  const all = [[name, root] as [string, Json], ...Object.entries<Json>($defs)]
  return all
    .filter(([, json]) => json.$ref !== `#/$defs/${name}`)
    .map(([key, { id: __, ...json }]) => [
      key,
      JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json,
    ])
}

const nameOf = ({ operationId, result }: ApiRoute): string =>
  z.globalRegistry.get(result)?.id ?? `${operationId[0]?.toUpperCase()}${operationId.slice(1)}`

const reference = (name: string | undefined): Json => ({ $ref: `#/components/schemas/${name}` })

const operation = (route: ApiRoute): Json => ({
  operationId: route.operationId,
  tags: [route.tag],
  summary: route.summary,
  description: route.description,
  parameters: parametersOf(route),
  responses: {
    200: {
      description: 'The answer.',
      headers: { ...limits, ...(route.kept && keeping) },
      content: { 'application/json': { schema: reference(nameOf(route)) } },
    },
    ...(route.kept && { 304: { description: 'What If-None-Match names is still so.' } }),
    400: { $ref: '#/components/responses/BadRequest' },
    401: { $ref: '#/components/responses/Unauthorized' },
    429: { $ref: '#/components/responses/TooMany' },
    default: { $ref: '#/components/responses/Failed' },
  },
})

const header = (description: string): Json => ({ description, schema: { type: 'string' } })

const limits = {
  RateLimit: header('Requests that are left (r) for how many seconds (t).'),
  'RateLimit-Policy': header('Requests (q) in how many seconds (w).'),
}

const keeping = {
  ETag: header('Only of a range that is over.'),
  'Cache-Control': header('private and some minutes for a range that is over, else no-store.'),
}

const problemReply = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: reference('Problem') } },
})

const parametersOf = ({ parameters, examples: filledIn = {} }: ApiRoute): Json[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, examples, ...schema } = property as Json & { examples?: unknown[] }
    const example = filledIn[name] ?? examples?.[0]
    return {
      name,
      in: 'query',
      required: required.includes(name),
      ...(description !== undefined && { description }),
      ...(example !== undefined && { example }),
      schema,
      ...('items' in schema && { style: 'form', explode: true }),
    }
  })
}
