import { z } from 'zod'
import { type Check, type Finding, fail, ok, warn } from './check.ts'
import { askOnline } from './online.ts'

/** What is set, and what the manifest asks for. `apiUrl` ends in a slash. */
export type SlackAccess = {
  botToken?: string
  appToken?: string
  apiUrl: string
  scopes: () => Promise<{ needed: readonly string[]; optional: readonly string[] }>
}

/**
 * Whether Slack takes the tokens: who the bot is and what it may do (auth.test), and whether a socket opens (apps.connections.open).
 * No token is printed. https://docs.slack.dev/reference/methods/auth.test
 */
export const slackWorks = (access: SlackAccess, fetch: typeof globalThis.fetch): Check => ({
  name: 'Slack API',
  run: async () => {
    const findings = await Promise.all([
      ...(access.botToken ? [botWorks(access.botToken, access, fetch)] : []),
      ...(access.appToken ? [socketOpens(access.appToken, access, fetch)] : []),
    ])
    return together(findings)
  },
})

const reply = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
  user: z.string().optional(),
})
type Answer = z.infer<typeof reply> & { granted: string[] | undefined }

const botWorks = async (token: string, access: SlackAccess, fetch: typeof globalThis.fetch): Promise<Finding> => {
  const answer = await call('auth.test', { token, apiUrl: access.apiUrl }, fetch)
  if ('sentence' in answer) return answer
  if (!answer.ok) return refused('SLACK_BOT_TOKEN', answer.error)
  const who = `The bot is ${shown(answer.user)} in ${shown(answer.team)}`
  return scopeFinding(who, answer.granted, await access.scopes())
}

/** Slack tells a token's scopes in a header of every answer. */
const scopeFinding = (
  who: string,
  granted: string[] | undefined,
  { needed, optional }: Awaited<ReturnType<SlackAccess['scopes']>>,
): Finding => {
  if (!granted) return ok(`${who}.`)
  const missing = needed.filter(scope => !granted.includes(scope))
  const surplus = granted.filter(scope => !needed.includes(scope) && !optional.includes(scope))
  if (missing.length > 0)
    return fail(
      `${who}, but may not ${missing.join(', ')}.`,
      'Paste the file of `npx chartroom manifest slack` into App Manifest, save, then Install App → Reinstall to Workspace.',
    )
  if (surplus.length > 0)
    return warn(
      `${who}, and may do more than it needs: ${surplus.map(shown).join(', ')}.`,
      'Take that away under OAuth & Permissions and reinstall, unless the app is used for something else too.',
    )
  return ok(`${who} and may do what it needs.`)
}

const socketOpens = async (token: string, { apiUrl }: SlackAccess, fetch: typeof globalThis.fetch) => {
  const answer = await call('apps.connections.open', { token, apiUrl }, fetch)
  if ('sentence' in answer) return answer
  return answer.ok ? ok('Socket Mode opens.') : refused('SLACK_APP_TOKEN', answer.error)
}

type Call = { token: string; apiUrl: string }

const call = async (
  method: string,
  { token, apiUrl }: Call,
  fetch: typeof globalThis.fetch,
): Promise<Answer | Finding> => {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await askOnline('Slack', { url: `${apiUrl}${method}`, headers, body: new URLSearchParams() }, fetch)
  if ('sentence' in answer) return answer
  const parsed = reply.safeParse(answer.body)
  if (answer.status === 429 || !parsed.success)
    return warn(`Slack answered ${answer.status}, so nothing was checked there.`, 'Try again in a minute.')
  const granted = answer.headers.get('x-oauth-scopes')?.split(',')
  return { ...parsed.data, granted: granted?.map(scope => scope.trim()).filter(Boolean) }
}

type TokenName = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN'

const sources: Record<TokenName, string> = {
  SLACK_BOT_TOKEN: 'Copy it anew: Install App → Bot User OAuth Token.',
  SLACK_APP_TOKEN:
    'Make one: Basic Information → App-Level Tokens → Generate Token and Scopes, scope connections:write.',
}

const refused = (name: TokenName, error = ''): Finding => {
  if (['invalid_auth', 'not_authed', 'bad_token'].includes(error))
    return fail(`Slack does not know ${name}.`, sources[name])
  if (['token_revoked', 'token_expired', 'account_inactive', 'team_disabled', 'user_removed_from_team'].includes(error))
    return fail(`${name} is no longer valid: the app was removed, or installed anew.`, sources[name])
  if (error === 'missing_scope') return fail(`${name} lacks the scope connections:write.`, sources[name])
  if (error === 'not_allowed_token_type') return fail(`${name} is a token of another kind.`, sources[name])
  if (error === 'ratelimited')
    return warn('Slack was asked too often, so nothing was checked there.', 'Try again in a minute.')
  return fail(`Slack refused ${name}${/^[a-z_]{1,60}$/.test(error) ? `: ${error}` : ''}.`, sources[name])
}

/** One finding of several: as bad as the worst, with every sentence and every fix. */
const together = (findings: readonly Finding[]): Finding => {
  const worst = (['fail', 'warn', 'ok'] as const).find(status => findings.some(f => f.status === status)) ?? 'ok'
  const distinct = (texts: (string | undefined)[]) => [...new Set(texts.filter(text => text !== undefined))]
  const fixes = distinct(findings.map(f => f.fix))
  return {
    status: worst,
    sentence: distinct(findings.map(f => f.sentence)).join('\n'),
    ...(fixes.length > 0 ? { fix: fixes.join(' ') } : {}),
  }
}

/** Names come from outside and go to a terminal: no control characters, and not without end. */
const shown = (text = 'an unknown one') => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').slice(0, 80)
