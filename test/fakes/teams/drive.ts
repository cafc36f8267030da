import { parseArgs } from 'node:util'
import { startPage } from './page-server.ts'
import { startTeams } from './teams.ts'

/**
 * `npm run fake:teams`: Teams on this machine, to be driven by hand. Prints the settings with which the bot talks to it.
 * `-- --bot <url>` names another messaging endpoint, `--limits` turns the rate limits of Teams on.
 */
const { values } = parseArgs({
  options: {
    bot: { type: 'string', default: 'http://127.0.0.1:3979/api/messages' },
    limits: { type: 'boolean', default: false },
  },
})

const teams = await startTeams({ port: 3990, botUrl: values.bot, limits: values.limits })
const page = await startPage(teams, 3991)
const { clientId, clientSecret, tenantId } = teams.world

console.log(`Teams stand-in: open ${page.url}

Settings for .env; then start the bot:
CLIENT_ID=${clientId}
CLIENT_SECRET=${clientSecret}
TENANT_ID=${tenantId}
TEAMS_FAKE_URL=${teams.url}

The bot is expected at ${values.bot}. What it calls is printed here. Ctrl+C ends.
`)

let told = 0
teams.watch(() => {
  for (const { operation, conversation, status, error } of teams.calls.slice(told))
    console.log([operation, conversation ?? '-', status, error?.code, error?.message].filter(Boolean).join(' '))
  told = teams.calls.length
})

process.once('SIGINT', async () => {
  await page.stop()
  await teams.stop()
})
