import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import type { AnswerLine } from '#handlers/room/answer-lines.ts'
import { createRoom } from '#handlers/room/room.ts'
import { fixedEffects } from '#src/effects.ts'
import { query } from '#test/fakes/room-answers.ts'
import { createRoomEngine } from '#test/fakes/room-engine.ts'

const post = (body: unknown, signal?: AbortSignal): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
  signal,
})

const open = async () => {
  const engine = createRoomEngine()
  const room = await createRoom(engine, fixedEffects())
  const ask = async (body: unknown) => linesOf(await (await room.request('/room/ask', post(body))).text())
  return { engine, room, ask }
}

const linesOf = (text: string): AnswerLine[] =>
  text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))

describe('asking', () => {
  it('gives the answer as the last line', async () => {
    const { ask, engine } = await open()
    const lines = await ask({ text: 'Revenue by category in texs please', thread: 't1', domain: 'ecommerce' })
    expect(lines).toMatchObject([{ type: 'answer', view: { status: 'answered', id: 'a1' } }])
    expect(engine.asked).toEqual([{ text: 'Revenue by category in texs please', thread: 't1', domain: 'ecommerce' }])
    expect(await engine.answers.get('a1')).toMatchObject({ thread: 't1' })
  })

  it('sends words while it runs', async () => {
    const { ask, engine } = await open()
    engine.finishSlow()
    expect(await ask({ text: 'be slow' })).toMatchObject([
      { type: 'status', words: 'Counting orders' },
      { type: 'answer' },
    ])
  })

  it('sends what is written of the answer so far', async () => {
    const { engine, room } = await open()
    const asked = room.request('/room/ask', post({ text: 'be slow' }))
    await vi.waitFor(() => expect(engine.asked).toHaveLength(1))
    engine.write(['A.'])
    engine.write(['A.', 'B.'])
    engine.finishSlow()
    expect(linesOf(await (await asked).text())).toMatchObject([
      { type: 'status' },
      { type: 'story', sentences: ['A.'] },
      { type: 'story', sentences: ['A.', 'B.'] },
      { type: 'answer' },
    ])
  })

  it('passes on a reading that somebody clicked', async () => {
    const { ask, engine } = await open()
    const changed = { ...query, chart: 'donut' }
    await ask({ text: 'as donut', query: changed })
    expect(engine.asked).toEqual([{ text: 'as donut', query: changed }])
  })

  it.each([
    ['', 'nothing'],
    ['{', 'half JSON'],
    ['[]', 'a list'],
    ['{"text":5}', 'a number for a text'],
    ['{"text":"a","rights":"all"}', 'a field it does not know'],
    ['{"text":"a","today":"31.12.2023"}', 'a day that is no ISO date'],
    ['{"text":"a","query":{"domain":"d","measures":[]}}', 'a query without a measure'],
    [JSON.stringify({ text: 'x'.repeat(20_001) }), 'a text of 20,001 characters'],
  ])('refuses %j (%s)', async body => {
    const { room, engine } = await open()
    const reply = await room.request('/room/ask', post(body))
    expect([reply.status, (await reply.json()).error]).toEqual([400, 'bad-request'])
    expect(engine.asked).toEqual([])
  })

  it('stops the question when the reader goes away', async () => {
    const { room, engine } = await open()
    const away = new AbortController()
    const reply = await room.request('/room/ask', post({ text: 'be slow' }, away.signal))
    const reader = reply.body!.getReader()
    await reader.read()
    await reader.cancel()
    expect(engine.stopped).toEqual(['a1'])
    expect(engine.logged).toEqual([])
  })

  it('shows a failure that the table knows with its sentence and next step, and logs it once', async () => {
    const { ask, engine } = await open()
    expect(await ask({ text: 'time out' })).toEqual([
      {
        type: 'failed',
        view: {
          status: 'failed',
          message: 'The database did not answer within 30 seconds.',
          next: 'Ask for a shorter period or fewer splits.',
          retry: false,
          incident: 'inc-1',
          id: 'id-1',
        },
      },
    ])
    expect(engine.logged.map(l => [l.incident, String(l.error)])).toEqual([
      ['inc-1', 'ChartroomError: The database did not answer within 30 seconds.'],
    ])
  })

  it('shows nothing of an error that nobody expected', async () => {
    const { ask, engine } = await open()
    expect(await ask({ text: 'break' })).toMatchObject([
      { type: 'failed', view: { message: 'Something went wrong on our side (incident inc-1).', retry: true } },
    ])
    expect(engine.logged.map(l => String(l.error))).toEqual(['TypeError: secret detail of /somewhere'])
  })
})

describe('pictures and downloads', () => {
  it('paints the chart of an answer in the theme asked for', async () => {
    const { ask, room, engine } = await open()
    await ask({ text: 'anything' })
    const reply = await room.request('/room/chart/a1.dark.png')
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png'])
    expect([...new Uint8Array(await reply.arrayBuffer()).slice(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    await room.request('/room/chart/a1.light.png?untitled')
    expect(engine.painted).toEqual(['Electronics leads revenue in Texas dark', ' light'])
  })

  it('hands out the whole result as CSV under a readable name', async () => {
    const { ask, room } = await open()
    await ask({ text: 'anything' })
    const reply = await room.request('/room/answers/a1.csv')
    expect(reply.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''revenue-by-category-in-texas-december-2023.csv",
    )
    expect((await reply.text()).split('\r\n').slice(0, 2)).toEqual([
      'category,revenue,revenue_previous',
      'Electronics,48210.5,41007',
    ])
  })

  it.each([
    '/room/chart/a1.blue.png',
    '/room/chart/a1.png',
    '/room/chart/a9.light.png',
    '/room/answers/a9.csv',
    '/room/answers/a1.xlsx',
    '/room/chart/__proto__.light.png',
  ])('has nothing at %s', async path => {
    const { ask, room } = await open()
    await ask({ text: 'anything' })
    expect((await room.request(path)).status).toBe(404)
  })

  it('has no picture of an answer without a result', async () => {
    const { ask, room } = await open()
    await ask({ text: 'revenue' })
    expect((await room.request('/room/chart/a1.light.png')).status).toBe(404)
  })

  it('says that a picture could not be painted, and logs why', async () => {
    const engine = createRoomEngine()
    const paint = async () => {
      throw new Error('secret detail')
    }
    const room = await createRoom({ ...engine, useCases: { ...engine.useCases, paint } }, fixedEffects())
    await (await room.request('/room/ask', post({ text: 'anything' }))).text()
    const reply = await room.request('/room/chart/a1.light.png')
    expect([reply.status, (await reply.json()).message]).toEqual([
      500,
      'Something went wrong on our side (incident inc-1).',
    ])
    expect(engine.logged).toHaveLength(1)
  })
})

describe('feedback', () => {
  it('is passed on with its reason', async () => {
    const { ask, room, engine } = await open()
    await ask({ text: 'anything' })
    const given = { answerId: 'a1', verdict: 'down', reason: ' wrong month ' }
    expect((await room.request('/room/feedback', post(given))).status).toBe(204)
    expect(engine.feedback).toEqual([{ answerId: 'a1', verdict: 'down', reason: 'wrong month' }])
  })

  it('is refused about an answer that is not there, and when it is neither up nor down', async () => {
    const { room, engine } = await open()
    expect((await room.request('/room/feedback', post({ answerId: 'a9', verdict: 'up' }))).status).toBe(404)
    expect((await room.request('/room/feedback', post({ answerId: 'a9', verdict: 'meh' }))).status).toBe(400)
    expect(engine.feedback).toEqual([])
  })
})

describe('the page', () => {
  const folder = new URL('../../../handlers/room/page/', import.meta.url)

  it('starts with examples, the domains to choose from and what is known about the data', async () => {
    const { room } = await open()
    expect(await (await room.request('/room/start')).json()).toMatchObject({
      examples: ['Revenue by category last month', {}, {}, {}],
      domains: [{ name: 'ecommerce', label: 'E-commerce' }, { name: 'support' }],
      status: { ready: true },
    })
  })

  it('serves every file of its folder, and the font', async () => {
    const { room } = await open()
    for (const name of [...(await readdir(folder)), 'inter.woff2']) {
      expect([name, (await room.request(`/room/page/${name}`)).status]).toEqual([name, 200])
    }
  })

  it('is sent again only when it has changed', async () => {
    const { room } = await open()
    const etag = (await room.request('/')).headers.get('etag') ?? ''
    expect((await room.request('/', { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await room.request('/', { headers: { 'if-none-match': '"old"' } })).status).toBe(200)
  })

  it('has no inline script or style, no address of another site, and never reads text as markup', async () => {
    const html = await readFile(new URL('index.html', folder), 'utf8')
    expect(html).not.toMatch(/<script(?![^>]*\ssrc="\/)|<style|\son\w+=|\sstyle=|https?:/)
    for (const name of (await readdir(folder)).filter(n => n.endsWith('.js') || n.endsWith('.css'))) {
      const text = (await readFile(new URL(name, folder), 'utf8')).replace('http://www.w3.org/2000/svg', '')
      expect([name, text.match(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?:/)]).toEqual([
        name,
        null,
      ])
    }
  })
})
