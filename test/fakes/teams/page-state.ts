import type { Call } from './answering.ts'
import { cardsOf, type Message } from './chat.ts'
import type { FakeTeams } from './teams.ts'
import type { Json, Person, Place } from './world.ts'

/** What the page shows of one conversation to one person. */
export const pageState = (teams: FakeTeams, { as, place }: { as: Person['key']; place: Place }) => {
  const { people, conversations } = teams.world
  const here = (conversation: object) => conversation === conversations[place]
  const stream = teams.streams.findLast(({ conversation, state }) => here(conversation) && state === 'open')
  const lastMessage = Number(teams.messages(place).at(-1)?.id ?? 0)
  const typed = teams.typing.findLast(({ conversation }) => here(conversation))
  return {
    people: Object.values(people).map(({ key, name }) => ({ key, name })),
    places: Object.values(conversations).map(({ place, name, type }) => ({ place, name: `${labels[type]}: ${name}` })),
    messages: inThreads(teams.seenBy(as, place)).map(message => shown(message, { as, botName: teams.world.bot.name })),
    typing: typed !== undefined && Number(typed.id) > lastMessage,
    ...(stream && { streaming: stream.chunks.at(-1)?.text }),
    ...refused(teams.failed().at(-1), teams.calls.at(-1)),
  }
}

const labels = { personal: 'Chat', groupChat: 'Group', channel: 'Channel' }

/** Roots in order, each with its replies after it. */
const inThreads = (messages: Message[]): Message[] => {
  const roots = messages.filter(({ thread }) => thread === undefined || !messages.some(({ id }) => id === thread))
  return roots.flatMap(root => [root, ...messages.filter(({ thread }) => thread === root.id)])
}

const shown = (message: Message, { as, botName }: { as: Person['key']; botName: string }) => {
  const { from, activity } = message
  const attachments = (activity.attachments ?? []) as Json[]
  const entities = (activity.entities ?? []) as Json[]
  const channelData = (activity.channelData ?? {}) as { feedbackLoop?: { type: string } }
  const html =
    from === 'bot' ? activity.text : attachments.find(({ contentType }) => contentType === 'text/html')?.content
  return {
    id: message.id,
    from: from === 'bot' ? 'bot' : from.key,
    author: from === 'bot' ? botName : from.name,
    mine: from !== 'bot' && from.key === as,
    private: message.to !== undefined,
    edited: message.earlier.length > 0,
    thread: message.thread,
    html,
    words: plain(String(activity.text ?? '')),
    cards: cardsOf(message, as),
    pictures: attachments
      .filter(({ contentType }) => String(contentType).startsWith('image/'))
      .map(({ contentUrl }) => contentUrl),
    suggestions: suggestionsOf(activity),
    ai: entities.some(
      ({ additionalType }) => Array.isArray(additionalType) && additionalType.includes('AIGeneratedContent'),
    ),
    feedback: channelData.feedbackLoop?.type,
  }
}

/** Teams shows three. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/suggested-actions */
const suggestionsOf = ({ suggestedActions }: Json) =>
  (((suggestedActions as Json | undefined)?.actions ?? []) as Json[])
    .slice(0, 3)
    .map(({ title, value }) => ({ title, value }))

const plain = (text: string) =>
  text
    .replace(/<at>[^<]*<\/at>(&nbsp;)?/, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** The last call of the bot, when the connector did not take it. */
const refused = (failed: Call | undefined, last: Call | undefined) =>
  failed && failed === last
    ? {
        refused: `The connector refused (${failed.operation}): ${failed.status} ${failed.error?.code} ${failed.error?.message}`,
      }
    : {}
