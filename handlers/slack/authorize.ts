import type { AuthorizeResult, AuthorizeSourceData } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import { z } from 'zod'
import type { Calls } from './calls.ts'

export type Authorize = (source: AuthorizeSourceData<boolean>) => Promise<AuthorizeResult>

const authTest = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().default(false),
  user_id: z.string(),
  bot_id: z.string(),
})

/**
 * The one workspace that a token is for. Bolt itself would take payloads of any workspace and answer them with this token.
 * `learn` asks Slack which workspace it is, and throws `CallError`; until then everything waits.
 */
export const authorizeOne = (token: string, options: WebClientOptions) => {
  const home = Promise.withResolvers<z.infer<typeof authTest>>()
  const client = new WebClient(token, options)
  return {
    learn: async (calls: Calls): Promise<void> => {
      home.resolve(
        authTest.parse(await calls.call({ tenant: '', client }, { method: 'auth.test', args: {}, tries: 3 })),
      )
    },
    /** For what nobody in Slack has begun. */
    clientOf: async (tenant: string): Promise<WebClient> => {
      const { team_id, enterprise_id, is_enterprise_install } = await home.promise
      if (tenant !== team_id && !(is_enterprise_install && tenant === enterprise_id))
        throw new Error('the token is for another workspace')
      return client
    },
    authorize: (async ({ teamId, enterpriseId }) => {
      const { team_id, enterprise_id, is_enterprise_install, user_id, bot_id } = await home.promise
      const isHome = teamId === team_id || (is_enterprise_install && !!enterprise_id && enterpriseId === enterprise_id)
      if (!isHome) throw new Error('the token is for another workspace')
      return {
        botToken: token,
        botUserId: user_id,
        botId: bot_id,
        teamId: teamId ?? team_id,
        enterpriseId: enterprise_id ?? enterpriseId,
      }
    }) satisfies Authorize,
  }
}
