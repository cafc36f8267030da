import { afterEach, describe, expect, test } from 'vitest'
import type { ChatUseCases, SentFile } from '#handlers/chat/use-cases.ts'
import { isFileUrl } from '#handlers/teams/downloads.ts'
import type { Told } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { FakeTeams } from '#test/fakes/teams/teams.ts'
import { all, type Bot, type BotOptions, says, startBot } from './bot.ts'

let bot: Bot
afterEach(() => bot.stop())

type Imported = Omit<SentFile, 'stream'> & { text: string }

/** Reads what it is given and tells of it; remembers what it was. */
const importing = () => {
  const imported: Imported[] = []
  const importFile: ChatUseCases['importFile'] = async ({ stream, ...file }, { onStatus }) => {
    onStatus('Reading the file…')
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    if (text === 'bad') throw ChartroomError.of('engine/busy')
    imported.push({ ...file, text })
    return toldOf(file.name, `i${imported.length}`)
  }
  return { imported, importFile }
}

const toldOf = (name: string, id: string): Told => ({
  status: 'told',
  id,
  question: name,
  domain: name.replace('.csv', ''),
  title: `${name} can be asked about`,
  paragraphs: ['3 rows, 2 columns.'],
  items: [],
  choices: [{ label: 'How many rows?', question: 'how many rows' }],
})

const start = async ({ useCases, ...options }: BotOptions = {}) => {
  const { imported, importFile } = importing()
  bot = await startBot({ ...options, useCases: { importFile, ...useCases } })
  return { ...bot, imported }
}

const csv = (name: string, text = 'a,b\n1,2\n') => ({ name, bytes: Buffer.from(text) })
/** A full stop within a name is kept from becoming a link by a sign that nobody sees. */
const seen = (text: string) => text.replaceAll('\u2060', '')
const shown = (teams: FakeTeams) => teams.messages('personal').map(message => seen(says(message)))

describe('a file in the personal chat', () => {
  test('is fetched and becomes data of its sender, which the answer tells with questions to ask', async () => {
    const { teams, imported, engine, quiet } = await start()
    await teams.message({ text: '', files: [csv('Ümsätze Q1.csv')] })
    await quiet()
    const owner = { platform: 'teams', tenant: teams.world.tenantId, user: teams.world.people.asker.aadObjectId }
    expect(imported).toEqual([{ name: 'Ümsätze Q1.csv', size: 8, owner, text: 'a,b\n1,2\n' }])
    expect(shown(teams)).toEqual([expect.stringContaining('Ümsätze Q1.csv can be asked about')])
    expect(all(teams.messages('personal')[0]!.activity, 'Action.Execute').map(({ title }) => title)).toContain(
      'How many rows?',
    )
    expect([teams.fetched, engine.asked, teams.failed()]).toEqual([['Ümsätze Q1.csv'], [], []])
  })

  test('with words beside it: they are asked afterwards, of the new data', async () => {
    const { teams, engine, quiet } = await start()
    await teams.message({ text: 'revenue', files: [csv('a.csv'), csv('b.csv')] })
    await quiet()
    expect(engine.asked).toMatchObject([{ text: 'revenue', domain: 'b' }])
    expect(shown(teams).map(text => /(\w\.csv can be|Which revenue)/.exec(text)?.[0])).toEqual([
      'a.csv can be',
      'b.csv can be',
      'Which revenue',
    ])
  })

  test('of several that fails does not keep the others from being taken, and cannot be “tried again” as a question', async () => {
    const { teams, imported, quiet } = await start()
    await teams.message({ text: '', files: [csv('a.csv', 'bad'), csv('b.csv'), { name: 'c.csv', status: 403 }] })
    await quiet()
    expect(imported.map(({ name }) => name)).toEqual(['b.csv'])
    expect(shown(teams)[0]).toContain('Too many questions are running at once.')
    expect(shown(teams)[2]).toContain('c.csv could not be fetched from OneDrive.')
    const titles = teams.messages('personal').flatMap(m => all(m.activity, 'Action.Execute').map(({ title }) => title))
    expect(titles).not.toContain('Try again')
  })

  test('more than ten at once: ten are taken, and it is said', async () => {
    const { teams, imported, quiet } = await start()
    await teams.message({ text: '', files: Array.from({ length: 11 }, (_, i) => csv(`f${i}.csv`)) })
    await quiet()
    expect(imported).toHaveLength(10)
    expect(shown(teams).at(-1)).toBe('I take 10 files of one message; please send the others in another one.')
  }, 30_000)

  test('delivered again is not taken twice', async () => {
    const { teams, imported } = await start()
    const sent = await teams.message({ text: 'revenue', files: [csv('a.csv')] })
    await teams.waitFor(() => teams.messages('personal').length === 2)
    await teams.redeliver(sent)
    await bot.quiet()
    expect([imported.length, teams.messages('personal').length]).toEqual([1, 2])
  })

  test('that takes long is shown with words and Stop, which ends it', async () => {
    let stopped = false
    const importFile: ChatUseCases['importFile'] = async (_, { signal, onStatus }) => {
      onStatus('Reading the file…')
      await new Promise(done => signal.addEventListener('abort', done))
      stopped = true
      throw new Error('stopped')
    }
    const { teams } = await start({ patience: 20, useCases: { importFile } })
    await teams.message({ text: '', files: [csv('a.csv')] })
    const message = await teams.waitFor(() => teams.messages('personal')[0])
    expect(seen(says(message))).toMatch(/Fetching a\.csv…|Reading the file…/)
    await teams.press(message, 'Stop')
    await teams.waitFor(() => says(message).includes('Stopped. Nothing more is running.'))
    expect(stopped).toBe(true)
  })

  test('is not taken where no files are', async () => {
    const { teams, quiet } = await start({ useCases: { importFile: undefined } })
    await teams.message({ text: '', files: [csv('a.csv')] })
    await quiet()
    expect([shown(teams)[0], teams.fetched]).toEqual([expect.stringContaining('This Chartroom takes no files.'), []])
  })
})

describe('a download', () => {
  const refused = async (file: Parameters<FakeTeams['message']>[0]['files']) => {
    const { teams, imported, quiet } = await start()
    await teams.message({ text: '', files: file })
    await quiet()
    expect(imported).toEqual([])
    return { said: shown(teams)[0], teams }
  }

  test.each([
    ['another site', 'https://evil.example/a.csv'],
    ['a service of this machine', 'http://127.0.0.1:1/a.csv'],
    ['a file of this machine', 'file:///etc/passwd'],
    ['no address', 'nothing'],
  ])('from %s is not even begun', async (_, downloadUrl) => {
    const { said, teams } = await refused([{ name: 'a.csv', downloadUrl }])
    expect([said, teams.fetched]).toEqual([expect.stringContaining('a.csv could not be fetched from OneDrive.'), []])
  })

  test.each(['https://evil.example/', 'http://127.0.0.1:1/', 'http://[::1]/', '//evil.example/x'])(
    'that leads on to %s ends there',
    async redirect => {
      const { said } = await refused([{ name: 'a.csv', redirect }])
      expect(said).toContain('a.csv could not be fetched from OneDrive.')
    },
  )

  test('that leads round in a circle ends', async () => {
    const { teams } = await refused([{ name: 'a.csv', redirect: '/personal/avery/_layouts/15/download.aspx/0' }])
    expect(teams.fetched).toHaveLength(4)
  })

  test('that leads on within OneDrive goes on there', async () => {
    const { teams, imported, quiet } = await start()
    const redirect = '/personal/avery/_layouts/15/download.aspx/1'
    await teams.message({ text: '', files: [{ name: 'a.csv', redirect }, csv('b.csv')] })
    await quiet()
    expect(imported.map(({ name, text }) => [name, text])).toEqual([
      ['a.csv', 'a,b\n1,2\n'],
      ['b.csv', 'a,b\n1,2\n'],
    ])
  })

  test('of more than 100 MB ends when that is known, by what is announced or by what comes', async () => {
    const { said } = await refused([{ name: 'a.csv', endless: 110 * 1024 * 1024 }])
    expect(said).toContain('a.csv is larger than 100 MB.')
  }, 60_000)

  const nowhere = { playground: false }
  test.each([
    ['https://contoso-my.sharepoint.com/personal/avery/_layouts/15/download.aspx?UniqueId=1&tempauth=x', true],
    ['https://contoso.sharepoint.com/x', true],
    ['http://contoso-my.sharepoint.com/x', false],
    ['https://contoso-my.sharepoint.com:8443/x', false],
    ['https://user@contoso-my.sharepoint.com/x', false],
    ['https://sharepoint.com/x', false],
    ['https://a.b.sharepoint.com/x', false],
    ['https://contoso.sharepoint.com.evil.example/x', false],
    ['https://evil-sharepoint.com/x', false],
    ['https://127.0.0.1/x', false],
  ])('in production, %s: %s', (url, taken) => {
    expect(isFileUrl(url, nowhere)).toBe(taken)
  })
})

describe('other things in a message', () => {
  test('a picture without words: a sentence says that pictures are not looked at', async () => {
    const { teams, engine, quiet } = await start()
    await teams.message({ text: '', pictures: 1 })
    await quiet()
    expect([shown(teams), engine.asked]).toEqual([
      ['I cannot look at pictures. Ask in words, or send me a file with data in our own chat.'],
      [],
    ])
  })

  test('a picture beside words: the words are asked', async () => {
    const { teams, engine, quiet } = await start()
    await teams.message({ text: 'revenue', pictures: 2 })
    await quiet()
    expect(engine.asked.map(({ text }) => text)).toEqual(['revenue'])
  })

  test('a file in a group, should one ever come: only its sender is told where to send it', async () => {
    const { teams, imported, quiet } = await start()
    await teams.message({ text: '', conversation: 'group', files: [csv('a.csv')] })
    await quiet()
    const [message] = teams.messages('group')
    expect([message?.to?.key, says(message), imported, teams.fetched]).toEqual([
      'asker',
      'Please send me files in our own chat: there they become data that only you can ask about.',
      [],
      [],
    ])
  })

  test.each([
    ['no list', 'attachments', 'none'],
    [
      'odd things',
      'attachments',
      [null, 5, { contentType: 7 }, { contentType: 'application/vnd.microsoft.teams.file.download.info' }],
    ],
  ])('attachments that are %s do no harm', async (_, key, value) => {
    const { teams, quiet } = await start()
    const { status } = await teams.message({ text: 'revenue', alter: activity => ({ ...activity, [key]: value }) })
    await quiet()
    expect(status).toBe(Array.isArray(value) ? 200 : 400)
  })
})
