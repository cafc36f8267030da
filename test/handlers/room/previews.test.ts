import type { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { createRoom } from '#handlers/room/room.ts'
import { fixedEffects } from '#src/effects.ts'
import { answered } from '#test/fakes/room-answers.ts'
import { createRoomEngine, type RoomEngine } from '#test/fakes/room-engine.ts'
import { largePng, smallPng, startBot } from '#test/handlers/teams/bot.ts'

const open = async (change: (engine: RoomEngine) => Partial<RoomEngine> = () => ({})) => {
  const engine = createRoomEngine()
  const room = await createRoom({ ...engine, ...change(engine) }, fixedEffects('2024-01-01T13:05:00Z'))
  return { engine, room, at: (path: string) => pageAt(room, path) }
}

const pageAt = async (room: Hono, path: string) => {
  const reply = await room.request(`/room/preview/${path}`)
  const [type = ''] = (reply.headers.get('content-type') ?? '').split(';')
  return { status: reply.status, type, headers: reply.headers, text: await reply.text() }
}

const asking = async (room: Hono, text: string): Promise<string> => {
  const reply = await room.request('/room/ask', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  })
  return JSON.parse((await reply.text()).trim().split('\n').at(-1) ?? '').view.id
}

const policyOf = (headers: Headers) =>
  Object.fromEntries(
    (headers.get('content-security-policy') ?? '')
      .split('; ')
      .map(d => [d.split(' ')[0], d.split(' ').slice(1).join(' ')]),
  )

/** The card that the page of Teams holds. */
const cardIn = (html: string) =>
  JSON.parse(html.match(/<script type="application\/json" id="payload">(.*?)<\/script>/s)?.[1] ?? '').card

const questions = [
  { text: 'Revenue by category in texs please', status: 'answered', shows: 'Electronics brought $48.2k' },
  { text: 'list customers', status: 'answered', shows: '300 customers ordered in Texas' },
  { text: 'revenue', status: 'clarify', shows: 'Which revenue do you mean?' },
  { text: 'revenue next month', status: 'refused', shows: 'Next month has not happened yet.' },
  { text: 'orders in Alaska in March 2021', status: 'empty', shows: 'There are no orders in Alaska' },
  { text: 'help', status: 'told', shows: 'What you can ask about orders' },
  { text: 'time out', status: 'failed', shows: 'The database did not answer within 30 seconds.' },
  { text: 'break', status: 'failed', shows: 'Something went wrong on our side' },
]

describe('previews', () => {
  it.each(questions)('show what is $status as both chats would: $text', async ({ text, shows }) => {
    const { room, at } = await open()
    const id = await asking(room, text)
    for (const chat of ['slack', 'teams']) {
      const page = await at(`${id}/${chat}`)
      expect([chat, page.status, page.type]).toEqual([chat, 200, 'text/html'])
      expect(page.text.replace(/&#x27;/g, "'")).toContain(shows)
      const json = await at(`${id}/${chat}.json`)
      expect([chat, json.status, json.type]).toEqual([chat, 200, 'application/json'])
      expect(json.text).toContain(shows)
    }
  })

  it('give the very message as JSON: blocks for Slack, a card with the picture inside for Teams', async () => {
    const { room, at, engine } = await open()
    const id = await asking(room, 'anything')
    const { text, blocks } = JSON.parse((await at(`${id}/slack.json`)).text)
    expect(text).toContain('Electronics brought $48.2k')
    expect(blocks.find((b: { type: string }) => b.type === 'image')).toMatchObject({
      slack_file: { id: 'F0123456789' },
    })
    const { type, summary, attachments, channelData } = JSON.parse((await at(`${id}/teams.json`)).text)
    expect([type, summary.slice(0, 26), channelData]).toEqual([
      'message',
      'Electronics brought $48.2k',
      { feedbackLoop: { type: 'custom' } },
    ])
    const [{ content: card }] = attachments
    expect(card).toMatchObject({ type: 'AdaptiveCard', version: '1.5' })
    expect(card.body.find((e: { type: string }) => e.type === 'Image').url).toMatch(/^data:image\/png;base64,iVBOR/)
    expect(engine.painted).toEqual(['Electronics leads revenue in Texas light'])
  })

  it.each([
    ['with its picture', 'anything', true],
    ['without one', 'anything', false],
    ['of words alone, with prompts', 'help', true],
    ['with a question back', 'revenue', true],
  ])('are in Teams the very message that the bot sends: %s', async (_, text, canPaint) => {
    const paint = async () => {
      if (!canPaint) throw new Error('no painter')
      return smallPng
    }
    const bot = await startBot({ useCases: { paint } })
    const { room, at } = await open(({ useCases }) => ({ useCases: { ...useCases, paint } }))
    await bot.teams.message({ text })
    const sent = (await bot.teams.waitFor(() => bot.teams.messages('personal')[0])).activity
    await bot.stop()
    const shown = JSON.parse((await at(`${await asking(room, text)}/teams.json`)).text)
    const { from: _from, conversation: _conversation, ...message } = sent
    expect(shown).toEqual(message)
  })

  it('have a picture that is too large for a card beside it, in Teams', async () => {
    const { room, at } = await open(({ useCases }) => ({ useCases: { ...useCases, paint: async () => largePng } }))
    const id = await asking(room, 'anything')
    const { attachments } = JSON.parse((await at(`${id}/teams.json`)).text)
    expect(attachments.map((a: { contentType: string }) => a.contentType)).toEqual([
      'application/vnd.microsoft.card.adaptive',
      'image/png',
    ])
    const { text } = await at(`${id}/teams`)
    expect(text).toContain(`<img class="beside" src="${attachments[1].contentUrl}" alt="">`)
  })

  it('have the label of Teams also where a model only told what was worked out without it', async () => {
    const { at, engine } = await open()
    const { receipt, ...rest } = answered('m1', 'revenue')
    await engine.answers.put({ answer: { ...rest, receipt: { ...receipt, words: 'model' } } })
    expect((await at('m1/teams')).text).toContain('AI generated')
  })

  it('have what Teams suggests to say next, as prompts', async () => {
    const { room, at } = await open()
    const { text } = await at(`${await asking(room, 'help')}/teams`)
    expect(text).toMatch(/<nav aria-label="Suggested prompts"><ul class="prompts"><li>[^<]/)
  })

  it.each(['native', 'table', 'text'])('show what is sent when there is no picture: %s', async rung => {
    const { room, at, engine } = await open()
    const id = await asking(room, 'anything')
    const types = {
      native: ['data_visualization', 'Chart.'],
      table: ['table', 'Table'],
      text: ['section', 'TextBlock'],
    }
    const [block, element] = types[rung as keyof typeof types]
    expect((await at(`${id}/slack.json?rung=${rung}`)).text).toContain(`"type": "${block}"`)
    expect((await at(`${id}/teams.json?rung=${rung}`)).text).toContain(`"type": "${element}`)
    expect((await at(`${id}/slack?rung=${rung}`)).text).not.toContain('/room/chart/')
    expect((await at(`${id}/teams?rung=${rung}`)).text).not.toContain('data:image/png')
    expect(engine.painted).toEqual([])
  })

  it('show the next rung in Teams when the picture cannot be painted', async () => {
    const { room, at, engine } = await open(({ useCases }) => ({
      useCases: {
        ...useCases,
        paint: async () => {
          throw new Error('secret detail')
        },
      },
    }))
    const { status, text } = await at(`${await asking(room, 'anything')}/teams.json`)
    expect([status, text.includes('Chart.'), text.includes('secret')]).toEqual([200, true, false])
    expect(engine.logged.map(l => String(l.error))).toEqual(['Error: secret detail'])
  })

  it('are in the theme asked for, light when it is none of ours, with the time of day', async () => {
    const { room, at } = await open()
    const id = await asking(room, 'anything')
    const clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' })
    for (const chat of ['slack', 'teams']) {
      expect((await at(`${id}/${chat}?theme=dark`)).text).toContain('<html lang="en" data-theme="dark">')
      expect((await at(`${id}/${chat}?theme="><script>`)).text).toContain('<html lang="en" data-theme="light">')
      expect((await at(`${id}/${chat}`)).text).toContain(clock.format(Date.parse('2024-01-01T13:05:00Z')))
    }
  })

  it('have thumbs under an answer, and the label when a model wrote', async () => {
    const { room, at } = await open()
    const [plain, generated, help] = await Promise.all(
      ['anything', 'list customers', 'help'].map(async text => (await at(`${await asking(room, text)}/teams`)).text),
    )
    const marks = (html = '') => [html.includes('aria-label="Like"'), html.includes('AI generated')]
    expect([marks(plain), marks(generated), marks(help)]).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ])
  })
})

describe('previews let nothing out and nobody in', () => {
  it('Slack’s page runs no script, and loads styles, fonts and pictures of this machine only', async () => {
    const { room, at } = await open()
    const { headers, text } = await at(`${await asking(room, 'be hostile')}/slack`)
    expect(policyOf(headers)).toEqual({
      'default-src': "'none'",
      'style-src': "'self'",
      'style-src-attr': "'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'self'",
      sandbox: 'allow-same-origin',
    })
    // Texts within quotes, where data may stand, name no attribute.
    expect(text.replace(/"[^"]*"/g, '""')).not.toMatch(/<script|<[^>]*\son\w+=/)
    expect(text).not.toMatch(/<script|javascript:|(?:src|href)="(?!\/room\/)/)
  })

  it('the page of Teams runs its two scripts only, and loads nothing', async () => {
    const { room, at } = await open()
    const { headers, text } = await at(`${await asking(room, 'be hostile')}/teams`)
    const { 'script-src': scripts, 'style-src': styles, ...rest } = policyOf(headers)
    expect(scripts).toMatch(/^'sha256-[\w+/=]{44}' 'sha256-[\w+/=]{44}'$/)
    expect(styles).toMatch(/^'sha256-[\w+/=]{44}'$/)
    expect(rest).toMatchObject({
      'default-src': "'none'",
      'img-src': 'data:',
      'frame-ancestors': "'self'",
      'require-trusted-types-for': "'script'",
      sandbox: 'allow-scripts',
    })
    expect(text.match(/<script/g)).toHaveLength(3)
    expect(text).not.toMatch(/(?:src|href)="(?!data:)/)
    expect(JSON.stringify(cardIn(text))).toContain('<script>window.hacked=2</script>')
  })

  it('may be framed by the room and are not kept by the browser', async () => {
    const { room, at } = await open()
    const id = await asking(room, 'anything')
    for (const { headers } of [await at(`${id}/slack`), await at(`${id}/teams`), await at('a99/slack')])
      expect([headers.get('x-frame-options'), headers.get('cache-control')]).toEqual(['SAMEORIGIN', 'no-store'])
  })

  it('are of answers of this room: those of chats belong to who asked there', async () => {
    const { at, engine } = await open()
    const owner = { platform: 'slack', tenant: 'T1', user: 'U1' } as const
    await engine.answers.put({ answer: answered('s1', 'secret'), owner })
    for (const what of ['slack', 'teams', 'slack.json', 'teams.json']) {
      const { status, text } = await at(`s1/${what}`)
      expect([what, status, text.includes('Electronics')]).toEqual([what, 404, false])
    }
  })

  it('say so when the answer is no longer kept', async () => {
    const { at } = await open()
    for (const chat of ['slack', 'teams']) {
      const { status, type, text } = await at(`a9/${chat}`)
      expect([status, type]).toEqual([404, 'text/html'])
      expect(text).toContain('This answer is no longer kept. Ask the question again to see it here.')
    }
  })

  it.each([
    'a1/discord',
    'a1/slack.html',
    'a1/..%2fslack',
    '__proto__/slack.json',
    'constructor/teams.json',
    'a9/slack.json',
  ])('have nothing at %s', async path => {
    const { room, at } = await open()
    await asking(room, 'anything')
    expect((await at(path)).status).toBe(404)
  })
})
