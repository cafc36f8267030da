import type { Context } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Owner } from '#src/store/answers.ts'
import type { ChatParts } from '../chat/turn.ts'
import type { Caller } from './calls.ts'

/** Who did something, where the bot is installed: a workspace, or an organisation of workspaces. */
export type Doer = Caller & { user: string; botUser?: string; team?: string; enterprise?: string }

/** Bolt has checked that the payload is Slack's and found the installation that it is for. */
export const doerOf = ({ context, client }: { context: Context; client: WebClient }, user: string): Doer => ({
  tenant: (context.isEnterpriseInstall ? context.enterpriseId : undefined) ?? context.teamId ?? '',
  client,
  user,
  botUser: context.botUserId,
  team: context.teamId,
  enterprise: context.enterpriseId,
})

export const ownerOf = ({ tenant, user }: Doer): Owner => ({ platform: 'slack', tenant, user })

/** Names a message, or a thread by its first message, among all workspaces. */
export const placeKey = ({ tenant }: Pick<Doer, 'tenant'>, { channel, ts }: { channel: string; ts: string }): string =>
  `slack:${tenant}:${channel}:${ts}`

/** The message or thread that such a name is of; nothing when it names something else, or one of another workspace. */
export const placeIn = ({ tenant }: Pick<Doer, 'tenant'>, key = ''): { channel: string; ts: string } | undefined => {
  const [platform, where, channel = '', ts = '', ...more] = key.split(':')
  const isPlace = platform === 'slack' && where === tenant && /^\d+\.\d+$/.test(ts) && more.length === 0
  return isPlace ? { channel, ts } : undefined
}

/**
 * The conversation that something said in a thread belongs to. Below an answer that somebody asked for elsewhere, it is that conversation
 * for the one who asked; others begin anew, since what was asked there may be private.
 */
export const conversationOf = async (
  { parts }: { parts: Pick<ChatParts, 'answers'> },
  doer: Doer,
  thread: { channel: string; ts: string },
): Promise<string> => {
  const key = placeKey(doer, thread)
  const kept = await parts.answers.at(key)
  const isOwn = kept?.owner?.tenant === doer.tenant && kept.owner.user === doer.user
  return (isOwn ? kept.thread : undefined) ?? key
}

/**
 * Whether somebody of another organisation said it, in a channel that both share (Slack Connect): they may read there, and not ask unless it is allowed
 * (https://docs.slack.dev/apis/slack-connect/using-slack-connect-with-apps).
 */
export const isForeign = (
  body: { team_id?: string; is_ext_shared_channel?: boolean },
  event: { user_team?: string; team?: string },
): boolean => {
  const home = event.user_team ?? event.team
  return body.is_ext_shared_channel === true && home !== undefined && home !== body.team_id
}
