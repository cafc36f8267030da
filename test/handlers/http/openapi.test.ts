import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scriptedAnalytics } from '#test/fakes/analytics.ts'
import { openApi, scriptedQuestions } from '#test/fakes/api.ts'

type Parameter = {
  name: string
  in: string
  required: boolean
  schema: object
  description?: string
  example?: unknown
}
type Operation = {
  operationId: string
  parameters: Parameter[]
  responses: Record<string, { content?: Record<string, { schema: { $ref: string } }> }>
}
type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object> }
}

const { analytics, paths } = scriptedAnalytics()
const may = 'start_date=2024-05-01&end_date=2024-05-31&product_context=pool'

let api: Awaited<ReturnType<typeof openApi>>
let document: Document
beforeAll(async () => {
  api = await openApi({ analytics, questions: scriptedQuestions().questions })
  document = (await api.get('/openapi.json')).json as Document
})
afterAll(() => api.close())

const operation = (path: string): Operation => document.paths[path]?.get as Operation

/** Whether a value is as the document says of a path’s reply. */
const problemsOf = (path: string, status: string, value: unknown): unknown => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: 'api', ...document })
  const type = status === '200' ? 'application/json' : 'application/problem+json'
  const schema = operation(path).responses[status]?.content?.[type]?.schema.$ref ?? '#/components/schemas/Problem'
  const check = ajv.compile({ $ref: `api${schema}` })
  return check(value) ? [] : check.errors
}

describe('the document of the API', () => {
  it('is OpenAPI 3.1 as its own schema has it', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(structuredClone(document))
    expect(errors).toBeUndefined()
    expect([valid, validator.version]).toEqual([true, '3.1'])
  })

  it('would not be valid without what it must have', async () => {
    const { info: _, ...rest } = document as Document & { info: unknown }
    expect((await new Validator().validate(rest)).valid).toBe(false)
  })

  it('has every address once, and only GET', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/analytics/overview',
      ...paths.map(path => `/analytics/${path}`),
      '/ask',
      '/query',
    ])
    expect(new Set(Object.values(document.paths).flatMap(Object.keys))).toEqual(new Set(['get']))
    const ids = Object.values(document.paths).map(({ get }) => get?.operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('has the parameters of the filter model, and what they mean', () => {
    expect(operation('/analytics/volume').parameters.map(p => [p.name, p.in, p.required])).toEqual([
      ['start_date', 'query', true],
      ['end_date', 'query', true],
      ['product_context', 'query', true],
      ['environment', 'query', false],
      ['user_id', 'query', false],
    ])
    const [start, , context] = operation('/analytics/volume').parameters
    expect(start).toMatchObject({ example: '2024-05-01', description: expect.stringContaining('ISO 8601') })
    expect(context?.schema).toMatchObject({ enum: ['pool', 'landscape'] })
    const queried = operation('/query').parameters
    expect(queried.find(({ name }) => name === 'filters')).toMatchObject({ style: 'form', explode: true })
    expect(queried.find(({ name }) => name === 'limit')?.schema).toMatchObject({ type: 'integer', maximum: 10_000 })
  })

  it('refers only to what it has', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path)
    expect(refs.length).toBeGreaterThan(50)
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Problem', 'Answer', 'Overview', 'KpiVolume', 'Days']),
    )
    expect(JSON.stringify(document)).not.toMatch(/\$defs|\$schema/)
    for (const ref of refs) {
      const found = ref
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
      expect([ref, typeof found]).toEqual([ref, 'object'])
    }
  })

  it.each([
    ['/analytics/overview', may],
    ['/analytics/volume', may],
    ['/ask', 'question=revenue'],
    ['/query', 'measures=revenue'],
  ])('says of %s what is really answered', async (path, query) => {
    const { json } = await api.get(`${path}?${query}`)
    expect(problemsOf(path, '200', json)).toEqual([])
    expect(problemsOf(path, '200', { ...(json as object), surprise: 1 })).not.toEqual([])
    expect(problemsOf(path, '400', (await api.get(`${path}?wrong=1`)).json)).toEqual([])
  })
})
