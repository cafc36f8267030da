import { viewJson } from '../methods/views.ts'
import { directMessage } from '../workspaces.ts'
import type { Ack, Json, Message, World } from '../world.ts'
import type { Doer, Scene } from './scene.ts'
import { teamOf, userOf } from './scene.ts'

/** Any event, wrapped as Slack wraps it (https://docs.slack.dev/apis/events-api). */
export const sendEvent = ({ world, line }: Scene, event: Json, doer: Doer = {}): Promise<Ack> => {
  const team = teamOf(world, doer.team)
  const seconds = Math.floor(world.now() / 1000)
  const payload = {
    token: 'verification-token-of-the-past',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: world.settings.appId,
    event: { event_ts: `${seconds}.000000`, ...event },
    type: 'event_callback',
    event_id: world.newId('Ev'),
    event_time: seconds,
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: team.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: world.newId('4-'),
    ...doer.payload,
  }
  return line.deliver({ kind: 'events', team: team.id, payload }, doer)
}

/** Slack asks a new URL for events to prove itself: the answer must have the challenge (https://docs.slack.dev/reference/events/url_verification). */
export const verifyUrl = ({ world, line }: Scene, doer: Doer = {}): Promise<Ack> => {
  const payload = {
    token: 'verification-token-of-the-past',
    type: 'url_verification',
    challenge: world.newId('challenge'),
  }
  return line.deliver({ kind: 'events', team: teamOf(world, doer.team).id, payload }, doer)
}

/** A person opens the app: its Home tab, or the tab where they write to it. */
export const openHome = (scene: Scene, { tab = 'home', ...doer }: Doer & { tab?: 'home' | 'messages' } = {}) => {
  const { world } = scene
  const team = teamOf(world, doer.team)
  const user = userOf(doer)
  const home = [...world.views.values()].find(v => v.type === 'home' && v.user === user && v.team === team.id)
  const channel = directMessage(user, team.botUser).id
  const view = tab === 'home' && home ? { view: viewJson(world, home) } : {}
  return sendEvent(scene, { type: 'app_home_opened', user, channel, tab, ...view }, doer)
}

/** A person presses Stop while the app answers in a thread. */
export const stopSession = (scene: Scene, { channel, thread, ...doer }: Doer & { channel: string; thread: string }) => {
  const streaming = streamsIn(scene.world, channel, thread)
  return sendEvent(
    scene,
    {
      type: 'agent_session_stopped',
      channel,
      user: userOf(doer),
      thread_ts: thread,
      streaming_message_ts: streaming.map(message => message.ts),
    },
    doer,
  )
}

/** The workspace takes the app out; its tokens end with it. */
export const appUninstalled = (scene: Scene, doer: Doer = {}) => {
  for (const grant of teamOf(scene.world, doer.team).tokens) grant.state = 'account_inactive'
  return sendEvent(scene, { type: 'app_uninstalled' }, doer)
}

/** Somebody takes the tokens back. */
export const tokensRevoked = (scene: Scene, doer: Doer = {}) => {
  const team = teamOf(scene.world, doer.team)
  for (const grant of team.tokens) grant.state = 'token_revoked'
  return sendEvent(scene, { type: 'tokens_revoked', tokens: { oauth: [], bot: [team.botUser] } }, doer)
}

const streamsIn = (world: World, channel: string, thread: string): Message[] =>
  world.messages.filter(m => m.channel === channel && m.threadTs === thread && m.stream?.state === 'open')
