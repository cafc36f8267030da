import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { SlackMessage } from '#renderers/slack/block-kit.ts'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { CallError, isUnclear } from './call-error.ts'
import type { Call, Caller } from './calls.ts'
import type { Slack } from './slack-parts.ts'

/** Where a message stands. */
export type Place = { channel: string; ts: string }

/** `id` marks the message as ours, so that it can be found again when nobody knows whether it arrived. */
export type Post = { channel: string; thread?: string; id: string; message: SlackMessage }

/** Nothing is made of links, names and markup, whatever the text holds. */
const asItIs = { unfurl_links: false, unfurl_media: false, parse: 'none' }

const posted = z.object({ channel: z.string(), ts: z.string() })

/**
 * Posts once, also when the connection breaks: then it is looked for, and posted again only when it is surely not there.
 * Throws `CallError`, with the code `unclear` when nobody can know.
 */
export const post = async (slack: Slack, caller: Caller, what: Post): Promise<Place> => {
  const { channel, thread, id, message } = what
  const args = {
    channel,
    thread_ts: thread,
    ...checked(slack, message),
    ...asItIs,
    metadata: { event_type: 'chartroom_answer', event_payload: { id } },
  }
  const once = () => slack.calls.call(caller, { method: 'chat.postMessage', args, channel, isRepeatable: false })
  const answer = await once().catch(async error => {
    if (!isUnclear(error)) throw error
    const found = await lookFor(slack, caller, what)
    if (found === 'unknown') throw new CallError('chat.postMessage', 'unclear')
    slack.parts.warn('slack/unclear-post', error, { found: found ? 'yes' : 'no' })
    return found ?? once()
  })
  return posted.parse(answer)
}

/** Writes over a message. `isStillWanted` is asked right before. Throws `CallError`. */
export const update = async (
  slack: Slack,
  caller: Caller,
  { channel, ts, message, ...how }: Place & { message: SlackMessage } & Pick<Call, 'isStillWanted' | 'tries'>,
): Promise<void> => {
  // Without `parse` it is `client`, which makes links (https://docs.slack.dev/reference/methods/chat.update).
  const args = { channel, ts, ...checked(slack, message), parse: 'none' }
  await slack.calls.call(caller, { method: 'chat.update', args, channel, ...how })
}

/** Shows a message to one person in a conversation; lost when they are not there. Throws `CallError`. */
export const postEphemeral = async (
  slack: Slack,
  caller: Caller,
  { channel, thread, user, message }: { channel: string; thread?: string; user: string; message: SlackMessage },
): Promise<void> => {
  const args = { channel, user, thread_ts: thread, ...checked(slack, message), parse: 'none' }
  await slack.calls.call(caller, { method: 'chat.postEphemeral', args, channel, isRepeatable: false })
}

/** Answers at a response URL, for the one who acted; `isOver` writes over the message that was clicked. Throws `CallError`. */
export const respond = async (
  slack: Slack,
  { url, thread, message, isOver = false }: { url: string; thread?: string; message: SlackMessage; isOver?: boolean },
): Promise<void> => {
  const where = { response_type: 'ephemeral', replace_original: isOver, thread_ts: thread }
  const body = { ...where, ...checked(slack, message), ...asItIs }
  await slack.calls.respond(url, body)
}

/** A message that Slack would refuse, or that could do something, does not leave. */
const checked = ({ parts }: Slack, message: SlackMessage): SlackMessage => {
  const problems = problemsOf(message)
  if (problems.length === 0) return message
  parts.warn('slack/problems', new Error(problems.slice(0, 5).join('; ')))
  throw new CallError('message', 'problems')
}

const arrivesWithinMs = 1000

const history = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_payload: z.object({ id: z.string() }) })
        .optional()
        .catch(undefined),
    }),
  ),
})

/** Looks for a message of ours. Only direct messages may be read (scope `im:history`). */
const lookFor = async (
  { calls }: Slack,
  caller: Caller,
  { channel, thread, id }: Post,
): Promise<Place | undefined | 'unknown'> => {
  if (!channel.startsWith('D')) return 'unknown'
  await sleep(arrivesWithinMs)
  const args = { channel, ts: thread, limit: 100, include_all_metadata: true }
  const method = thread === undefined ? 'conversations.history' : 'conversations.replies'
  const read = await calls.call(caller, { method, args, tries: 2 }).then(history.safeParse, () => undefined)
  if (!read?.success) return 'unknown'
  const found = read.data.messages.find(({ metadata }) => metadata?.event_payload.id === id)
  return found && { channel, ts: found.ts }
}
