import { type Chat, cardsOf, type Message } from './chat.ts'
import { checkCard } from './check-card.ts'
import {
  deleteActivity,
  editActivity,
  type InboundParts,
  invokeActivity,
  type Membership,
  membershipActivity,
  messageActivity,
  submitActivity,
} from './inbound.ts'
import type { TokenFlaw, Tokens } from './tokens.ts'
import type { Json, Person, Place, World } from './world.ts'

/** What came of a request to the bot. */
export type Delivery = {
  status: number
  /** Read as JSON when it is JSON, else the text. */
  body: unknown
  headers: Headers
  ms: number
  /** What was sent; `teams.redeliver` sends it again. */
  activity: Json
}

/** What holds for everything a person does, and how to break it. */
export type Doing = {
  /** Where. Default: the personal chat. */
  conversation?: Place
  /** Who. Default: the asker. */
  from?: Person['key']
  /** Message that it is about: for a channel also the thread. */
  replyToId?: string
  locale?: string
  /** Another tenant than the one of the token and the bot. */
  tenant?: string
  /** Another service URL in the activity than in the token. */
  serviceUrl?: string
  token?: TokenFlaw
  /** Last change to the activity, to break it in any way. */
  alter?: (activity: Json) => unknown
  /** Sends this as it is instead of the activity. */
  raw?: string
  headers?: Record<string, string>
}

export type Saying = Doing & {
  text: string
  /** In groups and channels the default is yes, but for targeted messages. */
  mention?: boolean
  /** A slash command: private to the sender. */
  targeted?: boolean
}

export type Sender = {
  /** A person writes a message. */
  message: (saying: Saying) => Promise<Delivery>
  /** A person edits their message of this id. */
  editMessage: (id: string, saying: Saying) => Promise<Delivery>
  deleteMessage: (id: string, doing?: Doing) => Promise<Delivery>
  /** The connector delivers an activity again, with a fresh token. */
  redeliver: (delivery: Delivery) => Promise<Delivery>
  /** A press of an Action.Execute. A card in the answer is checked (`problems`) and becomes that person's view of the message. */
  execute: (
    press: Doing & { verb?: string; data?: Json; id?: string },
  ) => Promise<Delivery & { card?: Json; problems: string[] }>
  /** A press of an Action.Submit, or with `text` of a messageBack button. */
  submit: (press: Doing & { value: unknown; text?: string }) => Promise<Delivery>
  /** Presses the button with this title on a message, with values typed into its inputs: whatever kind it is. */
  press: (message: Message, title: string, doing?: Doing & { inputs?: Json }) => Promise<Delivery>
  /** Thumbs under a message: what the default form sends. */
  feedback: (given: Doing & { reaction: 'like' | 'dislike'; text?: string }) => Promise<Delivery>
  /** Thumbs with a form of the bot's own: asks for the form. `problems` of its card. */
  feedbackForm: (
    given: Doing & { reaction: 'like' | 'dislike' },
  ) => Promise<Delivery & { card?: Json; problems: string[] }>
  /** Any invoke, for instance `task/fetch`. */
  invoke: (name: string, value: unknown, doing?: Doing) => Promise<Delivery>
  /** People or the bot come and go. */
  membership: (change: Membership, doing?: Doing) => Promise<Delivery>
  /** Any activity as it is. */
  activity: (activity: Json, doing?: Doing) => Promise<Delivery>
}

export type SenderParts = { world: World; chat: Chat; tokens: Tokens; serviceUrl: string; botUrl: () => string }

/** The side of Teams that calls the bot. Every call waits for the bot's answer. */
export const createSender = (parts: SenderParts): Sender => {
  const { world, chat } = parts
  const at = (doing: Doing, id = chat.nextId()): InboundParts => {
    const conversation = world.conversations[doing.conversation ?? 'personal']
    const about = doing.replyToId === undefined ? undefined : chat.find(conversation, doing.replyToId)
    return {
      world,
      serviceUrl: doing.serviceUrl ?? parts.serviceUrl,
      conversation,
      from: world.people[doing.from ?? 'asker'],
      id,
      ...(doing.replyToId && { replyToId: doing.replyToId, thread: about?.thread ?? doing.replyToId }),
      ...(doing.tenant && { tenant: doing.tenant }),
      ...(doing.locale && { locale: doing.locale }),
    }
  }
  const post = (activity: Json, doing: Doing = {}) => deliver(parts, activity, doing)
  const invoke: Sender['invoke'] = (name, value, doing = {}) => post(invokeActivity(at(doing), name, value), doing)

  const sender: Sender = {
    message: async saying => {
      const where = at(saying)
      const activity = messageActivity(where, wordsOf(saying))
      keep(chat, where, activity, saying.targeted)
      return post(activity, saying)
    },
    editMessage: async (id, saying) => {
      const where = at(saying, id)
      const message = chat.find(where.conversation, id)
      const activity = editActivity({ ...where, ...(message?.thread && { thread: message.thread }) }, wordsOf(saying))
      if (message) chat.rewrite(message, activity)
      return post(activity, saying)
    },
    deleteMessage: async (id, doing = {}) => {
      const where = at(doing, id)
      const message = chat.find(where.conversation, id)
      if (message) message.deleted = true
      return post(deleteActivity(where), doing)
    },
    redeliver: ({ activity }) => post(activity),
    execute: async press => {
      const { verb, data = {}, id } = press
      const action = { type: 'Action.Execute', ...(id && { id }), ...(verb && { verb }), data }
      const delivery = await invoke('adaptiveCard/action', { action, trigger: 'manual' }, press)
      const { card, problems } = executed(delivery)
      const message = press.replyToId && chat.find(at(press).conversation, press.replyToId)
      if (card && message) message.views.set(press.from ?? 'asker', card)
      return { ...delivery, ...(card && { card }), problems }
    },
    submit: press => post(submitActivity(at(press), press.value, press.text), press),
    press: (message, title, doing = {}) => pressButton(sender, message, { title, doing }),
    feedback: given => {
      const feedback = JSON.stringify({ feedbackText: given.text ?? '' })
      const actionValue = { reaction: given.reaction, feedback }
      return invoke('message/submitAction', { actionName: 'feedback', actionValue }, given)
    },
    feedbackForm: async given => {
      const data = { actionName: 'feedback', actionValue: { reaction: given.reaction } }
      const delivery = await invoke('message/fetchTask', { data }, given)
      return { ...delivery, ...dialogOf(delivery) }
    },
    invoke,
    membership: (change, doing = {}) => post(membershipActivity(at(doing), change), doing),
    activity: post,
  }
  return sender
}

const wordsOf = ({ text, mention, targeted = false, conversation = 'personal' }: Saying) => ({
  text,
  mention: mention ?? (conversation !== 'personal' && !targeted),
  targeted,
})

const keep = (chat: Chat, { conversation, from, id, thread }: InboundParts, activity: Json, targeted?: boolean) =>
  chat.post({ id, conversation, from, activity, ...(thread && { thread }), ...(targeted && { to: from }) })

const deliver = async ({ tokens, botUrl }: SenderParts, activity: Json, doing: Doing): Promise<Delivery> => {
  const token = await tokens.forBot(doing.token)
  const sent = doing.alter ? doing.alter(structuredClone(activity)) : activity
  const start = performance.now()
  const response = await fetch(botUrl(), {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
      ...(token && { authorization: `Bearer ${token}` }),
      ...doing.headers,
    },
    body: doing.raw ?? JSON.stringify(sent),
  })
  const text = await response.text()
  const ms = performance.now() - start
  return { status: response.status, body: readJson(text), headers: response.headers, ms, activity: sent as Json }
}

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format */
const executed = ({ status, body }: Delivery): { card?: Json; problems: string[] } => {
  const { statusCode, type, value } = (typeof body === 'object' && body !== null ? body : {}) as Json
  if (status !== 200) return { problems: [`HTTP ${status}`] }
  if (type === 'application/vnd.microsoft.card.adaptive')
    return { card: value as Json, problems: statusCode === 200 ? checkCard(value) : [`statusCode ${statusCode}`] }
  if (type === 'application/vnd.microsoft.activity.message')
    return { problems: statusCode === 200 && typeof value === 'string' ? [] : ['a message response needs a text'] }
  if (type === 'application/vnd.microsoft.error')
    return {
      problems: [400, 500].includes(Number(statusCode)) && value ? [] : ['an error response needs code and message'],
    }
  return { problems: [`response of type ${type}`] }
}

/** A dialog: its card, and what is wrong with it. https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots */
export const dialogOf = ({ status, body }: Delivery): { card?: Json; problems: string[] } => {
  if (status !== 200) return { problems: [`HTTP ${status}`] }
  const task = (body as Json | null)?.task as Json | undefined
  if (task?.type === 'message') return { problems: typeof task.value === 'string' ? [] : ['a message needs a text'] }
  if (task?.type !== 'continue') return { problems: [`task of type ${task?.type}`] }
  const card = ((task.value as Json | undefined)?.card as Json | undefined)?.content as Json | undefined
  return card ? { card, problems: checkCard(card) } : { problems: ['a dialog needs a card'] }
}

const pressButton = async (
  sender: Sender,
  message: Message,
  { title, doing }: { title: string; doing: Doing & { inputs?: Json } },
): Promise<Delivery> => {
  const cards = cardsOf(message, doing.from ?? 'asker')
  const action = cards.flatMap(buttonsOf).find(button => button.title === title)
  if (!action)
    throw new Error(
      `no button “${title}”; there is ${cards
        .flatMap(buttonsOf)
        .map(b => b.title)
        .join(', ')}`,
    )
  const where = { conversation: message.conversation.place, replyToId: message.id, ...doing }
  const data = typeof action.data === 'object' && action.data !== null ? (action.data as Json) : {}
  const typed = { ...data, ...doing.inputs }
  if (action.type === 'Action.Execute')
    return sender.execute({
      ...where,
      data: typed,
      ...(action.verb ? { verb: String(action.verb) } : {}),
      ...(action.id ? { id: String(action.id) } : {}),
    })
  if (action.type !== 'Action.Submit') throw new Error(`“${title}” is ${action.type}, which the bot hears nothing of`)
  const { msteams, ...value } = typed as Json & { msteams?: Json }
  if (msteams?.type === 'task/fetch')
    return sender.invoke('task/fetch', { data: { ...value, type: 'task/fetch' }, context: { theme: 'default' } }, where)
  if (msteams?.type === 'messageBack')
    return sender.submit({ ...where, value: msteams.value, text: String(msteams.text ?? '') })
  if (msteams?.type === 'imBack') return sender.message({ ...where, text: String(msteams.value) })
  return sender.submit({ ...where, value })
}

/** Every button of a card, wherever it is. */
export const buttonsOf = (value: unknown): Json[] => {
  if (Array.isArray(value)) return value.flatMap(buttonsOf)
  if (typeof value !== 'object' || value === null) return []
  const item = value as Json
  const own = typeof item.type === 'string' && item.type.startsWith('Action.') ? [item] : []
  return [...own, ...Object.entries(item).flatMap(([key, child]) => (key === 'data' ? [] : buttonsOf(child)))]
}
