import type { App } from '@slack/bolt'
import { z } from 'zod'
import { createInstallationStore } from './installations.ts'
import { inBackground, type Slack } from './slack-parts.ts'

const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).default([]) }) })

/** The app is taken out of a workspace, or its tokens are taken back: they are forgotten. */
export const hearLifecycle = (app: App, slack: Slack): void => {
  const store = createInstallationStore(slack.parts.installations)
  const forget = (teamId: string | undefined, enterpriseId: string | undefined, isEnterpriseInstall: boolean) =>
    inBackground(slack, 'slack/lifecycle', async () => {
      await store.deleteInstallation?.({ teamId, enterpriseId, isEnterpriseInstall })
      slack.parts.warn('slack/uninstalled', new Error('The app is no longer installed'), {
        team: teamId ?? enterpriseId ?? '',
      })
    })
  app.event('app_uninstalled', async ({ context: { teamId, enterpriseId, isEnterpriseInstall } }) => {
    forget(teamId, enterpriseId, isEnterpriseInstall)
  })
  app.event('tokens_revoked', async ({ event, context: { teamId, enterpriseId, isEnterpriseInstall } }) => {
    const read = revoked.safeParse(event)
    if (read.success && read.data.tokens.bot.length > 0) forget(teamId, enterpriseId, isEnterpriseInstall)
  })
}
