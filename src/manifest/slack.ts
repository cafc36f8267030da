/** The parts of a Slack app manifest that Chartroom fills or reads (https://docs.slack.dev/reference/app-manifest). */
export type SlackManifest = {
  display_information: { name: string; description: string; long_description: string; background_color: string }
  features: {
    app_home: Record<string, boolean>
    bot_user: { display_name: string; always_online: boolean }
    agent_view: { agent_description: string; suggested_prompts: { title: string; message: string }[] }
    shortcuts: { name: string; type: 'global' | 'message'; callback_id: string; description: string }[]
    slash_commands: SlashCommand[]
  }
  oauth_config: { redirect_urls?: string[]; scopes: { bot: string[]; bot_optional?: string[] } }
  settings: {
    event_subscriptions: { request_url?: string; bot_events: string[] }
    interactivity: { is_enabled: boolean; request_url?: string; message_menu_options_url?: string }
    org_deploy_enabled: boolean
    socket_mode_enabled: boolean
    token_rotation_enabled: boolean
  }
}

type SlashCommand = { command: string; url?: string; description: string; usage_hint?: string; should_escape: boolean }

/**
 * Addresses of the bot that Slack calls, `https://…` without a slash at the end. Without `events` it is Socket Mode, which calls none;
 * `install` is where people come back to who install the app in a workspace of theirs.
 */
export type SlackAddresses = { events?: string; install?: string }

/** The manifest for one way of reaching the bot. The source, `manifest/slack.json`, is the one for Socket Mode. */
export const slackManifest = (source: SlackManifest, { events, install }: SlackAddresses): SlackManifest => ({
  ...(events === undefined ? source : overHttp(source, `${events}/slack/events`)),
  oauth_config: {
    ...source.oauth_config,
    ...(install === undefined ? {} : { redirect_urls: [`${install}/slack/oauth_redirect`] }),
  },
})

/** One address takes events, commands, clicks and menus; the paths are those of Bolt's receivers. */
const overHttp = (source: SlackManifest, url: string): SlackManifest => ({
  ...source,
  features: {
    ...source.features,
    slash_commands: source.features.slash_commands.map(({ command, ...rest }) => ({ command, url, ...rest })),
  },
  settings: {
    ...source.settings,
    event_subscriptions: { request_url: url, ...source.settings.event_subscriptions },
    interactivity: { ...source.settings.interactivity, request_url: url, message_menu_options_url: url },
    socket_mode_enabled: false,
  },
})

/** What a bot token must be allowed, and what it may be allowed. */
export const slackScopes = ({ oauth_config: { scopes } }: SlackManifest) => ({
  needed: scopes.bot,
  optional: scopes.bot_optional ?? [],
})
