import { request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createLocalListener, type LocalListener } from '#handlers/http/local.ts'
import type { AnswerLine } from '#handlers/room/answer-lines.ts'
import { createRoom } from '#handlers/room/room.ts'
import type { RoomUseCases } from '#handlers/room/use-cases.ts'
import { fixedEffects } from '#src/effects.ts'
import { rawRequest } from '#test/fakes/raw-request.ts'
import { createRoomEngine } from '#test/fakes/room-engine.ts'

let listener: LocalListener
afterEach(() => listener.close())

const open = async (useCases: Partial<RoomUseCases> = {}) => {
  const engine = createRoomEngine()
  const room = await createRoom({ ...engine, useCases: { ...engine.useCases, ...useCases } }, fixedEffects())
  listener = createLocalListener({ port: 0, room, ready: () => true, log: () => undefined, grace: 100 })
  const { port } = await listener.listen()
  const send = (path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    rawRequest({ port, path, method: 'POST', headers: { ...bytes, ...headers }, body })
  return { engine, port, send }
}

const bytes = { 'content-type': 'application/octet-stream' }
const linesOf = (text: string): AnswerLine[] =>
  text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))

describe('a file', () => {
  it('becomes data, and the reply tells of it and what the data is called', async () => {
    const { engine, send } = await open()
    const { status, body } = await send(`/room/files?name=${encodeURIComponent('Ümsätze Q1.csv')}`, 'a,b\n1,2\n', {
      'content-length': '8',
    })
    expect([status, linesOf(body)]).toMatchObject([
      200,
      [
        { type: 'status', words: 'Reading Ümsätze Q1.csv' },
        { type: 'answer', domain: 'upload__ms_tze_Q1_csv', view: { status: 'told', id: 'f1' } },
      ],
    ])
    expect(engine.imported).toEqual([{ name: 'Ümsätze Q1.csv', size: 8, bytes: 8 }])
  })

  it('of many megabytes is passed on as it comes, with and without a length', async () => {
    const { engine, send } = await open()
    const body = Buffer.alloc(20 * 1024 * 1024, 'x')
    expect((await send('/room/files?name=a.csv', body)).status).toBe(200)
    expect((await send('/room/files?name=b.csv', body, { 'transfer-encoding': 'chunked' })).status).toBe(200)
    expect(engine.imported.map(({ size, bytes }) => [size, bytes])).toEqual([
      [20_971_520, 20_971_520],
      [undefined, 20_971_520],
    ])
  })

  it('said to be more than 100 MB is refused before it is read', async () => {
    const { engine, port } = await open()
    const reply = await new Promise<{ status?: number; body: string }>((resolve, reject) => {
      const headers = { ...bytes, 'content-length': String(100 * 1024 * 1024 + 1) }
      const sent = request({ host: '127.0.0.1', port, path: '/room/files?name=big.csv', method: 'POST', headers })
      sent.on('response', async response => {
        let body = ''
        for await (const chunk of response) body += chunk
        sent.destroy()
        resolve({ status: response.statusCode, body })
      })
      sent.on('error', reject)
      sent.flushHeaders()
    })
    expect(reply).toEqual({ status: 413, body: '{"error":"too-large","message":"big.csv is larger than 100 MB."}' })
    expect(engine.imported).toEqual([])
  })

  it('that grows beyond 100 MB ends there, with a sentence', async () => {
    const { engine, send } = await open()
    const { body } = await send('/room/files?name=big.csv', Buffer.alloc(101 * 1024 * 1024), {
      'transfer-encoding': 'chunked',
    })
    expect(linesOf(body).at(-1)).toMatchObject({
      type: 'failed',
      view: { message: 'big.csv is larger than 100 MB.', retry: false },
    })
    expect(engine.imported).toEqual([])
  }, 30_000)

  it('is named by its last part, and has to be named', async () => {
    const { engine, send } = await open()
    for (const name of ['C:\\fakepath\\a.csv', '../../etc/b.csv', ' c.csv ']) {
      await send(`/room/files?name=${encodeURIComponent(name)}`, 'x')
    }
    expect(engine.imported.map(({ name }) => name)).toEqual(['a.csv', 'b.csv', 'c.csv'])
    for (const name of ['', '%20', 'a/', 'x'.repeat(256)]) {
      const { status, body } = await send(`/room/files?name=${name}`, 'x')
      expect([status, JSON.parse(body).error]).toEqual([400, 'bad-request'])
    }
    expect((await send('/room/files', 'x')).status).toBe(400)
  })

  it('that cannot be taken says why, under an id', async () => {
    const { send, engine } = await open()
    const { body } = await send('/room/files?name=busy.csv', 'x')
    expect(linesOf(body).at(-1)).toMatchObject({
      type: 'failed',
      view: { status: 'failed', message: 'Too many questions are running at once.', id: expect.any(String) },
    })
    expect(engine.logged).toHaveLength(1)
  })

  it('is not taken where no files are, and the page is told', async () => {
    const { send, port } = await open({ importFile: undefined })
    const { body } = await send('/room/files?name=a.csv', 'x')
    expect(linesOf(body).at(-1)).toMatchObject({ type: 'failed', view: { message: 'This Chartroom takes no files.' } })
    expect(JSON.parse((await rawRequest({ port, path: '/room/start' })).body).files).toBe(false)
  })

  it('stops when its sender goes away, while it is sent and while it is read', async () => {
    const reading: string[] = []
    const { port } = await open({
      importFile: async ({ stream, name }, { signal }) => {
        signal.addEventListener('abort', () => reading.push(`${name} aborted`))
        for await (const _ of stream) reading.push(`${name} piece`)
        await new Promise(done => signal.addEventListener('abort', done))
        throw new Error('stopped')
      },
    })
    const start = (name: string, length: number) => {
      const headers = { ...bytes, 'content-length': String(length) }
      const sent = request({ host: '127.0.0.1', port, path: `/room/files?name=${name}`, method: 'POST', headers })
      sent.on('error', () => undefined)
      sent.write('12345')
      return sent
    }
    const until = async (word: string) => {
      while (!reading.includes(word)) await new Promise(done => setTimeout(done, 5))
    }
    for (const [name, length] of [
      ['half', 10],
      ['whole', 5],
    ] as const) {
      const sent = start(name, length)
      await until(`${name} piece`)
      sent.destroy()
      await until(`${name} aborted`)
    }
  })
})

describe('the address for files', () => {
  it.each([
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/json', 415],
    ['Application/Octet-Stream; x=y', 200],
  ])('takes a body of type %s: %i', async (type, status) => {
    const { send, engine } = await open()
    expect((await send('/room/files?name=a.csv', 'x', { 'content-type': type })).status).toBe(status)
    expect(engine.imported).toHaveLength(status === 200 ? 1 : 0)
  })

  it.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' }, 403],
    [{ host: 'evil.example' }, 421],
  ])('refuses what another site sends: %j', async (headers, status) => {
    const { send, engine } = await open()
    expect((await send('/room/files?name=a.csv', 'x', headers)).status).toBe(status)
    expect(engine.imported).toEqual([])
  })

  it('is the only one with that exception, however it is written', async () => {
    const { send } = await open()
    const large = Buffer.alloc(70_000)
    for (const path of [
      '/room/ask',
      '/room/feedback',
      '/room/files/',
      '/room/files/x',
      '//room/files',
      '/room/file%73x',
    ]) {
      expect([path, (await send(`${path}?name=a.csv`, large)).status]).toEqual([path, 415])
      const status = (await send(`${path}?name=a.csv`, large, { 'content-type': 'application/json' })).status
      expect([path, status]).toEqual([path, 413])
    }
  })

  it('takes nothing but POST', async () => {
    const { port } = await open()
    expect(await rawRequest({ port, path: '/room/files' })).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  })
})
