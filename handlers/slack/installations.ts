import { createHash } from 'node:crypto'
import { type Installation, type InstallationQuery, type InstallationStore, InstallProvider } from '@slack/oauth'
import { z } from 'zod'
import type { KeyValues } from '#src/store/key-values.ts'
import type { PublicRoute } from '../chat/platform.ts'
import { libraryLog } from './log.ts'
import type { SlackParts } from './slack-parts.ts'
import { botScopes } from './surface.ts'

/** Installations of the app in workspaces and organisations, in a store that seals them: they hold tokens. */
export const createInstallationStore = (values: KeyValues): InstallationStore => ({
  storeInstallation: installation => values.put(keyOf(idOf(installation)), installation),
  fetchInstallation: async query => {
    for (const id of idsOf(query)) {
      const found = installed.safeParse(await values.get(keyOf(id)))
      if (found.success) return found.data as unknown as Installation
    }
    throw new Error('the app is not installed there')
  },
  deleteInstallation: async query => {
    const [id] = idsOf(query)
    if (id) await values.delete(keyOf(id))
  },
})

/** The token of the bot in a workspace or organisation. Throws when the app is not installed there. */
export const botTokenOf = async (tenant: string, values: KeyValues): Promise<string> =>
  installed.parse(await values.get(keyOf(tenant))).bot.token

export type OAuthSettings = { clientId: string; clientSecret: string; apiUrl: string; publicUrl: string }

/** The pages on which people install the app, and who is authorised by it. Bolt's receivers would open a port for them in Socket Mode. */
export const createInstaller = (
  { clientId, clientSecret, apiUrl, publicUrl }: OAuthSettings,
  parts: SlackParts,
): { installer: InstallProvider; routes: PublicRoute[] } => {
  const logger = libraryLog(parts)
  const installer = new InstallProvider({
    clientId,
    clientSecret,
    // Signs the state that a browser carries to Slack and back; whoever had the client secret could install the app anyway.
    stateSecret: createHash('sha256').update(`state of ${clientSecret}`).digest('base64'),
    installationStore: createInstallationStore(parts.installations),
    logger,
    clientOptions: { slackApiUrl: apiUrl },
    authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
  })
  const options = { scopes: [...botScopes], redirectUri: `${publicUrl}/slack/oauth_redirect` }
  const serve = (path: string, work: (...args: Parameters<PublicRoute['handle']>) => Promise<void>): PublicRoute => ({
    method: 'GET',
    path,
    handle: (request, response) => {
      // Slack's pages bring their own styles.
      response.setHeader(
        'content-security-policy',
        "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; frame-ancestors 'none'",
      )
      return work(request, response).catch(error => {
        parts.warn('slack/install', new Error(error instanceof Error ? error.name : 'failed'))
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    },
  })
  return {
    installer,
    routes: [
      serve('/slack/install', (request, response) =>
        installer.handleInstallPath(request, response, undefined, options),
      ),
      serve('/slack/oauth_redirect', (request, response) => installer.handleCallback(request, response)),
    ],
  }
}

/** Enough to know that it is one; the rest is kept as Slack gave it. */
const installed = z.looseObject({ bot: z.looseObject({ token: z.string(), userId: z.string() }) })

const keyOf = (id: string) => `slack:installation:${id}`

const idOf = ({ isEnterpriseInstall, enterprise, team }: Installation): string => {
  const id = isEnterpriseInstall ? enterprise?.id : team?.id
  if (!id) throw new Error('an installation without a workspace')
  return id
}

/** Where to look: an organisation's installation also serves its workspaces. */
const idsOf = ({ isEnterpriseInstall, enterpriseId, teamId }: InstallationQuery<boolean>): string[] =>
  (isEnterpriseInstall ? [enterpriseId] : [teamId, enterpriseId]).filter(id => id !== undefined)
