import { parseArgs } from 'node:util'
import { botScopes } from '#handlers/slack/surface.ts'
import { startDriving } from './driving.ts'
import { firstWorkspace } from './workspaces.ts'

/**
 * `npm run fake:slack`: Slack on this machine, to be driven by hand. Prints the settings with which the bot talks to it.
 * `-- --port <n>` names another port, `--http <url>` delivers signed HTTP to the bot instead of Socket Mode, `--slow <ms>` lets pictures
 * take that long to be processed, `--limits` turns Slack's rate limits on, `--old` leaves out the blocks of 2025 and later.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3980' },
    http: { type: 'string' },
    slow: { type: 'string', default: '300' },
    limits: { type: 'boolean', default: false },
    old: { type: 'boolean', default: false },
  },
})

const port = Number(values.port)
const slack = await startDriving({
  port,
  workspaces: [{ ...firstWorkspace, scopes: [...botScopes] }],
  to: values.http,
  fileReadyMs: Number(values.slow),
  rateLimits: values.limits,
  newBlocks: values.old ? 'refused' : 'allowed',
}).catch((error: NodeJS.ErrnoException) => {
  console.error(error.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with -- --port.` : error.message)
  process.exit(1)
})

console.log(`Slack stand-in: open ${slack.origin}/

Settings for .env; then start the bot:
SLACK_API_URL=${slack.apiUrl}
SLACK_BOT_TOKEN=${slack.botToken}
${values.http ? `SLACK_SIGNING_SECRET=${slack.signingSecret}` : `SLACK_APP_TOKEN=${slack.appToken}`}

${values.http ? `Events go to ${values.http}.` : 'The bot connects over Socket Mode.'} What it calls is printed here. Ctrl+C ends.
`)

let told = 0
slack.world.onChange(() => {
  for (const { method, outcome, args } of slack.calls.slice(told)) {
    if (outcome === 'running') break
    console.log([method, args.channel ?? args.channel_id, outcome].filter(Boolean).join(' '))
    told++
  }
})

process.once('SIGINT', () => slack.close())
