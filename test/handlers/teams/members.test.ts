import { afterEach, describe, expect, test } from 'vitest'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import { type Bot, says, startBot } from './bot.ts'

let bot: Bot
afterEach(() => bot.stop())

const start = async () => {
  bot = await startBot()
  return bot
}

describe('the bot is added', () => {
  test('to a personal chat: it says hello once, with questions to click, however often Teams tells of it', async () => {
    const { teams, quiet } = await start()
    await Promise.all([
      teams.membership({ kind: 'installed' }),
      teams.membership({ kind: 'bot-added' }),
      teams.membership({ kind: 'upgraded' }),
    ])
    await quiet()
    const [message, ...more] = teams.messages('personal')
    expect(more).toEqual([])
    expect(says(message)).toContain('Hello, I am Chartroom')
    expect(message!.activity.suggestedActions).toEqual({
      to: [],
      actions: [
        'Revenue by category last month',
        'Top 5 states by orders this year',
        'Why did returns of Clothing jump in January?',
      ].map(text => ({ type: 'imBack', title: text, value: text })),
    })
    expect(teams.failed()).toEqual([])
  })

  test('to a team: it says there how to be asked, without prompts', async () => {
    const { teams, quiet } = await start()
    await teams.membership({ kind: 'bot-added' }, { conversation: 'channel' })
    await quiet()
    const [message] = teams.messages('channel')
    expect(says(message)).toContain('Mention me and ask')
    expect(message!.activity.suggestedActions).toBeUndefined()
  })

  test('with questions that those may ask who read them: never what only the machine’s own user sees', async () => {
    const asked: Parameters<ChatUseCases['examples']>[] = []
    const examples: ChatUseCases['examples'] = (...given) => {
      asked.push(given)
      return ['Orders']
    }
    bot = await startBot({ useCases: { examples } })
    const { teams, quiet } = bot
    await teams.membership({ kind: 'bot-added' }, { conversation: 'channel' })
    await teams.membership({ kind: 'bot-added' }, { conversation: 'personal' })
    await quiet()
    const who = {
      platform: 'teams',
      name: 'Avery Example',
      standing: 'member',
      tenant: expect.any(String),
      user: expect.any(String),
    }
    expect(asked).toEqual([
      [{ ...who, place: expect.stringContaining('@thread.tacv2') }, 'place'],
      [{ ...who, place: expect.any(String) }, 'asker'],
    ])
  })

  test('again after it was removed: it says hello again', async () => {
    const { teams } = await start()
    for (const times of [1, 2]) {
      await teams.membership({ kind: 'bot-added' }, { conversation: 'group' })
      await teams.waitFor(() => teams.messages('group').length === times)
      await teams.membership({ kind: 'bot-removed' }, { conversation: 'group' })
    }
  })

  test('other people who come and go are not greeted', async () => {
    const { teams, quiet } = await start()
    const people = [teams.world.people.colleague]
    await teams.membership({ kind: 'joined', people }, { conversation: 'group' })
    await teams.membership({ kind: 'left', people }, { conversation: 'group' })
    await teams.membership({ kind: 'renamed', name: 'New' }, { conversation: 'channel' })
    await quiet()
    expect(teams.calls).toEqual([])
  })
})

describe('a conversation', () => {
  test('is kept with where it is now, without names or texts', async () => {
    const { teams, kept, quiet } = await start()
    await teams.message({ text: 'revenue' })
    await teams.message({ text: 'revenue', conversation: 'channel' })
    await quiet()
    const { tenantId, conversations, people, bot: self } = teams.world
    const common = { serviceUrl: teams.serviceUrl, tenant: tenantId, bot: { id: self.id } }
    expect(Object.fromEntries(kept)).toEqual({
      [`teams:${tenantId}:${conversations.personal.id}`]: {
        ...common,
        conversation: { id: conversations.personal.id, type: 'personal' },
        user: people.asker.aadObjectId,
      },
      [`teams:${tenantId}:person:${people.asker.aadObjectId}`]: {
        tenant: tenantId,
        user: people.asker.aadObjectId,
        chat: conversations.personal.id,
      },
      [`teams:${tenantId}:${conversations.channel.id}`]: {
        ...common,
        conversation: { id: conversations.channel.id, type: 'channel' },
      },
    })
  })

  test('that is removed is remembered as dead', async () => {
    const { teams, kept, quiet } = await start()
    await teams.membership({ kind: 'uninstalled' })
    await quiet()
    expect([...kept.values()]).toMatchObject([{ dead: true }])
  })
})

describe('somebody is told something', () => {
  const owner = ({ teams }: Bot) => {
    const { tenantId: tenant, people } = teams.world
    return { platform: 'teams', tenant, user: people.asker.aadObjectId } as const
  }

  test('in their personal chat, as the words are', async () => {
    const { teams, quiet, platform } = await start()
    await teams.message({ text: 'revenue' })
    await quiet()
    await platform.tell!(owner(bot), '<b>Avery</b> asked 1,200 questions *today*.')
    expect(teams.messages('personal').at(-1)?.activity).toMatchObject({
      text: '<b>Avery</b> asked 1,200 questions *today*.',
      textFormat: 'plain',
    })
  })

  test('unless they never wrote there or the bot was removed: that is noted, and nothing else happens', async () => {
    const { teams, engine, quiet, platform } = await start()
    await platform.tell!(owner(bot), 'words')
    await teams.message({ text: 'revenue' })
    await teams.membership({ kind: 'uninstalled' })
    await quiet()
    const before = teams.calls.length
    await platform.tell!(owner(bot), 'words')
    expect([engine.warned.map(({ event }) => event), teams.calls.length]).toEqual([['untold', 'untold'], before])
  })
})
