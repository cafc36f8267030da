import { isObject } from '../arguments.ts'
import { Refusal } from '../refusal.ts'
import { newResponseUrl, sayBack } from '../response-urls.ts'
import { newTrigger } from '../triggers.ts'
import type { Ack, Channel, ResponseUrl, World } from '../world.ts'
import { isAccepted } from './deliver.ts'
import type { Doer, Scene } from './scene.ts'
import { teamOf, userOf } from './scene.ts'

export type Command = Doer & { command: string; text?: string; channel?: string }

/**
 * A person types a slash command (https://docs.slack.dev/interactivity/implementing-slash-commands).
 * What the acknowledgement says is shown to them; when none comes, Slack tells them that the command failed.
 */
export const command = async (
  { world, line, origin }: Scene,
  { command, text = '', channel = 'C0GENERAL', ...doer }: Command,
): Promise<Ack> => {
  const team = teamOf(world, doer.team)
  const user = userOf(doer)
  const place = { team: team.id, channel, user }
  const path = newResponseUrl(world, place)
  const payload = {
    token: 'verification-token-of-the-past',
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel,
    channel_name: nameFor(team.channels.get(channel)),
    user_id: user,
    user_name: team.users.get(user)?.name ?? user,
    command,
    text,
    api_app_id: world.settings.appId,
    is_enterprise_install: 'false',
    response_url: origin() + path,
    trigger_id: newTrigger(world, { team: team.id, user }),
    ...doer.payload,
  }
  const ack = await line.deliver({ kind: 'commands', team: team.id, payload }, doer)
  const failure = isAccepted(ack) ? showAnswer(world, place, ack.body) : reasonOf(ack)
  if (failure) tell(world, { ...place, text: `${command} failed with the error "${failure}"` })
  return ack
}

/** Slack tells one person something. */
export const tell = (world: World, notice: World['notices'][number]) => {
  world.notices.push(notice)
  world.changed()
}

/** Shows what the acknowledgement says; gives the error when it says something that no message may say. */
const showAnswer = (world: World, place: Pick<ResponseUrl, 'team' | 'channel' | 'user'>, body: unknown) => {
  if (body === undefined) return undefined
  try {
    sayBack(world, { ...place, at: world.now(), uses: 0 }, isObject(body) ? body : { text: String(body) }, 'ack')
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const nameFor = (channel: Channel | undefined) =>
  channel?.kind === 'im' ? 'directmessage' : channel?.kind === 'private' ? 'privategroup' : (channel?.name ?? '')

const reasonOf = (ack: Ack) => (ack.failure === 'timeout' ? 'operation_timeout' : 'dispatch_failed')
