import { isObject } from '../arguments.ts'
import { pushView, replaceView, stackOf, viewJson } from '../methods/views.ts'
import { Refusal } from '../refusal.ts'
import { newTrigger } from '../triggers.ts'
import type { Ack, Json, OpenView, World } from '../world.ts'
import { tell } from './commands.ts'
import { isAccepted } from './deliver.ts'
import { chosen, elementsIn, isStateful } from './elements.ts'
import type { Doer, Scene } from './scene.ts'
import { personJson, placeJson, teamOf, userOf } from './scene.ts'

export type Submission = Doer & {
  /** The view on top when not said. */
  view?: OpenView
  /** What was written or chosen, by `action_id` or `block_id`. */
  values?: Record<string, string | number | (string | number)[]>
}

/**
 * A person submits a modal (https://docs.slack.dev/surfaces/modals). The acknowledgement closes, changes or keeps it.
 * Throws when something that must be filled in is empty: Slack does not let one submit that.
 */
export const submitView = async ({ world, line }: Scene, { values = {}, ...given }: Submission = {}): Promise<Ack> => {
  const view = given.view ?? topView(world, given)
  const team = teamOf(world, view.team)
  const doer = { ...given, user: given.user ?? view.user }
  const payload = {
    type: 'view_submission',
    ...placeJson(world, team),
    user: personJson(team, userOf(doer)),
    trigger_id: newTrigger(world, { team: team.id, user: view.user, view: view.id }),
    view: { ...viewJson(world, view), state: { values: inputsOf(view, values) } },
    response_urls: [],
    ...given.payload,
  }
  const ack = await line.deliver({ kind: 'interactivity', team: team.id, payload }, given)
  if (!isAccepted(ack) || !isFollowed(world, view, isObject(ack.body) ? ack.body : {}))
    tell(world, { team: team.id, channel: '', user: view.user, text: 'We had some trouble connecting. Try again?' })
  return ack
}

/** A person closes a modal; the app hears of it when it asked for that. */
export const closeView = async ({ world, line }: Scene, { ...given }: Submission = {}): Promise<Ack | undefined> => {
  const view = given.view ?? topView(world, given)
  const team = teamOf(world, view.team)
  view.open = false
  world.changed()
  if (view.view.notify_on_close !== true) return undefined
  const payload = {
    type: 'view_closed',
    ...placeJson(world, team),
    user: personJson(team, view.user),
    view: viewJson(world, view),
    is_cleared: false,
    ...given.payload,
  }
  return line.deliver({ kind: 'interactivity', team: team.id, payload }, given)
}

/** The modal that a person sees. Throws when there is none. */
export const topView = (world: World, doer: Doer): OpenView => {
  const open = [...world.views.values()].filter(v => v.type === 'modal' && v.open)
  const top = open.findLast(v => doer.user === undefined || v.user === doer.user)
  if (top === undefined) throw new Error('No modal is open.')
  return top
}

const isFollowed = (world: World, view: OpenView, answer: Json): boolean => {
  try {
    follow(world, view, answer)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

const follow = (world: World, view: OpenView, answer: Json) => {
  const team = teamOf(world, view.team)
  if (answer.response_action === 'errors') view.view = { ...view.view, shownErrors: answer.errors }
  else if (answer.response_action === 'update') replaceView(world, { open: view, view: answer.view, team })
  else if (answer.response_action === 'push') pushView(answer.view, { world, team, below: view })
  else if (answer.response_action === 'clear') for (const each of stackOf(world, view)) each.open = false
  else view.open = false
  world.changed()
}

const inputsOf = (view: OpenView, values: NonNullable<Submission['values']>): Json => {
  const state: Record<string, Json> = {}
  const blocks = (view.view.blocks as Json[]) ?? []
  for (const { element, blockId } of elementsIn(blocks).filter(({ element }) => isStateful(element))) {
    const actionId = String(element.action_id)
    const given = chosen(element, values[actionId] ?? values[blockId])
    const block = blocks.find(b => b.block_id === blockId)
    if (block?.type === 'input' && block.optional !== true && isEmpty(given))
      throw new Error(`${actionId} must be filled in before this modal can be submitted.`)
    state[blockId] = { ...state[blockId], [actionId]: { type: element.type, ...given } }
  }
  return state
}

const isEmpty = (given: Json) =>
  Object.values(given).every(value => value === null || value === '' || (Array.isArray(value) && value.length === 0))
