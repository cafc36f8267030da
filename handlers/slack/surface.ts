/**
 * What Slack shows of Chartroom and sends to it. The handler listens to exactly these and `manifest/slack.json` declares exactly
 * these; tests compare both with this page.
 */

/** Commands with their slash, as Slack sends them in `command`. `/chartroom` is the help. */
export const slashCommands = ['/kpi', '/ask', '/data', '/chartroom'] as const

/** Callback ids: "Ask Chartroom" from anywhere, "Explain this number" from the menu of a message. */
export const shortcuts = { global: 'ask', message: 'explain' } as const

/**
 * Subscriptions as the manifest names them; `message.im` arrives as `message` (https://docs.slack.dev/reference/events). Not `file_shared`: files
 * that are sent to the bot come with their message, and that event tells of every file in every channel that the bot is in.
 */
export const botEvents = [
  'agent_session_stopped',
  'app_context_changed',
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.im',
  'tokens_revoked',
] as const

/** What the app asks a workspace for when it is installed by a link; the same scopes as in the manifest. */
export const botScopes = [
  'app_mentions:read',
  'assistant:write',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'im:history',
  'usergroups:read',
  'users:read',
] as const
