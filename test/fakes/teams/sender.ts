import { buttonsOf, pressAction } from './buttons.ts'
import { type Chat, cardsOf, type Message } from './chat.ts'
import { type Delivery, type Doing, deliver } from './deliver.ts'
import type { Files, SentFile } from './files.ts'
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
import { dialogOf, executed, type Shown } from './invoke-answers.ts'
import type { Tokens } from './tokens.ts'
import type { Json, World } from './world.ts'

export type Saying = Doing & {
  text: string
  /** In groups and channels the default is yes, but for targeted messages. */
  mention?: boolean
  /** A slash command: private to the sender. */
  targeted?: boolean
  /** Files of the sender's OneDrive; in the personal chat only. */
  files?: SentFile[]
  /** Pictures pasted into the message. */
  pictures?: number
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
  execute: (press: Doing & { verb?: string; data?: Json; id?: string }) => Promise<Delivery & Shown>
  /** A press of an Action.Submit, or with `text` of a messageBack button. */
  submit: (press: Doing & { value: unknown; text?: string }) => Promise<Delivery>
  /** Presses the button with this title on a message, with values typed into its inputs: whatever kind it is. */
  press: (message: Message, title: string, doing?: Doing & { inputs?: Json }) => Promise<Delivery>
  /** The same with the action itself. */
  pressAction: (action: Json, doing: Doing & { inputs?: Json }) => Promise<Delivery>
  /** Thumbs under a message: what the default form sends with `text`, or a form of the bot's own with its `inputs`. */
  feedback: (given: Doing & { reaction: 'like' | 'dislike'; text?: string; inputs?: Json }) => Promise<Delivery>
  /** Thumbs with a form of the bot's own: asks for the form. `problems` of its card. */
  feedbackForm: (given: Doing & { reaction: 'like' | 'dislike' }) => Promise<Delivery & Shown>
  /** Any invoke, for instance `task/fetch`. */
  invoke: (name: string, value: unknown, doing?: Doing) => Promise<Delivery>
  /** People or the bot come and go. */
  membership: (change: Membership, doing?: Doing) => Promise<Delivery>
  /** Any activity as it is. */
  activity: (activity: Json, doing?: Doing) => Promise<Delivery>
}

export type SenderParts = {
  world: World
  chat: Chat
  tokens: Tokens
  files: Files
  serviceUrl: string
  botUrl: () => string
}

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
      const activity = withFiles(messageActivity(where, wordsOf(saying)), saying, parts)
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
      const shown = executed(delivery)
      const message = press.replyToId && chat.find(at(press).conversation, press.replyToId)
      if (shown.card && message) message.views.set(press.from ?? 'asker', shown.card)
      return { ...delivery, ...shown }
    },
    submit: press => post(submitActivity(at(press), press.value, press.text), press),
    press: (message, title, doing = {}) => {
      const buttons = cardsOf(message, doing.from ?? 'asker').flatMap(buttonsOf)
      const action = buttons.find(button => button.title === title)
      if (!action) throw new Error(`no button “${title}”, only ${buttons.map(button => button.title).join(', ')}`)
      return sender.pressAction(action, { conversation: message.conversation.place, replyToId: message.id, ...doing })
    },
    pressAction: (action, doing) => pressAction(sender, action, doing),
    feedback: given => {
      const feedback = JSON.stringify(given.inputs ?? { feedbackText: given.text ?? '' })
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

const withFiles = (activity: Json, { files = [], pictures = 0 }: Saying, parts: SenderParts): Json => ({
  ...activity,
  attachments: [
    ...(activity.attachments as Json[]),
    ...files.map(parts.files.attachment),
    ...Array.from({ length: pictures }, (_, i) => ({
      contentType: 'image/*',
      contentUrl: `${parts.serviceUrl}v3/attachments/0-weu-d${i}/views/original`,
    })),
  ],
})

const keep = (chat: Chat, { conversation, from, id, thread }: InboundParts, activity: Json, targeted?: boolean) =>
  chat.post({ id, conversation, from, activity, ...(thread && { thread }), ...(targeted && { to: from }) })
