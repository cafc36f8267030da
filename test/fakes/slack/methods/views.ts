import { asObject, isObject, needText, textOf } from '../arguments.ts'
import { isShowable } from '../content.ts'
import { checkView } from '../limits/view.ts'
import { withIds } from '../messages.ts'
import { refuse, refuseWith } from '../refusal.ts'
import { useTrigger } from '../triggers.ts'
import type { Json, OpenView, Team, World } from '../world.ts'
import type { Method } from './method.ts'

/** Modals and the Home tab (https://docs.slack.dev/surfaces/modals). */
export const views = {
  'views.open': {
    perMinute: 100,
    run: (args, { world, team }) => {
      const { user } = useTrigger(world, needText(args, 'trigger_id'))
      return showView(world, openView(args.view, { world, team, user }))
    },
  },
  'views.push': {
    perMinute: 100,
    run: (args, { world, team }) => {
      const trigger = useTrigger(world, needText(args, 'trigger_id'))
      const below = topOf(world, trigger.view ?? refuse('invalid_trigger_id'))
      return showView(world, pushView(args.view, { world, team, below }))
    },
  },
  'views.update': {
    perMinute: 100,
    run: (args, { world, team }) => {
      const found = findView(args, { world, team })
      const hash = textOf(args, 'hash')
      if (hash !== undefined && hash !== found.hash) refuse('hash_conflict')
      return showView(world, replaceView(world, { open: found, view: args.view, team }))
    },
  },
  'views.publish': {
    perMinute: 100,
    run: (args, { world, team }) => {
      const user = needText(args, 'user_id')
      if (!team.users.has(user)) refuse('user_not_found')
      const view = acceptView(args.view, { world, team, type: 'home' })
      const home = [...world.views.values()].find(v => v.type === 'home' && v.user === user && v.team === team.id)
      if (home) return showView(world, Object.assign(home, { view, hash: world.newId('hash') }))
      return showView(world, addView(world, { team: team.id, user, type: 'home', view }))
    },
  },
} satisfies Record<string, Method>

/** Opens a modal for a person. */
export const openView = (view: unknown, { world, team, user }: { world: World; team: Team; user: string }): OpenView =>
  addView(world, { team: team.id, user, type: 'modal', view: acceptView(view, { world, team, type: 'modal' }) })

/** Puts a modal on top of another; a stack has three at most. */
export const pushView = (
  view: unknown,
  { world, team, below }: { world: World; team: Team; below: OpenView },
): OpenView => {
  if (stackOf(world, below).length >= 3) refuse('push_limit_reached')
  const accepted = acceptView(view, { world, team, type: 'modal' })
  const { user, root } = below
  return addView(world, { team: team.id, user, type: 'modal', view: accepted, root, previous: below.id })
}

/** Shows another view in the place of an open one. */
export const replaceView = (
  world: World,
  { open, view, team }: { open: OpenView; view: unknown; team: Team },
): OpenView => {
  open.view = acceptView(view, { world, team, type: open.type })
  open.hash = world.newId('hash')
  world.changed()
  return open
}

/** A view as it stands in answers and payloads (https://docs.slack.dev/reference/views). */
export const viewJson = (world: World, open: OpenView): Json => ({
  id: open.id,
  team_id: open.team,
  app_id: world.settings.appId,
  bot_id: world.teams.get(open.team)?.botId,
  private_metadata: '',
  callback_id: '',
  external_id: '',
  state: { values: {} },
  ...open.view,
  hash: open.hash,
  root_view_id: open.root,
  previous_view_id: open.previous ?? null,
  app_installed_team_id: open.team,
})

/** The views on top of each other that this one belongs to, lowest first. */
export const stackOf = (world: World, { root }: OpenView): OpenView[] =>
  [...world.views.values()].filter(v => v.root === root && v.open)

const showView = (world: World, open: OpenView): Json => ({ view: viewJson(world, open) })

const topOf = (world: World, viewId: string): OpenView => {
  const view = world.views.get(viewId)
  return (view && stackOf(world, view).at(-1)) ?? refuse('not_found')
}

const findView = (args: Json, { world, team }: { world: World; team: Team }): OpenView => {
  const id = textOf(args, 'view_id')
  const external = textOf(args, 'external_id')
  if (id === undefined && external === undefined) refuse('invalid_arguments')
  const found = [...world.views.values()].find(v => v.id === id || (external && v.view.external_id === external))
  return found?.open && found.team === team.id ? found : refuse('not_found')
}

const acceptView = (
  view: unknown,
  { world, team, type }: { world: World; team: Team; type: OpenView['type'] },
): Json => {
  if (!isObject(view)) return refuse('invalid_arguments')
  const errors = checkView(view, {
    type,
    newBlocks: world.settings.newBlocks === 'allowed',
    isShowable: id => isShowable(world, { team: team.id, id, surface: type }),
  })
  if (errors.length > 0) refuseWith('invalid_arguments', errors)
  return { ...view, blocks: withIds(world, (view.blocks as unknown[]).map(asObject)) }
}

const addView = (
  world: World,
  parts: Pick<OpenView, 'team' | 'user' | 'type' | 'view'> & Partial<OpenView>,
): OpenView => {
  const id = world.newId('V')
  const open: OpenView = { id, hash: world.newId('hash'), root: id, open: true, ...parts }
  world.views.set(id, open)
  world.changed()
  return open
}
