import type { ServerResponse } from 'node:http'
import type { World } from './world.ts'

/**
 * The page on which a person lets the app into a workspace. It says what is asked for; a link for each workspace leads back to the app
 * with `code` and `state`, another with `error=access_denied` (https://docs.slack.dev/authentication/installing-with-oauth).
 */
export const sendAuthorizePage = (world: World, query: URLSearchParams, response: ServerResponse) => {
  const { clientId } = world.settings
  const redirectUri = query.get('redirect_uri') ?? ''
  if (query.get('client_id') !== clientId) return page(response, 400, '<p>Invalid client_id parameter</p>')
  if (!URL.canParse(redirectUri)) return page(response, 400, '<p>redirect_uri did not match any configured URIs.</p>')
  const team = query.get('team_allowed')
  const state = query.get('state')
  if (query.has('denied')) return redirect(response, redirectUri, { error: 'access_denied', state })
  if (team === null) return page(response, 200, choices(world, query))
  if (!world.teams.has(team)) return page(response, 404, '<p>There is no such workspace.</p>')
  const code = world.newId('code').toLowerCase()
  const scopes = (query.get('scope') ?? '').split(',').filter(scope => scope !== '')
  world.codes.set(code, { team, redirectUri, scopes, used: false })
  return redirect(response, redirectUri, { code, state })
}

export type Installing = { url: string; team: string; scopes?: string[]; deny?: boolean; keepCookies?: boolean }

/**
 * What a person's browser does to install the app: opens its install page, follows it here, allows, and goes back with the same cookies.
 * Gives the app's last answer. `deny` presses Cancel; `keepCookies: false` comes back as another browser would.
 */
export const install = async (
  origin: string,
  { url, team, deny = false, keepCookies = true }: Installing,
): Promise<{ status: number; body: string; authorizeUrl: string }> => {
  const first = await fetch(url, { redirect: 'manual' })
  const cookies = first.headers.getSetCookie().map(cookie => cookie.split(';')[0])
  const link = first.headers.get('location') ?? hrefIn(await first.text(), `${origin}/oauth/v2/authorize`)
  const allow = new URL(link)
  allow.searchParams.set(deny ? 'denied' : 'team_allowed', team)
  const back = await fetch(allow, { redirect: 'manual' })
  const returnTo = back.headers.get('location')
  if (returnTo === null) throw new Error(`Slack did not lead back: ${back.status} ${await back.text()}`)
  const last = await fetch(returnTo, { headers: keepCookies ? { cookie: cookies.join('; ') } : {}, redirect: 'manual' })
  return { status: last.status, body: await last.text(), authorizeUrl: link }
}

const hrefIn = (html: string, start: string): string => {
  const href = [...html.matchAll(/href="([^"]+)"/g)]
    .map(found => ampersands(found[1] ?? ''))
    .find(h => h.startsWith(start))
  if (href === undefined) throw new Error(`The install page has no link to ${start}.`)
  return href
}

const ampersands = (text: string) => text.replaceAll('&amp;', '&')

const choices = (world: World, query: URLSearchParams) => {
  const link = (name: string, value: string, label: string) => {
    const again = new URLSearchParams(query)
    again.set(name, value)
    return `<li><a href="?${escaped(again.toString())}">${escaped(label)}</a></li>`
  }
  const teams = [...world.teams.values()].map(team => link('team_allowed', team.id, `Allow in ${team.name}`))
  return `<p>The app asks for: ${escaped(query.get('scope') ?? '')}</p><ul>${teams.join('')}${link('denied', '1', 'Cancel')}</ul>`
}

const redirect = (response: ServerResponse, to: string, query: Record<string, string | null>) => {
  const url = new URL(to)
  for (const [name, value] of Object.entries(query)) if (value !== null) url.searchParams.set(name, value)
  response.writeHead(302, { location: url.toString() })
  response.end()
}

const page = (response: ServerResponse, status: number, body: string) => {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><html lang="en"><title>Slack stand-in</title>${body}</html>`)
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
