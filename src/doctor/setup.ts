import { type Check, type Finding, fail, ok, warn } from './check.ts'

/** Whether all settings can be read. `read` throws `config/invalid`. */
export const settingsValid = (read: () => unknown): Check => ({
  name: 'Settings',
  run: () => {
    read()
    return ok('All settings are right.')
  },
})

export type SampleState = 'missing' | 'matching' | 'different' | 'foreign'

/** Whether the sample data is there and was made with the settings of now. */
export const sampleData = (path: string, inspect: () => Promise<SampleState>): Check => ({
  name: 'Sample data',
  run: async () => sampleFindings(path)[await inspect()],
})

const sampleFindings = (path: string): Record<SampleState, Finding> => ({
  matching: ok(`${path} matches the settings.`),
  missing: warn(`${path} is not there yet.`, 'Nothing to do: it is made at the first question, within seconds.'),
  different: warn(`${path} was made with other settings.`, 'Nothing to do: it is made anew at the first question.'),
  foreign: fail(`${path} was not made by Chartroom.`, 'Move it away, or set DUCKDB_PATH to another path.'),
})

/** Whether the semantic model of a domain can be loaded. `load` throws `model/invalid`. */
export const modelValid = (
  domain: string,
  load: () => Promise<{ measures: object; dimensions: object; kpis: object }>,
): Check => ({
  name: `Model ${domain}`,
  run: async () => {
    const { measures, dimensions, kpis } = await load()
    const [m, d, k] = [measures, dimensions, kpis].map(part => Object.keys(part).length)
    if (!m)
      return fail('It names no measure, so nothing can be asked.', `Add a measure to sql/domains/${domain}/model.yaml.`)
    return ok(`${m} measures, ${d} dimensions, ${k} KPIs.`)
  },
})

const pngMark = '89504e470d0a1a0a'

/** Whether the child process that draws can draw. `paint` gives a PNG. */
export const painterWorks = (paint: () => Promise<Uint8Array>): Check => ({
  name: 'Chart painter',
  run: async () => {
    const png = await paint()
    const isPng = Buffer.from(png.subarray(0, 8)).toString('hex') === pngMark
    if (!isPng) return fail('It drew something that is no picture.', 'Run `npm install` again.')
    return ok(`It drew a chart of ${Math.ceil(png.length / 1024)} KB.`)
  },
})

/** Whether the child process of the database answers. `probe` runs `SELECT 42` and gives the value. */
export const engineWorks = (probe: () => Promise<unknown>): Check => ({
  name: 'DuckDB',
  run: async () => {
    const value = await probe()
    return Number(value) === 42
      ? ok('It answers.')
      : fail('It gave a wrong answer to a simple question.', 'Run `npm install` again.')
  },
})

/** Whether a platform or model is configured wholly, partly or not. Not at all is fine. `needs` maps settings to whether they are set. */
export const configured = (name: string, needs: Record<string, boolean>): Check => ({
  name,
  run: () => {
    const [set, unset] = [true, false].map(state => Object.keys(needs).filter(setting => needs[setting] === state))
    if (set!.length === 0) return ok('Not configured.')
    if (unset!.length === 0) return ok('Configured.')
    return warn(
      `Configured only in part: ${unset!.join(', ')} ${unset!.length === 1 ? 'is' : 'are'} missing.`,
      `Set ${unset!.join(' and ')}, or none of them.`,
    )
  },
})

/** Slack needs a bot token, or what installs it in several workspaces, and an app token (Socket Mode) or a signing secret (HTTP). */
export const slackConfigured = ({
  botToken,
  appToken,
  signingSecret,
  clientId,
  clientSecret,
}: { [K in 'botToken' | 'appToken' | 'signingSecret' | 'clientId' | 'clientSecret']?: string }): Check =>
  configured('Slack', {
    ...(clientId && !botToken
      ? { SLACK_CLIENT_ID: true, SLACK_CLIENT_SECRET: Boolean(clientSecret) }
      : { SLACK_BOT_TOKEN: Boolean(botToken) }),
    ...(signingSecret && !appToken ? { SLACK_SIGNING_SECRET: true } : { SLACK_APP_TOKEN: Boolean(appToken) }),
  })

/** Teams needs the app id and tenant; a managed identity has no secret. */
export const teamsConfigured = ({
  clientId,
  clientSecret,
  tenantId,
}: { [K in 'clientId' | 'clientSecret' | 'tenantId']?: string }): Check =>
  configured('Teams', {
    CLIENT_ID: Boolean(clientId),
    TENANT_ID: Boolean(tenantId),
    ...(clientSecret ? { CLIENT_SECRET: true } : {}),
  })

/** A model needs a key, or an address of its own (a local server may want no key), and a name. */
export const llmConfigured = ({ apiKey, baseUrl, name }: { [K in 'apiKey' | 'baseUrl' | 'name']?: string }): Check =>
  configured('Language model', {
    ...(baseUrl && !apiKey ? { OPENAI_BASE_URL: true } : { OPENAI_API_KEY: Boolean(apiKey) }),
    // There is a usual name, so that a name alone sets nothing up.
    OPENAI_MODEL: Boolean(name && (apiKey || baseUrl)),
  })
