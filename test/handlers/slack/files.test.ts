import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { ChatUseCases, SentFile } from '#handlers/chat/use-cases.ts'
import { refused, told } from '#test/fakes/room-answers.ts'
import { firstWorkspace } from '#test/fakes/slack/workspaces.ts'
import { type Connected, finished, type Options, opener, warnedOf, wordsOf } from './connected.ts'

const open = opener()
const csv = 'state,revenue\nTexas,5\n'
const owner = { platform: 'slack', tenant: 'T0CHART', user: 'U0ASKER' } as const

type Taken = Omit<SentFile, 'stream'> & { text: string }

/** Takes files, reads them to their end, and remembers what they were. */
const taker = (then: (taken: Taken) => void | Promise<void> = () => undefined) => {
  const taken: Taken[] = []
  const importFile: ChatUseCases['importFile'] = async ({ stream, ...file }, { signal }) => {
    const pieces: Uint8Array[] = []
    for await (const piece of stream) pieces.push(piece)
    signal.throwIfAborted()
    const one = { ...file, text: Buffer.concat(pieces).toString('utf8') }
    taken.push(one)
    await then(one)
    const name = file.name.replace(/\..*/, '')
    return { ...told(`f${taken.length}`, file.name), title: `${file.name} can be asked about`, domain: name }
  }
  return { taken, useCases: { importFile } }
}

const withTaker = async (options: Options = {}) => {
  const { taken, useCases } = taker()
  return { ...(await open({ ...options, useCases })), taken }
}

const wordsIn = ({ slack }: Pick<Connected, 'slack'>, channel: string) => finished(slack, channel).map(wordsOf)

describe.each(['http', 'socket'] as const)('a file in a direct message over %s', transport => {
  test('is fetched with the token of the bot and becomes its sender’s data, told in the thread', async () => {
    const { slack, engine, said, taken } = await withTaker({ transport })
    const { message, ack } = await slack.dm({ text: '', files: [{ name: 'sales.csv', content: csv }] })
    expect(ack.status).toBe(200)
    const answer = await said('D0ASKER')
    expect(answer.threadTs).toBe(message.ts)
    expect(wordsOf(answer)).toContain('sales.csv can be asked about')
    expect(taken).toEqual([{ name: 'sales.csv', size: 22, owner, text: csv }])
    expect(slack.callsOf('download').map(c => [c.token, c.outcome])).toEqual([['xoxb-fake', 'http 200']])
    expect([engine.asked, engine.warned]).toEqual([[], []])
  })

  test('is taken once, however often it is delivered', async () => {
    const { slack, engine, said, taken } = await withTaker({ transport })
    const { ack } = await slack.dm({ text: 'revenue', files: [{ name: 'sales.csv', content: csv }] })
    const payload = { ...ack.sent.payload, event_id: 'Ev0AGAIN' }
    await Promise.all(
      [1, 2].map(n => slack.send({ kind: 'events', team: 'T0CHART', payload: { ...payload, event_id: `Ev${n}` } })),
    )
    await said('D0ASKER', 2)
    await engine.running.drain(100)
    expect([taken.length, engine.asked.length, slack.answers('D0ASKER').length]).toEqual([1, 1, 2])
  })

  test('of which several come are taken one after the other, and then the words are asked about the last', async () => {
    const order: string[] = []
    const { useCases } = taker(({ name }) => void order.push(name))
    const { slack, engine } = await open({ transport, useCases })
    const names = ['a.csv', 'b.tsv', 'c.parquet']
    const { message } = await slack.dm({
      text: 'revenue by state',
      files: names.map(name => ({ name, content: csv })),
    })
    await slack.waitFor(() => finished(slack, 'D0ASKER').length === 4)
    expect(order).toEqual(names)
    expect(engine.asked).toMatchObject([
      {
        text: 'revenue by state',
        domain: 'c',
        thread: `slack:T0CHART:D0ASKER:${message.ts}`,
        asker: { place: 'D0ASKER', standing: 'member' },
        audience: 'asker',
      },
    ])
    expect(new Set(slack.answers('D0ASKER').map(m => m.threadTs))).toEqual(new Set([message.ts]))
  })

  test('that takes long says how far it is, and Stop ends it', async () => {
    const { useCases, taken } = taker()
    const { slack, said } = await open({ transport, useCases, patience: 20 })
    const serve = (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/csv' })
      response.write(Buffer.alloc(1000, 'a'))
    }
    await slack.dm({ text: 'and then?', files: [{ name: 'long.csv', content: csv, serve }] })
    const working = await slack.waitFor(() => slack.answers('D0ASKER')[0])
    expect(wordsOf(working)).toContain('Fetching long.csv')
    await slack.click({ message: working, action: 'run:stop' })
    expect(wordsOf(await said('D0ASKER'))).toContain('Stopped. Nothing more is running.')
    await slack.waitFor(() => slack.callsOf('download')[0]?.outcome === 'cut off')
    const told = await slack.waitFor(() => slack.answers('D0ASKER')[1])
    expect(wordsOf(told)).toBe('As no file could be read, the question that came with it was not asked.')
    expect(taken).toEqual([])
  })
})

describe('a file in a direct message', () => {
  test('of another organisation, of which the event says only the id, is looked up', async () => {
    const { slack, said, taken } = await withTaker()
    await slack.dm({ text: '', files: [{ name: 'sales.csv', content: csv, isHidden: true }] })
    expect(wordsOf(await said('D0ASKER'))).toContain('sales.csv can be asked about')
    expect(taken).toMatchObject([{ name: 'sales.csv', text: csv }])
    expect(slack.callsOf('files.info')).toHaveLength(1)
  })

  test('is not read again when its message is edited', async () => {
    const { slack, engine, said, taken } = await withTaker()
    const { message } = await slack.dm({ text: 'revenue', files: [{ name: 'sales.csv', content: csv }] })
    await said('D0ASKER', 2)
    await slack.edit({ message, text: 'help' })
    await said('D0ASKER', 3)
    expect([taken.length, engine.asked.map(q => q.text)]).toEqual([1, ['revenue', 'help']])
  })

  test('of a name that would be read as markup is shown as it is', async () => {
    const { slack, said } = await withTaker()
    await slack.dm({ text: '', files: [{ name: '<!channel> *x*\u202Evsc.csv', content: csv }] })
    const answer = await said('D0ASKER')
    expect(answer.text).not.toContain('<!channel>')
    expect(wordsOf(answer)).toContain('<!channel> *x*')
    expect(JSON.stringify(answer.blocks)).not.toContain('\u202E')
  })

  test('beyond the tenth of one message is left out, and that is said', async () => {
    const { slack, taken } = await withTaker()
    const files = Array.from({ length: 12 }, (_, i) => ({ name: `f${i}.csv`, content: csv }))
    await slack.dm({ text: '', files })
    const told = await slack.waitFor(() => slack.answers('D0ASKER').find(m => wordsOf(m).includes('takes 10 files')))
    expect([taken.length, told.text.length > 0]).toEqual([10, true])
  })

  test.each([
    ['photo.PNG', 'photo.PNG is nothing that Chartroom can read as data.', {}],
    ['report.pdf', 'report.pdf is nothing that Chartroom can read as data.', {}],
    ['notes', 'notes is nothing that Chartroom can read as data.', { mode: 'post' }],
    ['huge.csv', 'huge.csv is larger than 100 MB.', { length: 100 * 1024 * 1024 + 1 }],
    ['drive.csv', 'drive.csv is kept elsewhere; Slack has only a link to it.', { mode: 'external' }],
    ['gone.csv', 'gone.csv could not be fetched from Slack.', { mode: 'tombstone', address: '' }],
    ['evil.csv', 'evil.csv could not be fetched from Slack.', { address: 'https://evil.example/files-pri/x' }],
    ['user.csv', 'user.csv could not be fetched from Slack.', { address: 'http://a:b@127.0.0.1:1/x' }],
    ['odd.csv', 'odd.csv could not be fetched from Slack.', { address: 'file:///etc/passwd' }],
  ] as const)('%s is not fetched: %s', async (name, words, more) => {
    const { slack, said, taken } = await withTaker()
    await slack.dm({ text: 'and then?', files: [{ name, content: csv, ...more }] })
    expect(wordsOf(await said('D0ASKER'))).toContain(words)
    expect(wordsOf(await said('D0ASKER', 2))).toBe(
      'As no file could be read, the question that came with it was not asked.',
    )
    expect(wordsIn({ slack }, 'D0ASKER').join('\n')).not.toContain('Try again')
    expect([taken, slack.callsOf('download')]).toEqual([[], []])
  })

  test('that was deleted meanwhile is said to be out of reach', async () => {
    const { slack, said } = await withTaker()
    slack.fail('files.info', { error: 'file_deleted' })
    await slack.dm({ text: '', files: [{ name: 'x.csv', isHidden: true }] })
    expect(wordsOf(await said('D0ASKER'))).toContain('could not be fetched from Slack.')
  })

  test.each([
    ['breaks off', 'cut.csv did not arrive whole.'],
    ['turns out longer than 100 MB', 'cut.csv is larger than 100 MB.'],
    ['is a page', 'cut.csv could not be fetched from Slack.'],
    ['leads elsewhere', 'cut.csv could not be fetched from Slack.'],
  ])(
    'that %s is not taken: %s',
    async (what, words) => {
      const { slack, taken } = await withTaker()
      let elsewhere = 0
      const other = createServer((_, response) => {
        elsewhere += 1
        response.end(csv)
      })
      await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
      const { port } = other.address() as AddressInfo
      const ways: Record<string, (response: ServerResponse) => void> = {
        'breaks off': response => {
          response.writeHead(200, { 'content-length': 1000 })
          response.write('a,b\n', () => response.destroy())
        },
        'turns out longer than 100 MB': response => {
          response.writeHead(200, { 'content-type': 'text/csv' })
          const block = Buffer.alloc(1024 * 1024, 'a')
          const more = () => {
            while (!response.destroyed && response.write(block));
            response.once('drain', more)
          }
          more()
        },
        'is a page': response => {
          response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
          response.end('<!doctype html><title>Sign in</title>')
        },
        'leads elsewhere': response => {
          response.writeHead(302, { location: `http://127.0.0.1:${port}/x` })
          response.end()
        },
      }
      await slack.dm({ text: '', files: [{ name: 'cut.csv', content: csv, serve: ways[what] }] })
      const told = await slack.waitFor(() => finished(slack, 'D0ASKER')[0], 50_000)
      expect(wordsOf(told)).toContain(words)
      expect([taken, elsewhere]).toEqual([[], 0])
      await new Promise<void>(resolve => other.close(() => resolve()))
    },
    60_000,
  )

  test('is asked for again when Slack is busy or stumbles', async () => {
    const { slack, said, taken } = await withTaker()
    slack.fail('download', { retryAfterSeconds: 1 })
    slack.fail('download', { status: 503 })
    await slack.dm({ text: '', files: [{ name: 'sales.csv', content: csv }] })
    expect(wordsOf(await said('D0ASKER'))).toContain('sales.csv can be asked about')
    expect([taken.length, slack.callsOf('download').length]).toEqual([1, 3])
  })

  test('is out of reach for a token without files:read, and that is logged without it', async () => {
    const scopes = ['chat:write', 'im:history', 'users:read']
    const { slack, engine, said, taken } = await withTaker({ slack: { workspaces: [{ ...firstWorkspace, scopes }] } })
    await slack.dm({ text: '', files: [{ name: 'sales.csv', content: csv }] })
    expect(wordsOf(await said('D0ASKER'))).toContain('sales.csv could not be fetched from Slack.')
    expect([taken, engine.logged.length]).toEqual([[], 1])
  })

  test('that cannot be read is told in its own words, and others are read all the same', async () => {
    const importFile: ChatUseCases['importFile'] = async ({ name }) =>
      name === 'old.xls'
        ? { ...refused('r1', name), message: 'old.xls is of an old kind. Save it as .xlsx.' }
        : { ...told('t1', name), title: `${name} can be asked about`, domain: 'good' }
    const { slack, engine } = await open({ useCases: { importFile } })
    await slack.dm({
      text: 'revenue',
      files: [
        { name: 'old.xls', content: 'x' },
        { name: 'good.csv', content: csv },
      ],
    })
    await slack.waitFor(() => finished(slack, 'D0ASKER').length === 3)
    expect(wordsIn({ slack }, 'D0ASKER').slice(0, 2).join('\n')).toMatch(
      /Save it as \.xlsx\.[\s\S]*good\.csv can be asked/,
    )
    expect(engine.asked).toMatchObject([{ text: 'revenue', domain: 'good' }])
    await slack.waitFor(() => slack.callsOf('download').every(c => c.outcome !== 'running'))
  })

  test('that breaks something has no “Try again”, as there is no question', async () => {
    const importFile: ChatUseCases['importFile'] = () => Promise.reject(new TypeError('secret detail'))
    const { slack, said } = await open({ useCases: { importFile } })
    await slack.dm({ text: '', files: [{ name: 'sales.csv', content: csv }] })
    const failure = wordsOf(await said('D0ASKER'))
    expect(failure).toContain('Something went wrong on our side (incident inc-1).')
    expect(failure).not.toMatch(/Try again\n|Try again$|secret/)
  })

  test('that is stopped stops those after it as well', async () => {
    const { useCases, taken } = taker()
    const { slack, said } = await open({ useCases, patience: 20 })
    const serve = (response: ServerResponse) => void response.writeHead(200).write('a')
    const files = [
      { name: 'a.csv', serve },
      { name: 'b.csv', content: csv },
    ]
    await slack.dm({ text: 'revenue', files })
    const working = await slack.waitFor(() => slack.answers('D0ASKER')[0])
    await slack.click({ message: working, action: 'run:stop' })
    expect(wordsOf(await said('D0ASKER', 2))).toBe('The files after that one were not read.')
    expect(taken).toEqual([])
  })

  test('of a guest is not touched', async () => {
    const { slack, said, taken } = await withTaker()
    await slack.dm({ text: '', user: 'U0GUEST', files: [{ name: 'sales.csv', content: csv }] })
    expect(wordsOf(await said('D0GUEST'))).toContain('you are a guest here')
    expect([taken, slack.callsOf('download')]).toEqual([[], []])
  })

  test('does not keep a question waiting', async () => {
    const late = Promise.withResolvers<void>()
    const { useCases } = taker(() => late.promise)
    const { slack, engine } = await open({ useCases })
    for (let i = 0; i < 12; i++) await slack.dm({ text: '', files: [{ name: `f${i}.csv`, content: csv }] })
    await slack.mention({ text: 'help' })
    await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    late.resolve()
    await slack.waitFor(() => finished(slack, 'D0ASKER').length === 12)
    expect(engine.asked).toHaveLength(1)
  })
})

describe('a file in a channel', () => {
  const sent = async (
    options: Options = {},
    text = 'revenue by state',
    files = [{ name: 'sales.csv', content: csv }],
  ) => {
    const room = await withTaker(options)
    const { message } = await room.slack.mention({ text, files })
    const choice = await room.slack.waitFor(() => room.slack.answers('C0GENERAL')[0])
    return { ...room, message, choice }
  }

  test('is not read before its sender, who alone is asked, has said whose it is to be', async () => {
    const { slack, engine, choice, taken } = await sent()
    expect([choice.visibleTo, choice.threadTs]).toEqual(['U0ASKER', undefined])
    expect(wordsOf(choice)).toContain('Who may ask about “sales.csv”?')
    expect(wordsOf(choice)).toContain('Only me')
    expect(wordsOf(choice)).toContain('Everybody in this channel')
    await engine.running.drain(100)
    expect([taken, engine.asked, slack.callsOf('download')]).toEqual([[], [], []])
  })

  test('for the sender alone: what comes of it, and the answer to the words, only they see', async () => {
    const { slack, engine, choice, taken } = await sent()
    await slack.click({ message: choice, action: 'answer:alone' })
    await slack.waitFor(() => slack.answers('C0GENERAL').length === 2)
    expect(slack.answers('C0GENERAL').map(m => m.visibleTo)).toEqual(['U0ASKER', 'U0ASKER'])
    expect(wordsOf(choice)).toContain('sales.csv can be asked about')
    expect(taken).toEqual([{ name: 'sales.csv', size: 22, owner, text: csv }])
    expect(engine.asked).toMatchObject([
      { text: 'revenue by state', domain: 'sales', audience: 'asker', thread: 'slack:T0CHART:C0GENERAL:U0ASKER' },
    ])
  })

  test('for the channel: it is told in the thread, and the words are answered there for all', async () => {
    const { slack, engine, message, choice, taken } = await sent({ transport: 'socket' })
    await slack.click({ message: choice, action: 'answer:together' })
    await slack.waitFor(() => slack.answers('C0GENERAL').length === 2 && choice.deleted)
    expect(slack.answers('C0GENERAL').map(m => [m.visibleTo, m.threadTs])).toEqual(
      Array(2).fill([undefined, message.ts]),
    )
    expect(taken).toEqual([{ name: 'sales.csv', size: 22, owner, text: csv, channel: 'C0GENERAL' }])
    expect(engine.asked).toMatchObject([
      { text: 'revenue by state', domain: 'sales', audience: 'place', thread: `slack:T0CHART:C0GENERAL:${message.ts}` },
    ])
  })

  test('is read once, whichever button is pressed how often', async () => {
    const { slack, engine, choice, taken } = await sent({}, '')
    await slack.click({ message: choice, action: 'answer:together' })
    await slack.waitFor(() => choice.deleted)
    await slack.click({ message: choice, action: 'answer:alone' })
    const told = await slack.waitFor(() => slack.answers('C0GENERAL').find(m => m.visibleTo))
    expect(wordsOf(told)).toBe('These files are being read already.')
    await engine.running.drain(1000)
    expect([taken.length, engine.asked]).toEqual([1, []])
  })

  test('of which there are several are asked about together', async () => {
    const files = [
      { name: 'a.csv', content: csv },
      { name: 'b.csv', content: csv },
    ]
    const { slack, choice, taken } = await sent({}, '', files)
    expect(wordsOf(choice)).toContain('Who may ask about these 2 files?')
    expect(wordsOf(choice)).toContain('“a.csv”, “b.csv”')
    await slack.click({ message: choice, action: 'answer:alone' })
    await slack.waitFor(() => slack.answers('C0GENERAL').length === 2)
    expect(taken.map(t => [t.name, t.channel])).toEqual([
      ['a.csv', undefined],
      ['b.csv', undefined],
    ])
  })

  test('where the bot may not show anything to one person: the question comes as a direct message', async () => {
    const room = await withTaker()
    const { slack, taken } = room
    slack.fail('chat.postEphemeral', { error: 'user_not_in_channel' }, { times: 10 })
    const { message } = await slack.mention({ text: '', files: [{ name: 'sales.csv', content: csv }] })
    const choice = await slack.waitFor(() => slack.answers('D0ASKER')[0])
    await slack.click({ message: choice, action: 'answer:together' })
    const answer = await room.said('C0GENERAL')
    expect([answer.threadTs, choice.deleted, taken[0]?.channel]).toEqual([message.ts, true, 'C0GENERAL'])
  })

  test('delivered twice asks once', async () => {
    const room = await withTaker({ transport: 'socket' })
    const { slack, engine } = room
    const { ack } = await slack.mention({ text: '', files: [{ name: 'sales.csv', content: csv }] })
    await slack.send({ kind: 'events', team: 'T0CHART', payload: { ...ack.sent.payload, event_id: 'Ev0AGAIN' } })
    await slack.waitFor(() => slack.answers('C0GENERAL')[0])
    await engine.running.drain(100)
    expect(slack.answers('C0GENERAL')).toHaveLength(1)
  })

  test('is let be where no files are taken, and the words are asked', async () => {
    const { slack, engine, said } = await open({ useCases: { importFile: undefined } })
    await slack.mention({ text: '', files: [{ name: 'sales.csv', content: csv }] })
    await slack.mention({ text: 'help', files: [{ name: 'sales.csv', content: csv }] })
    await said('C0GENERAL')
    expect([engine.asked.map(q => q.text), warnedOf(engine)]).toEqual([['help'], []])
  })
})
