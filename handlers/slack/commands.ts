import type { App } from '@slack/bolt'
import { helpTopics } from '../commands/help.ts'
import { acknowledge } from './acknowledge.ts'
import { doerOf, ownerOf } from './identity.ts'
import { answerAt } from './place.ts'
import { privately } from './place-private.ts'
import { saidText } from './said-text.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import { slashCommands } from './surface.ts'
import { tell } from './tell.ts'
import { aboutOf, whoAsks } from './who-asks.ts'

/** Slash commands: answered for the asker alone. Somebody's commands in a channel are one conversation. */
export const hearCommands = (app: App, slack: Slack): void => {
  for (const name of slashCommands)
    app.command(name, async args => {
      await acknowledge(args, slack)
      const { user_id, channel_id, text, trigger_id, response_url } = args.command
      const doer = doerOf(args, user_id)
      const said = {
        key: `slack:${doer.tenant}:command:${trigger_id}`,
        thread: `slack:${doer.tenant}:${channel_id}:${user_id}`,
        text: commandText(name, saidText(text ?? '', doer.botUser)),
        owner: ownerOf(doer),
      }
      const say = (sentence: string) => tell(slack, doer, { url: response_url }, sentence)
      const answer = async () => {
        const { known, refusal } = await whoAsks(slack, doer)
        if (!known) return (await slack.parts.claims.claim(said.key)) ? say(refusal) : undefined
        const about = aboutOf(known, { channel: channel_id, isPrivate: true })
        await answerAt(slack, doer, { ...said, about }, privately(slack, doer, response_url))
      }
      inBackground(slack, `slack${name}`, answer, say)
    })
}

/** What was typed, in the grammar of all rooms. `/chartroom` helps, and takes a question too. */
export const commandText = (command: (typeof slashCommands)[number], text: string): string => {
  if (command === '/kpi') return `kpi ${text}`.trim()
  if (command === '/data') return `data ${text}`.trim()
  if (text === '') return 'help'
  if (command === '/ask') return `ask ${text}`
  const topic = text.toLowerCase().replace(/[?!.\s]+$/, '')
  return helpTopics.some(name => name === topic || name === `${topic}s`) ? `help ${topic}` : text
}
