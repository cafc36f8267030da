import { cardsOf, type Message } from '#test/fakes/teams/chat.ts'
import { says, startBot } from '#test/handlers/teams/bot.ts'
import { type Chat, type Contract, clickOf, clicksIn, objectsIn, type Seen } from './chat.ts'

const conversation = 'channel'

/** Teams, by the real SDK over HTTP. */
export const teamsOverHttp: Contract = {
  name: 'Teams over HTTP',
  // https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/text-features
  reads: /<at>|(?<!\\)\[[^\]]*(?<!\\)\]\(|\{\{(?:DATE|TIME)|(?<!\\)\*\S+(?<!\\)\*/,
  open: async (settings = {}) => {
    const bot = await startBot(settings)
    const { teams, engine } = bot
    const told: string[] = []
    const press: Chat['press'] = async (seen, beginning, who = 'asker') => {
      const click = clickOf(seen, beginning)
      const [, menu] = /^menu\.(\w+)\./.exec(click) ?? []
      const what = menu ? { verb: 'chosen', data: { [menu]: click } } : { verb: 'click', data: { click } }
      const reply = await teams.execute({ ...what, conversation, from: who, replyToId: seen.id })
      if (typeof reply.body === 'string' || !reply.card) told.push(JSON.stringify(reply.body))
      return reply
    }
    return {
      engine,
      mention: async text => {
        const sent = await teams.message({ text, conversation })
        return {
          again: () => teams.redeliver(sent),
          change: changed => teams.editMessage(String(sent.activity.id), { text: changed, conversation }),
        }
      },
      command: text => teams.message({ text, conversation, targeted: true }),
      seen: () =>
        teams
          .messages(conversation)
          .filter(m => !m.deleted)
          .map(seenOf),
      press,
      details: async seen => seen.words,
      told: () => told,
      trouble: {
        pictures: () => teams.script({ status: 413, times: 2 }),
        busy: () => teams.script({ status: 429, retryAfter: 1 }),
        lostPost: () => teams.script({ lost: true }),
        shutOut: () => teams.close(conversation, 'removed'),
      },
      quiet: async () => {
        await teams.waitFor(() => engine.running.size() === 0)
        await new Promise(done => setTimeout(done, 50))
      },
      end: async grace => {
        await bot.platform.stop()
        await engine.running.drain(grace)
      },
      close: bot.stop,
    }
  },
}

const seenOf = (message: Message): Seen => {
  const cards = cardsOf(message, 'asker')
  const parts = objectsIn(cards)
  return {
    id: message.id,
    words: says(message, 'asker'),
    pictures: parts.filter(o => o.type === 'Image').map(o => String(o.altText)),
    isNative: parts.some(o => String(o.type).startsWith('Chart.')),
    clicks: clicksIn(cards),
    markup: parts.filter(o => o.type === 'TextBlock' || 'facts' in o).map(o => JSON.stringify(o.text ?? o.facts)),
    isPrivate: message.to !== undefined,
    edits: message.earlier.length,
  }
}
