import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ChatUseCases, Sharing } from '#handlers/chat/use-cases.ts'
import { roomView } from '#renderers/room/answer.ts'
import { answerView } from '#renderers/view/answer.ts'
import type { Answered, Clarify } from '#src/vocabulary/answer.ts'
import { answered, longTable, refused } from '#test/fakes/room-answers.ts'
import { createRoomEngine } from '#test/fakes/room-engine.ts'
import type { Chat, ChatSettings, Seen } from './chat.ts'
import { platforms } from './platforms.ts'
import { openRealShop } from './real-shop.ts'

const revenue = 'revenue by category in texs please'
const headline = 'Electronics brought $48.2k in Texas in December, 41% of the total'

let open: Chat[] = []
afterEach(async () => {
  for (const chat of open) await chat.close()
  open = []
})

const until = async <T>(look: () => T | undefined | false): Promise<T> => {
  for (let tries = 0; tries < 500; tries++) {
    const found = look()
    if (found) return found
    await new Promise(done => setTimeout(done, 10))
  }
  throw new Error('it did not come')
}

const isWorking = (message: Seen) => message.clicks.some(click => click.startsWith('stop.'))

/** What the bot has said once it has said so much and works no more. */
const said = (chat: Chat, count = 1): Promise<Seen> => until(() => chat.seen().filter(m => !isWorking(m))[count - 1])

describe.each(platforms)('$name', contract => {
  const start = async (settings?: ChatSettings) => {
    const chat = await contract.open(settings)
    open.push(chat)
    return chat
  }

  test('a question is answered with one message: finding, picture in words, story, how far to trust it', async () => {
    const chat = await start()
    await chat.mention(revenue)
    const message = await said(chat)
    const view = answerView(answered('x', revenue), { periods: [], splits: [], charts: [] })
    expect(view).toMatchObject({ status: 'answered', headline })
    expect(message.words).toContain(headline)
    expect(message.words).toContain('✓ Certified')
    expect(message.pictures).toHaveLength(1)
    expect(message.pictures[0]).toMatch(/Electronics/)
    await chat.quiet()
    expect(chat.seen()).toHaveLength(1)
    expect(chat.engine.logged).toEqual([])
  })

  test.each([
    ['revenue', /which|mean/i],
    ['revenue next month', /./],
    ['orders in alaska in march 2021', /./],
    ['help', /./],
  ])('“%s” gets a reply in words', async text => {
    const chat = await start()
    await chat.mention(text)
    const message = await said(chat)
    expect(message.words.trim().length).toBeGreaterThan(20)
    expect(message.pictures).toEqual([])
  })

  test('the same delivery again is answered by nobody', async () => {
    const chat = await start()
    const delivered = await chat.mention(revenue)
    await said(chat)
    await delivered.again()
    await delivered.again()
    await chat.quiet()
    expect(chat.seen()).toHaveLength(1)
    expect(chat.engine.asked).toHaveLength(1)
  })

  test('a message that is changed to another question is answered anew, and one that says the same is not', async () => {
    const chat = await start()
    const delivered = await chat.mention(revenue)
    await said(chat)
    await delivered.change(revenue)
    await chat.quiet()
    expect(chat.engine.asked).toHaveLength(1)
    await delivered.change('help')
    await until(() => chat.engine.asked.length === 2)
    await chat.quiet()
    expect(chat.engine.asked.map(a => a.text)).toEqual([revenue, 'help'])
  })

  test('without a painter the answer comes with a chart of the platform or a table instead', async () => {
    const chat = await start({ useCases: { paint: () => Promise.reject(new Error('no painter')) } })
    await chat.mention(revenue)
    const message = await said(chat)
    expect(message.words).toContain(headline)
    expect(message.pictures).toEqual([])
    expect(message.isNative || message.words.includes('Electronics')).toBe(true)
  })

  test('a picture that the platform does not take costs the picture and nothing else', async () => {
    const chat = await start()
    chat.trouble.pictures()
    await chat.mention(revenue)
    const message = await until(() => chat.seen().find(m => m.words.includes(headline)))
    await chat.quiet()
    expect(chat.seen()).toHaveLength(1)
    expect(message.words).toContain('✓ Certified')
  })

  test('a post that comes too soon is repeated when the platform says, and seen once', async () => {
    const chat = await start()
    chat.trouble.busy()
    await chat.mention('help')
    await said(chat)
    await chat.quiet()
    expect(chat.seen()).toHaveLength(1)
    expect((await chat.engine.parts.metrics.page()).text).toMatch(/platform_retries_total\{[^}]+\} 1/)
  })

  test('a post whose answer is lost is not repeated', async () => {
    const chat = await start()
    chat.trouble.lostPost()
    await chat.mention('help')
    const { words } = await said(chat)
    await chat.quiet()
    expect(chat.seen().filter(m => m.words === words)).toHaveLength(1)
  })

  test('a bot that was shut out meanwhile harms nothing, and it is noted', async () => {
    const chat = await start({ patience: 60_000 })
    await chat.mention('be slow')
    await until(() => chat.engine.asked.length === 1)
    chat.trouble.shutOut()
    chat.engine.finishSlow()
    await until(() => chat.engine.logged.length + chat.engine.warned.length > 0)
    await chat.quiet()
    expect(chat.seen()).toEqual([])
  })

  test('a slow question says so with a Stop, which ends the query; there is one message still', async () => {
    const chat = await start({ patience: 20 })
    await chat.mention('be slow')
    const working = await until(() => chat.seen().find(isWorking))
    expect(working.words).toContain('Counting orders')
    await chat.press(working, 'stop.')
    const message = await said(chat)
    expect(message).toMatchObject({ id: working.id, words: expect.stringContaining('Stopped') })
    expect(chat.engine.stopped).toEqual(['a1'])
    expect(chat.seen()).toHaveLength(1)
  })

  test('only the one who asked may stop it', async () => {
    const chat = await start({ patience: 20 })
    await chat.mention('be slow')
    await chat.press(await until(() => chat.seen().find(isWorking)), 'stop.', 'colleague')
    expect(chat.engine.stopped).toEqual([])
    chat.engine.finishSlow()
    expect((await until(() => chat.seen().find(m => m.words.includes(headline)))).words).toContain(headline)
  })

  test('a slow question becomes its answer in the same message', async () => {
    const chat = await start({ patience: 20 })
    await chat.mention('be slow')
    const working = await until(() => chat.seen().find(isWorking))
    chat.engine.finishSlow()
    const message = await said(chat)
    expect([message.id, message.words.includes(headline)]).toEqual([working.id, true])
  })

  test('a program that ends lets what runs finish and be shown', async () => {
    const chat = await start({ patience: 60_000 })
    await chat.mention('be slow')
    await until(() => chat.engine.asked.length === 1)
    const ended = chat.end(10_000)
    chat.engine.finishSlow()
    await ended
    expect(chat.seen().map(m => m.words.includes(headline))).toEqual([true])
  })

  test('the asker changes the message in place; somebody else gets an answer of their own', async () => {
    const chat = await start()
    await chat.mention(revenue)
    const message = await said(chat)
    await chat.press(message, 'menu.chart.1')
    await until(() => chat.engine.asked.length === 2)
    await chat.quiet()
    expect(chat.seen().map(m => m.id)).toEqual([message.id])
    await chat.press(chat.seen()[0]!, 'menu.split.1', 'colleague')
    await until(() => chat.engine.asked.length === 3)
    await said(chat, 2)
    await chat.quiet()
    expect(chat.seen()).toHaveLength(2)
    expect(chat.engine.asked.map(a => a.query?.chart ?? a.query?.splits)).toEqual([
      undefined,
      'donut',
      [{ dimension: 'state' }],
    ])
  })

  test('two clicks at once end in one message and no failure', async () => {
    const chat = await start()
    await chat.mention(revenue)
    const message = await said(chat)
    await Promise.all([chat.press(message, 'menu.chart.1'), chat.press(message, 'menu.split.2')])
    await chat.quiet()
    expect(chat.seen().map(m => m.id)).toEqual([message.id])
    expect(chat.engine.logged).toEqual([])
  })

  test('a question back is answered by pressing one of its readings', async () => {
    const chat = await start()
    await chat.mention('revenue')
    const message = await said(chat)
    await chat.press(message, 'choice.0')
    await until(() => chat.seen().some(m => m.words.includes(headline)))
    expect(chat.engine.asked).toHaveLength(2)
  })

  test('the button of an answer that is no longer kept says so in a sentence', async () => {
    const chat = await start()
    await chat.mention(revenue)
    const message = await said(chat)
    for (let i = 0; i < 1001; i++) await chat.engine.answers.put({ answer: answered(`old-${i}`, 'x') })
    await chat.press(message, 'menu.chart.1')
    await until(() => chat.told().some(words => words.includes('no longer kept')))
    expect(chat.engine.asked).toHaveLength(1)
    expect(chat.seen().filter(m => !m.isPrivate)).toHaveLength(1)
  })

  test('what is asked privately is seen by the asker alone, until they share it', async () => {
    const chat = await start()
    await chat.command(revenue)
    const message = await said(chat)
    expect(message).toMatchObject({ isPrivate: true, words: expect.stringContaining(headline) })
    await chat.press(message, 'deed.share')
    const shared = await until(() => chat.seen().find(m => !m.isPrivate))
    expect(shared.words).toContain(headline)
    expect(shared.pictures).toHaveLength(1)
  })

  describe('an answer with data that not everybody there may see', () => {
    const forAsker = async (share: ChatUseCases['share']) => {
      const ask: ChatUseCases['ask'] = async (question, running) => {
        const answer = await createRoomEngine().useCases.ask(question, running)
        return question.audience === 'place' ? { ...answer, onlyForAsker: true } : answer
      }
      const chat = await start({ useCases: { ask, share } })
      await chat.mention(revenue)
      return { chat, message: await said(chat) }
    }

    test('is shown to its asker alone; what all may see of it is shared', async () => {
      const shared: Sharing[] = []
      const { chat, message } = await forAsker(async ({ onlyForAsker, ...answer }, sharing) => {
        shared.push(sharing)
        return { ...answer, id: 'for-all' }
      })
      expect(message).toMatchObject({ isPrivate: true, words: expect.stringContaining(headline) })
      expect(chat.seen().filter(m => !m.isPrivate)).toEqual([])
      await chat.press(message, 'deed.share')
      const posted = await until(() => chat.seen().find(m => !m.isPrivate))
      expect(posted.words).toContain(headline)
      expect(shared).toEqual([{ asker: expect.objectContaining({ place: shared[0]?.place }), place: shared[0]?.place }])
    })

    test('is not shared when there is nothing of it for all: only the asker is told why', async () => {
      const { chat, message } = await forAsker(async answer => ({ ...answer, onlyForAsker: true }))
      await chat.press(message, 'deed.share')
      await until(() => chat.told().some(words => words.includes('it was not shared')))
      expect(chat.seen().filter(m => !m.isPrivate)).toEqual([])
    })
  })

  test('who asks, where, and who will read the answer is said with every question', async () => {
    const chat = await start()
    await chat.mention(revenue)
    await chat.press(await said(chat), 'menu.split.1', 'colleague')
    await until(() => chat.engine.asked.length === 2)
    await chat.quiet()
    await chat.command(revenue)
    await until(() => chat.engine.asked.length === 3)
    await chat.quiet()
    const [first, clicked, alone] = chat.engine.asked
    expect(first?.asker?.place).toEqual(expect.any(String))
    expect(new Set(chat.engine.asked.map(q => q.asker?.place))).toEqual(new Set([first?.asker?.place]))
    expect(new Set(chat.engine.asked.map(q => q.asker?.standing))).toEqual(new Set(['member']))
    expect(chat.engine.asked.map(q => q.audience)).toEqual(['place', 'place', 'asker'])
    expect([first?.asker?.user === clicked?.asker?.user, first?.asker?.user === alone?.asker?.user]).toEqual([
      false,
      true,
    ])
  })

  test('an answer that not all may see goes to the asker alone, and Share posts what all may see of it', async () => {
    const less = (id: string) => {
      const answer = answered(id, revenue)
      return { ...answer, story: { ...answer.story, headline: { text: 'Less is known to all', cites: [] } } }
    }
    const shared: string[] = []
    const chat = await start({
      useCases: {
        ask: async ({ text }) => ({ ...answered('own', text), onlyForAsker: true }),
        share: async ({ id }) => {
          shared.push(id)
          return less('all')
        },
      },
    })
    await chat.mention(revenue)
    const own = await said(chat)
    expect([own.isPrivate, own.words.includes(headline)]).toEqual([true, true])
    await chat.quiet()
    expect(chat.seen().filter(m => !m.isPrivate && m.words.includes(headline))).toEqual([])
    await chat.press(own, 'deed.share')
    const seen = await until(() => chat.seen().find(m => !m.isPrivate))
    expect(seen.words).toContain('Less is known to all')
    expect(seen.words).not.toContain(headline)
    expect(shared).toEqual(['own'])
  })

  test('what is refused to all is shared with nobody, and only the sharer is told', async () => {
    const chat = await start({
      useCases: {
        ask: async ({ text }) => ({ ...answered('own', text), onlyForAsker: true }),
        share: async () => ({ ...refused('r', revenue), message: 'People here may not see revenue.' }),
      },
    })
    await chat.mention(revenue)
    await chat.press(await said(chat), 'deed.share')
    await until(() => chat.told().some(words => words.includes('People here may not see revenue.')))
    await chat.quiet()
    expect(chat.seen().filter(m => !m.isPrivate)).toEqual([])
  })

  test('a failure is a sentence and a next step, with an incident and nothing of what broke', async () => {
    const chat = await start()
    await chat.mention('break')
    const message = await said(chat)
    expect(message.words).toContain('Something went wrong on our side (incident inc-1).')
    expect(message.words).not.toMatch(/secret detail|somewhere|TypeError/)
    await chat.mention('time out')
    expect((await said(chat, 2)).words).toContain('The database did not answer within 30 seconds.')
  })

  test.each([
    ['answered', true],
    ['asked back', false],
  ])('data that looks like markup is shown as it is, where a question is %s', async (_, isAnswered) => {
    const chat = await start({
      useCases: { ask: async ({ text }) => (isAnswered ? hostileTo(answered('bad', text)) : askedBack(text)) },
    })
    await chat.mention(revenue)
    const message = await said(chat)
    expect(message.markup).not.toEqual([])
    for (const text of message.markup) expect(text).not.toMatch(contract.reads)
    expect(plain(message.words)).toContain('!channel')
    expect(plain(message.words)).toContain('evil.example')
    expect(chat.engine.warned).toEqual([])
  })

  test('data that would be a script is shown as it is', async () => {
    const chat = await start()
    await chat.mention('be hostile')
    const message = await said(chat)
    expect(plain(message.words)).toContain('window.hacked=1')
    expect(chat.engine.warned).toEqual([])
  })

  test('a table far longer than a message is shown in part, with the number of what is left out', async () => {
    const chat = await start()
    await chat.mention('list customers')
    const message = await said(chat)
    const { table } = longTable('x', 'x')
    expect(table.rows.length).toBeGreaterThan(20)
    expect(message.words).toMatch(/\d+ more rows?/)
    await chat.quiet()
    expect(chat.seen()).toHaveLength(1)
  })

  test('a story of 12,000 characters is shortened, and the message is taken', async () => {
    const long = (id: string, text: string) => {
      const answer = answered(id, text)
      const sentence = { text: `${'word '.repeat(600)}end.`, cites: [] }
      return { ...answer, story: { ...answer.story, summary: [sentence, sentence], insights: [sentence, sentence] } }
    }
    const chat = await start({ useCases: { ask: async ({ text }) => long('long', text) } })
    await chat.mention(revenue)
    const message = await said(chat)
    expect(message.words).toContain(headline)
    expect(message.words).toContain('…')
    expect(chat.engine.warned).toEqual([])
  })
})

describe('the same question on all platforms, over the real engine', () => {
  let shop: Awaited<ReturnType<typeof openRealShop>>
  beforeAll(async () => {
    shop = await openRealShop()
  })
  afterAll(() => shop.close())

  test.each([
    'revenue by category last quarter',
    'top 5 states by orders in 2023',
    'monthly revenue 2023',
    'average order value in December 2023',
    'what share of revenue comes from Texas in 2023',
    'orders by channel and month in Q3 2023',
  ])(
    '%s',
    async text => {
      const useCases = shop.chat()
      const answer = await useCases.ask(
        { text, thread: 'room' },
        { signal: AbortSignal.timeout(30_000), onStatus: () => undefined },
      )
      if (answer.status !== 'answered') throw new Error(`${text}: ${answer.status}`)
      const view = roomView(answer, await useCases.options(answer))
      if (view.status !== 'answered') throw new Error('not answered')
      for (const contract of platforms) {
        const chat = await contract.open({ useCases: shop.chat() })
        open.push(chat)
        await chat.mention(text)
        const message = await said(chat)
        const words = plain(message.words)
        expect(words).toContain(plain(view.headline))
        for (const { text: sentence } of view.summary) expect(words).toContain(plain(sentence))
        const details = plain(await chat.details(message))
        for (const { term, lines } of view.receipt.filter(line => line.term !== 'Time' && line.term !== 'Data'))
          for (const line of lines) expect([term, details]).toEqual([term, expect.stringContaining(plain(line))])
        expect(details).toContain(plain(view.sql.text).slice(0, 60))
        for (const row of view.table.rows.slice(0, 5))
          for (const cell of row)
            expect([cell, details.includes(plain(cell)) || words.includes(plain(cell))]).toEqual([cell, true])
      }
    },
    120_000,
  )
})

/** What mentions, links, formats or is worked out, in one chat or the other. */
const markup =
  '<!channel> <@U0ASKER> <at>all</at> <https://evil.example|here> [here](https://evil.example) {{DATE(2024-01-01)}} *5* _x_'

const hostileTo = (answer: Answered): Answered => {
  const sentence = { text: markup, cites: [] }
  const [first = [], ...others] = answer.table.rows
  return {
    ...answer,
    table: { ...answer.table, rows: [[markup, ...first.slice(1)], ...others] },
    story: { headline: sentence, summary: [sentence], insights: [sentence], implications: [sentence] },
    chart: { ...answer.chart, title: markup, subtitle: markup, alt: markup },
    receipt: { ...answer.receipt, reading: markup, notes: [markup] },
    unused: [markup],
    next: [{ label: markup, question: markup }],
  }
}

const askedBack = (question: string): Clarify => ({
  ...{ status: 'clarify', id: 'bad', question, domain: 'ecommerce' },
  ...{ message: markup, unused: [markup], choices: [{ label: markup, question: markup }] },
})

/** Words without what a platform puts between them to keep them from being read as markup. */
const plain = (text: string) =>
  text
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
