import type { Chat } from './chat.ts'
import { failure, type Reply } from './errors.ts'
import type { Conversation, Json } from './world.ts'

/** A message that is written while one looks on. */
export type Stream = {
  id: string
  conversation: Conversation
  /** Every text shown so far, with its kind. */
  chunks: { kind: 'informative' | 'streaming'; text: string }[]
  state: 'open' | 'done' | 'stopped'
  startedAt: number
}

export type Streams = {
  all: Stream[]
  /** A typing activity with streaminfo, or the message that ends the stream. */
  take: (conversation: Conversation, activity: Json, at: number) => Reply
  /** The person presses Stop: whatever comes then is refused. */
  stop: (conversation: Conversation) => void
}

/** A stream takes two minutes at most. https://learn.microsoft.com/microsoftteams/platform/bots/streaming-ux#error-codes */
const longest = 120_000

/** Status words of a stream. */
const mostInformative = 1000

export const streamInfo = (activity: Json): Json | undefined =>
  ((activity.entities ?? []) as Json[]).find(({ type }) => String(type).toLowerCase() === 'streaminfo')

export const createStreams = (chat: Chat): Streams => {
  const all: Stream[] = []
  return {
    all,
    take: (conversation, activity, at) => {
      const info = streamInfo(activity) as Json
      const problem = misshapen(conversation, activity, info)
      if (problem) return problem
      const id = info.streamId ?? activity.id
      if (id === undefined) return start({ chat, all, conversation, activity, at })
      const stream = all.find(stream => stream.id === id && stream.conversation === conversation)
      if (!stream) return failure('BadRequest', 'Stream ID is not known.')
      return ended(stream, at) ?? goOn({ chat, stream, activity, info })
    },
    stop: conversation => {
      for (const stream of all)
        if (stream.conversation === conversation && stream.state === 'open') stream.state = 'stopped'
    },
  }
}

const misshapen = (conversation: Conversation, activity: Json, info: Json): Reply | undefined => {
  if (conversation.type !== 'personal') return failure('ContentStreamNotAllowed')
  const isFinal = activity.type === 'message'
  if (isFinal !== (info.streamType === 'final')) return failure('BadRequest', 'streamType does not fit the activity.')
  if (isFinal && info.streamSequence !== undefined)
    return failure('BadRequest', 'streamSequence must not be set on the final message.')
  if (isFinal) return undefined
  if (typeof activity.text !== 'string' || activity.text === '')
    return failure('BadRequest', 'Start streaming activities should include text')
  if (info.streamType === 'informative' && activity.text.length > mostInformative)
    return failure('BadRequest', `Informative messages are limited to ${mostInformative} characters.`)
  if (((activity.attachments ?? []) as unknown[]).length > 0)
    return failure('BadRequest', 'Attachments are only allowed on the final message.')
  return Number.isInteger(info.streamSequence) ? undefined : failure('BadRequest', 'streamSequence is missing.')
}

type Start = { chat: Chat; all: Stream[]; conversation: Conversation; activity: Json; at: number }

const start = ({ chat, all, conversation, activity, at }: Start): Reply => {
  const info = streamInfo(activity) as Json
  if (info.streamSequence !== 1) return failure('BadRequest', 'streamSequence must start with 1.')
  if (
    all.some(
      stream => stream.conversation === conversation && stream.state === 'open' && at - stream.startedAt < longest,
    )
  )
    return failure('ContentStreamNotAllowed', 'Content stream is not allowed while another one is going on.')
  const stream: Stream = { id: chat.nextId(), conversation, chunks: [chunkOf(activity)], state: 'open', startedAt: at }
  all.push(stream)
  return { status: 201, body: { id: stream.id } }
}

const chunkOf = (activity: Json): Stream['chunks'][number] => ({
  kind: streamInfo(activity)?.streamType === 'informative' ? 'informative' : 'streaming',
  text: String(activity.text),
})

const ended = (stream: Stream, at: number): Reply | undefined => {
  if (stream.state === 'stopped') return failure('ContentStreamNotAllowed', 'Content stream was canceled by user.')
  if (stream.state === 'done')
    return failure('ContentStreamNotAllowed', 'Content stream is not allowed on an already completed streamed message')
  return at - stream.startedAt > longest
    ? failure('ContentStreamNotAllowed', 'Content stream finished due to exceeded streaming time.')
    : undefined
}

const goOn = ({ chat, stream, activity, info }: { chat: Chat; stream: Stream; activity: Json; info: Json }): Reply => {
  if (info.streamType === 'final') {
    stream.state = 'done'
    chat.post({ id: stream.id, conversation: stream.conversation, from: 'bot', activity })
    return { status: 202, body: {} }
  }
  // What comes out of order is dropped without an error.
  if (Number(info.streamSequence) <= stream.chunks.length) return { status: 202, body: {} }
  const said = stream.chunks.filter(({ kind }) => kind === 'streaming').at(-1)?.text ?? ''
  if (info.streamType !== 'informative' && !String(activity.text).startsWith(said))
    return failure('ContentStreamNotAllowed', 'Request streamed content should contain the previously streamed content')
  stream.chunks.push(chunkOf(activity))
  return { status: 202, body: {} }
}
