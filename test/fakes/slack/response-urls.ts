import { asObject, parseJson } from './arguments.ts'
import { contentOf } from './content.ts'
import type { Reply } from './door.ts'
import { addMessage, deleteMessage, editMessage } from './messages.ts'
import { Refusal } from './refusal.ts'
import type { Json, Message, ResponseUrl, Team, World } from './world.ts'

/** Five answers within thirty minutes (https://docs.slack.dev/interactivity/handling-user-interaction). */
const mostUses = 5
const livesMs = 30 * 60_000

/** A new address that answers what a person did. The path is given; the server puts its origin before it. */
export const newResponseUrl = (world: World, place: Omit<ResponseUrl, 'at' | 'uses'>): string => {
  const path = `/actions/${place.team}/${world.newId('')}/${world.newId('secret').toLowerCase()}`
  world.responseUrls.set(path, { ...place, at: world.now(), uses: 0 })
  return path
}

/** Answers a post to such an address: text `ok`, or an error with a status of its own. */
export const receiveResponse = (world: World, { path, body }: { path: string; body: string }): Reply => {
  const { status, text } = answerOf(world, world.responseUrls.get(path), body)
  return { outcome: text, status, body: status === 200 ? text : { ok: false, error: text } }
}

/** Says what an app says back to a person: to them alone unless it says `in_channel`, in the place of the clicked message if it says so. */
export const sayBack = (world: World, place: ResponseUrl, args: Json, via: Message['via']) => {
  const team = world.teams.get(place.team)
  if (team === undefined) throw new Refusal('team_not_found')
  const clicked = world.messages.find(
    m => m.team === place.team && m.channel === place.channel && m.ts === place.message && !m.deleted,
  )
  if (args.delete_original === true && clicked) return deleteMessage(world, clicked)
  const isPrivate =
    args.replace_original === true && clicked ? clicked.visibleTo !== undefined : args.response_type !== 'in_channel'
  const content = contentOf(args, { world, team, surface: isPrivate ? 'ephemeral' : 'message' })
  if (args.replace_original === true && clicked) return editMessage(world, clicked, content)
  addMessage(world, {
    ...content,
    ...placeOf(place, team),
    threadTs: typeof args.thread_ts === 'string' ? args.thread_ts : place.threadTs,
    ...(isPrivate ? { visibleTo: place.user } : {}),
    via,
  })
}

const placeOf = (place: ResponseUrl, team: Team) => ({ team: place.team, channel: place.channel, user: team.botUser })

const answerOf = (world: World, found: ResponseUrl | undefined, body: string): { status: number; text: string } => {
  if (found === undefined || world.now() - found.at > livesMs) return { status: 404, text: 'expired_url' }
  if (found.uses >= mostUses) return { status: 404, text: 'used_url' }
  const args = parseJson(body)
  if (typeof args !== 'object' || args === null) return { status: 400, text: 'invalid_payload' }
  try {
    sayBack(world, found, asObject(args), 'response_url')
  } catch (error) {
    if (error instanceof Refusal) return { status: 400, text: error.code }
    throw error
  }
  found.uses++
  return { status: 200, text: 'ok' }
}
