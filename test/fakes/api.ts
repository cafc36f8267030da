import { Hono } from 'hono'
import { jsonLine, toJson } from '#handlers/cli/json.ts'
import { type ApiParts, createApi } from '#handlers/http/api.ts'
import { createDocs } from '#handlers/http/docs.ts'
import { createLocalListener } from '#handlers/http/local.ts'
import { fixedEffects } from '#src/effects.ts'
import { nearest } from '#src/semantic/near.ts'
import type { Question } from '#src/vocabulary/question.ts'
import { answered } from './answers.ts'
import { type Reply, rawRequest } from './raw-request.ts'

/** Questions that are answered the same, and are remembered. */
export const scriptedQuestions = () => {
  const asked: Question[] = []
  const queried: Parameters<ApiParts['questions']['query']>[0][] = []
  const questions: ApiParts['questions'] = {
    ask: async question => {
      asked.push(question)
      return answered({ question: question.text })
    },
    query: async request => {
      queried.push(request)
      return request.measures.includes('profit')
        ? { problems: [{ parameter: 'measures', detail: 'has no measure "profit"' }] }
        : answered()
    },
    print: answer => jsonLine(toJson(answer)),
  }
  return { questions, asked, queried }
}

/** The API and its page behind the real local listener. `get` reads the JSON of a reply, when it is JSON. */
export const openApi = async (parts: Partial<ApiParts> & Pick<ApiParts, 'questions'>, at = '2024-06-15T12:00:00Z') => {
  const effects = fixedEffects(at)
  const reported: unknown[] = []
  const report = (error: unknown) => `incident-${reported.push(error)}`
  const api = createApi({ near: nearest, report, version: '1.2.3', ...parts }, effects)
  const room = new Hono().post('/room/ask', c => c.json({ room: true }))
  const listener = createLocalListener({
    port: 0,
    room,
    reads: [api, createDocs()],
    ready: () => true,
    log: error => reported.push(error),
  })
  const { port, url } = await listener.listen()
  const request = (path: string, rest: Partial<Parameters<typeof rawRequest>[0]> = {}) =>
    rawRequest({ port, path, ...rest })
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Reply & { json: unknown }> => {
    const reply = await request(path, { headers })
    const isJson = String(reply.headers['content-type']).includes('json')
    return { ...reply, json: isJson && reply.body !== '' ? JSON.parse(reply.body) : undefined }
  }
  return { api, get, request, port, url, effects, reported, close: () => listener.close() }
}
