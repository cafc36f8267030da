import { messageJson } from '../messages.ts'
import { viewJson } from '../methods/views.ts'
import { newResponseUrl } from '../response-urls.ts'
import { newTrigger } from '../triggers.ts'
import type { Ack, Json, Message, OpenView, Team } from '../world.ts'
import { chosen, elementsIn, type Found, findElement, isStateful, type Which } from './elements.ts'
import type { Doer, Scene } from './scene.ts'
import { personJson, placeJson, teamOf, userOf } from './scene.ts'

type Choice = string | number | (string | number)[]

/** Where it stands: a message or an open view. */
export type Target = { message: Message; view?: undefined } | { view: OpenView; message?: undefined }
export type Click = Doer & Target & { action: Which; option?: Choice }

/**
 * A person presses a button or, with `option`, chooses from a menu
 * (https://docs.slack.dev/reference/interaction-payloads/block_actions-payload).
 */
export const click = async (scene: Scene, { action, option, ...given }: Click): Promise<Ack> => {
  const { world, line } = scene
  const target = given.message ?? given.view
  const team = teamOf(world, target.team)
  const doer = { user: given.message?.visibleTo ?? given.view?.user, ...given }
  if (given.message?.visibleTo !== undefined && given.message.visibleTo !== userOf(doer))
    throw new Error(`${userOf(doer)} does not see this message.`)
  const blocks = given.message?.blocks ?? (given.view?.view.blocks as unknown[])
  const found = findElement(blocks, action)
  const payload = {
    type: 'block_actions',
    ...placeJson(world, team),
    user: personJson(team, userOf(doer)),
    trigger_id: newTrigger(world, { team: team.id, user: userOf(doer), view: given.view?.id }),
    ...(given.message
      ? aboutMessage(scene, given.message, { team, user: userOf(doer) })
      : aboutView(scene, given.view)),
    state: { values: stateOf(blocks, found, option) },
    actions: [actionJson(found, option, world.newTs())],
    ...given.payload,
  }
  return line.deliver({ kind: 'interactivity', team: team.id, payload }, given)
}

/** A person types in a menu whose options the app gives; the acknowledgement has the options. */
export const suggest = (
  { world, line }: Scene,
  { action, value, ...given }: Doer & Target & { action: Which; value: string },
) => {
  const target = given.message ?? given.view
  const team = teamOf(world, target.team)
  const { element, blockId } = findElement(given.message?.blocks ?? (given.view?.view.blocks as unknown[]), action)
  const payload = {
    type: 'block_suggestion',
    ...placeJson(world, team),
    user: personJson(team, userOf(given)),
    action_id: element.action_id,
    block_id: blockId,
    value,
    ...given.payload,
  }
  return line.deliver({ kind: 'options', team: team.id, payload }, given)
}

/** A person picks one of the app's shortcuts, from anywhere or from the menu of a message. */
export const shortcut = (
  { world, line, origin }: Scene,
  { callbackId, message, ...doer }: Doer & { callbackId: string; message?: Message },
): Promise<Ack> => {
  const team = teamOf(world, message?.team ?? doer.team)
  const user = userOf(doer)
  const payload = {
    type: message ? 'message_action' : 'shortcut',
    ...placeJson(world, team),
    user: personJson(team, user),
    callback_id: callbackId,
    action_ts: world.newTs(),
    trigger_id: newTrigger(world, { team: team.id, user }),
    ...(message && {
      message_ts: message.ts,
      channel: channelJson(team, message.channel),
      message: messageJson(message, team, world.settings.appId),
      response_url:
        origin() + newResponseUrl(world, { team: team.id, channel: message.channel, user, threadTs: message.threadTs }),
    }),
    ...doer.payload,
  }
  return line.deliver({ kind: 'interactivity', team: team.id, payload }, doer)
}

/** An ephemeral message is not repeated in the payload, only named. */
const aboutMessage = (
  { world, origin }: Scene,
  message: Message,
  { team, user }: { team: Team; user: string },
): Json => {
  const { ts, channel, threadTs } = message
  const isEphemeral = message.visibleTo !== undefined
  const path = newResponseUrl(world, { team: team.id, channel, user, message: ts, threadTs })
  return {
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: isEphemeral,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    },
    channel: channelJson(team, channel),
    ...(isEphemeral ? {} : { message: messageJson(message, team, world.settings.appId) }),
    response_url: origin() + path,
  }
}

const aboutView = ({ world }: Scene, view: OpenView): Json => ({
  container: { type: 'view', view_id: view.id },
  view: viewJson(world, view),
})

const channelJson = (team: Team, id: string): Json => ({ id, name: team.channels.get(id)?.name ?? '' })

const actionJson = ({ element, blockId }: Found, option: Choice | undefined, ts: string): Json => ({
  type: element.type,
  action_id: element.action_id,
  block_id: blockId,
  action_ts: ts,
  ...(element.type === 'feedback_buttons' ? feedback(element, option) : pressed(element)),
  ...chosen(element, option),
})

const pressed = ({ text, value, url, placeholder }: Json): Json =>
  Object.fromEntries(Object.entries({ text, value, url, placeholder }).filter(([, part]) => part !== undefined))

const feedback = (element: Json, option: Choice | undefined): Json => {
  const side = option === 'negative' || option === 1 ? element.negative_button : element.positive_button
  const { text, value } = side as Json
  return { text, value }
}

const stateOf = (blocks: unknown[], clicked: Found, option: Choice | undefined): Json => {
  const values: Record<string, Json> = {}
  for (const { element, blockId } of elementsIn(blocks).filter(({ element }) => isStateful(element))) {
    const choice = element === clicked.element ? option : undefined
    values[blockId] = {
      ...values[blockId],
      [String(element.action_id)]: { type: element.type, ...chosen(element, choice) },
    }
  }
  return values
}
