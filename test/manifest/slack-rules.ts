import type { AppsManifestCreateArguments } from '@slack/web-api'
import { Ajv } from 'ajv'
import type { SlackManifest } from '#src/manifest/slack.ts'
import { slackSchema } from './slack-schema.ts'

/** What is wrong with a manifest, one sentence each; none when Slack would take it. */
export const slackProblems = (manifest: SlackManifest): string[] => {
  if (!validate(manifest)) return (validate.errors ?? []).map(e => `${e.instancePath} ${e.message}`)
  return [
    ...unknown(
      'scope',
      [...manifest.oauth_config.scopes.bot, ...(manifest.oauth_config.scopes.bot_optional ?? [])],
      scopes,
    ),
    ...unknown('event', manifest.settings.event_subscriptions.bot_events, events),
    ...missingScopes(manifest),
    ...addressProblems(manifest),
    ...agentProblems(manifest),
  ]
}

const validate = new Ajv({ strict: true, allErrors: true }).compile<SlackManifest>(slackSchema())

type Sdk = AppsManifestCreateArguments['manifest']
type BotScope = NonNullable<NonNullable<NonNullable<Sdk['oauth_config']>['scopes']>['bot']>[number]
type BotEvent = NonNullable<NonNullable<NonNullable<Sdk['settings']>['event_subscriptions']>['bot_events']>[number]

/** Names that Slack knows, out of those an app like this could want; the SDK's types say that each is spelt right. */
const scopes: readonly string[] = [
  ...([
    'app_mentions:read',
    'channels:history',
    'chat:write',
    'chat:write.public',
    'commands',
    'files:read',
    'files:write',
    'im:history',
    'im:write',
    'links:read',
    'links:write',
    'usergroups:read',
    'users:read',
  ] as const satisfies readonly BotScope[]),
  // https://docs.slack.dev/reference/scopes/assistant.write: real, but not in the types of @slack/web-api 8.2.
  'assistant:write',
]

/** Events by the scope that each needs (https://docs.slack.dev/reference/events); none for most. */
const events: readonly string[] = [
  ...([
    'app_context_changed',
    'app_home_opened',
    'app_mention',
    'app_uninstalled',
    'file_shared',
    'link_shared',
    'message.channels',
    'message.im',
    'tokens_revoked',
  ] as const satisfies readonly BotEvent[]),
  // https://docs.slack.dev/reference/events/agent_session_stopped: real, but not in the types of @slack/web-api 8.2.
  'agent_session_stopped',
]

const scopeOf: Record<string, string> = {
  app_mention: 'app_mentions:read',
  file_shared: 'files:read',
  link_shared: 'links:read',
  'message.channels': 'channels:history',
  'message.im': 'im:history',
}

const unknown = (what: string, names: readonly string[], known: readonly string[]) =>
  names.filter(name => !known.includes(name)).map(name => `there is no ${what} ${name}`)

const missingScopes = ({ features, oauth_config, settings }: SlackManifest) => {
  const needs = [
    ...settings.event_subscriptions.bot_events.flatMap(event =>
      scopeOf[event] ? [[event, scopeOf[event]] as const] : [],
    ),
    ...(features.slash_commands.length + features.shortcuts.length > 0
      ? [['commands and shortcuts', 'commands'] as const]
      : []),
    ['agent_view', 'assistant:write'] as const,
  ]
  return needs
    .filter(([, scope]) => !oauth_config.scopes.bot.includes(scope))
    .map(([what, scope]) => `${what} needs ${scope}`)
}

/** What the editor of Slack says only when the manifest is saved: HTTP needs every address, Socket Mode has none. */
const addressProblems = ({ features, settings }: SlackManifest) => {
  const addresses: Record<string, string | undefined> = {
    events: settings.event_subscriptions.request_url,
    interactivity: settings.interactivity.request_url,
    options: settings.interactivity.message_menu_options_url,
    ...Object.fromEntries(features.slash_commands.map(({ command, url }) => [command, url])),
  }
  return Object.entries(addresses).flatMap(([what, url]) => {
    if (settings.socket_mode_enabled) return url === undefined ? [] : [`${what} has an address beside Socket Mode`]
    return url === undefined ? [`${what} has no address`] : []
  })
}

/** Who cannot write in the messages tab cannot ask, and a click needs somewhere to go. */
const agentProblems = ({ features, settings }: SlackManifest) => [
  ...(features.app_home.messages_tab_enabled && !features.app_home.messages_tab_read_only_enabled
    ? []
    : ['nobody can write to the bot']),
  ...(settings.interactivity.is_enabled ? [] : ['clicks arrive nowhere']),
]
