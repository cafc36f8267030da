import { listOf, needText, textOf } from '../arguments.ts'
import { checkBlocks } from '../limits/check.ts'
import { refuse } from '../refusal.ts'
import type { Json, World } from '../world.ts'

/** A method that needs no bot token. `token` is whatever came with the call. */
export type BareMethod = { run: (args: Json, world: World, token: string | undefined) => Json }

/** Methods for the app itself, before or beside a workspace. `socketUrl` gives a new address for Socket Mode. */
export const apps = (socketUrl: () => string) =>
  ({
    'api.test': {
      run: args => (textOf(args, 'error') === undefined ? { args } : refuse(needText(args, 'error'), { args })),
    },
    'apps.connections.open': {
      run: (_, world, token) => {
        if (token === undefined) refuse('not_authed')
        return token === world.settings.appToken ? { url: socketUrl() } : refuse('invalid_auth')
      },
    },
    'blocks.validate': { run: (args, world) => validate(args, world) },
    'oauth.v2.access': { run: (args, world) => exchangeCode(args, world) },
  }) satisfies Record<string, BareMethod>

/** Checks a payload without sending it (https://docs.slack.dev/reference/methods/blocks.validate). */
const validate = (args: Json, world: World): Json => {
  const blocks = listOf(args, 'blocks', 'invalid_blocks_format') ?? refuse('invalid_arguments')
  const { errors } = checkBlocks(blocks, {
    at: '/blocks',
    surface: 'message',
    newBlocks: world.settings.newBlocks === 'allowed',
    isShowable: id => world.files.has(id),
  })
  if (errors.length === 0) return {}
  return refuse('invalid_message', { errors: errors.map(failedConstraint) })
}

const failedConstraint = (error: string): Json => {
  const [, message, pointer] = /^(.*) \[json-pointer:(.*)\]$/.exec(error) ?? []
  return { code: 'failed_constraint', message, pointer }
}

/** The second half of an installation (https://docs.slack.dev/authentication/installing-with-oauth). */
const exchangeCode = (args: Json, world: World): Json => {
  const { clientId, clientSecret, appId } = world.settings
  if (needText(args, 'client_id') !== clientId) refuse('invalid_client_id')
  if (needText(args, 'client_secret') !== clientSecret) refuse('bad_client_secret')
  const grant = world.codes.get(needText(args, 'code')) ?? refuse('invalid_code')
  if (grant.used) refuse('code_already_used')
  if ((textOf(args, 'redirect_uri') ?? grant.redirectUri) !== grant.redirectUri) refuse('bad_redirect_uri')
  grant.used = true
  const team = world.teams.get(grant.team) ?? refuse('team_not_found')
  const token = `xoxb-${world.newId(`${team.id}-`).toLowerCase()}`
  team.tokens.push({ token, state: 'active', scopes: grant.scopes })
  world.changed()
  return {
    access_token: token,
    token_type: 'bot',
    scope: grant.scopes.join(','),
    bot_user_id: team.botUser,
    app_id: appId,
    team: { id: team.id, name: team.name },
    enterprise: null,
    authed_user: { id: 'U0ASKER' },
    is_enterprise_install: false,
  }
}
