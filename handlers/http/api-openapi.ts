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
    schemas: { Problem: schemaOf(problemSchema, 'Problem'), ...Object.fromEntries(named(routes)) },
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

/** The schema that stands under a name; what it refers to within itself is then found below that name. OpenAPI names the dialect itself. */
const schemaOf = (schema: z.ZodType, name: string): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'output' })
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', `"#/components/schemas/${name}/$defs/`)) as Json
}

const nameOf = ({ operationId, result }: ApiRoute): string =>
  z.globalRegistry.get(result)?.title ??
  `${operationId[0]?.toUpperCase()}${operationId.slice(1).replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`

const named = (routes: readonly ApiRoute[]): [string, Json][] => {
  const names = new Map<z.ZodType, string>(routes.map(route => [route.result, nameOf(route)]))
  return [...names].map(([result, name]) => [name, schemaWith(result, name, names)])
}

/** A schema in which those that have a name of their own are referred to by it. */
const schemaWith = (schema: z.ZodType, name: string, names: ReadonlyMap<z.ZodType, string>): Json =>
  schema instanceof z.ZodObject && Object.values(schema.shape).some(part => names.has(part as z.ZodType))
    ? {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(schema.shape).map(([key, part]) => [key, reference(names.get(part as z.ZodType))]),
        ),
        required: Object.keys(schema.shape),
        additionalProperties: false,
      }
    : schemaOf(schema, name)

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
