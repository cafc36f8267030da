import type { App } from '@slack/bolt'
import { homeView } from '#renderers/slack/home.ts'
import { suggestedPrompts } from '#renderers/slack/prompts.ts'
import { type Doer, doerOf } from './identity.ts'
import { publishHome } from './modals.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import { askerOf, whoAsks } from './who-asks.ts'

/** Somebody opens the app: questions to start with, on the Home tab and over the composer of the agent view. */
export const hearHome = (app: App, slack: Slack): void => {
  app.event('app_home_opened', async ({ event, context, client }) => {
    const doer = doerOf({ context, client }, event.user)
    const { tab, channel } = event
    if (tab === 'home') inBackground(slack, 'slack/home', () => showHome(slack, doer))
    if (tab === 'messages') inBackground(slack, 'slack/prompts', () => suggest(slack, doer, channel))
  })
}

const showHome = async (slack: Slack, doer: Doer): Promise<void> => {
  const { known, refusal } = await whoAsks(slack, doer)
  if (!known) return publishHome(slack, doer, homeView({ about: refusal, examples: [], kpis: [] }))
  const { useCases } = slack.parts
  const asker = askerOf(doer, known)
  const [examples, kpis] = await Promise.all([useCases.examples(asker), useCases.kpis(asker)])
  await publishHome(slack, doer, homeView({ examples, kpis }))
}

const suggest = async (slack: Slack, doer: Doer, channel: string): Promise<void> => {
  const { parts, calls } = slack
  const { known } = await whoAsks(slack, doer)
  if (!known) return
  const prompts = suggestedPrompts(await parts.useCases.examples(askerOf(doer, known)))
  if (prompts.length === 0) return
  const args = { channel_id: channel, title: 'Ask your data', prompts }
  await calls.call(doer, { method: 'assistant.threads.setSuggestedPrompts', args, tries: 2 })
}
