import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { editDistance } from './semantic/near.ts'
import {
  day,
  dollars,
  flag,
  httpsOrigin,
  key,
  logLevel,
  logLevels,
  optional,
  optionalUrl,
  path,
  postgresUrl,
  secretText,
  token,
  whole,
} from './setting-values.ts'
import { ChartroomError } from './vocabulary/errors.ts'

/** Names and values as an environment has them. */
export type Environment = Record<string, string | undefined>

/** Everything that can be set, checked. Paths are as given: relative ones count from the working directory. */
export type Config = {
  /** Local listener on 127.0.0.1; 0 takes any free port. */
  port: number
  /** Public listener; it opens only when Slack over HTTP or Teams is configured. */
  public: { host: string; port: number; url?: string }
  /** The API for other machines; without a host there is none but on this machine. */
  api: { host?: string; port: number; key?: string; perMinute: number }
  home: string
  /** A PostgreSQL that others look after, for what is remembered; none: one of our own in `home`. */
  databaseUrl?: string
  retentionDays: number
  /** How much data one person of a chat may bring. */
  quota: { datasets: number; megabytes: number }
  duckdbPath: string
  sample: { numOrders: number; numCustomers: number; startDate: string; endDate: string; seed: string }
  limits: { maxRows: number; timeoutSeconds: number; cacheSeconds: number }
  logLevel: (typeof logLevels)[number]
  /** NODE_ENV=production: nothing that stands in for a platform is let in. */
  production: boolean
  /** 32 bytes; seals tokens at rest and signs addresses of pictures. */
  key?: Uint8Array
  slack: {
    botToken?: string
    appToken?: string
    signingSecret?: string
    clientId?: string
    clientSecret?: string
    /** Ends in a slash. */
    apiUrl: string
  }
  teams: { clientId?: string; clientSecret?: string; tenantId?: string; fakeUrl?: string; playground: boolean }
  /** `budgets` in US dollars; absent: no limit. */
  model: {
    apiKey?: string
    baseUrl?: string
    name: string
    tellsAll: boolean
    budgets: Record<'person' | 'workspace' | 'domain', Budget>
  }
}

/** US dollars for a language model. */
type Budget = { day?: number; month?: number }

/** Whether Slack is set up: for one workspace, or to be installed in many. */
export const hasSlack = ({ slack: { botToken, clientId } }: Config): boolean =>
  botToken !== undefined || clientId !== undefined

/** Whether Teams is set up, or the playground that stands for it. */
export const hasTeams = ({ teams: { clientId, playground } }: Config): boolean => clientId !== undefined || playground

/** The settings as people know them, for `.env.example`, the docs and the doctor. `value` is the default. */
export const describeSettings = (): { name: string; value: string; about: string; secret: boolean }[] =>
  Object.entries<Setting>(settings).map(([name, { value, about, secret = false }]) => ({ name, value, about, secret }))

/** The text of `.env.example`: every setting, one line each; copied to `.env` it changes nothing. */
export const exampleEnv = (): string =>
  describeSettings()
    .map(({ name, value, about }) => `${name}=${value} # ${about}\n`)
    .join('')

/**
 * Reads and checks all settings. Throws `config/invalid` that names every problem at once; secret values are never repeated.
 * An empty value means the default.
 */
export const readConfig = (env: Environment): Config => {
  const texts = Object.fromEntries(
    Object.entries(settings).map(([name, { value }]) => [name, env[name]?.trim() || value]),
  )
  const parsed = settingsSchema.safeParse(texts)
  const problems = [...(parsed.error?.issues.map(issue => problemText(issue, texts)) ?? []), ...misspelt(env)]
  if (!parsed.success || problems.length > 0) throw ChartroomError.of('config/invalid', { problems })
  return toConfig(parsed.data)
}

/**
 * The environment of this process over the `.env` of a folder; the real environment wins.
 * Throws `source/unreadable` when there is a `.env` that cannot be read.
 */
export const loadEnvironment = (cwd: string): Environment => ({
  ...readEnvFile(join(cwd, '.env')),
  ...processEnvironment(),
})

/** The environment of this process alone. The only place that reads `process.env`. */
export const processEnvironment = (): Environment => process.env

type Setting = { schema: z.ZodType<unknown, string>; value: string; about: string; secret?: true }

/** One line per setting; `.env.example` and the docs are made from it. */
const settings = {
  PORT: {
    schema: whole(0, 65_535),
    value: '3978',
    about: 'port of the local room, API, docs and metrics on 127.0.0.1',
  },
  HOST: { schema: z.string(), value: '0.0.0.0', about: 'address of the public listener for Slack over HTTP and Teams' },
  API_HOST: {
    schema: optional,
    value: '',
    about: 'address that opens the API to other machines; needs CHARTROOM_API_KEY',
  },
  API_PORT: { schema: whole(0, 65_535), value: '3980', about: 'port of that listener' },
  CHARTROOM_API_KEY: {
    schema: secretText,
    value: '',
    about: 'key that other machines show, at least 16 characters',
    secret: true,
  },
  API_RATE_LIMIT: { schema: whole(1, 100_000), value: '300', about: 'requests to the API of one client in a minute' },
  PUBLIC_URL: {
    schema: httpsOrigin,
    value: '',
    about: 'https address at which Slack and Teams reach the public listener',
  },
  PUBLIC_PORT: { schema: whole(0, 65_535), value: '3979', about: 'port of the public listener' },
  CHARTROOM_HOME: { schema: path, value: '.chartroom', about: 'folder for everything the program writes' },
  DATABASE_URL: {
    schema: postgresUrl,
    value: '',
    about: 'PostgreSQL that keeps conversations, answers and the audit; empty: one of our own in CHARTROOM_HOME',
    secret: true,
  },
  RETENTION_DAYS: {
    schema: whole(1, 3650),
    value: '90',
    about: 'days after which conversations, feedback and the audit are deleted',
  },
  MAX_DATASETS_PER_PERSON: {
    schema: whole(1, 10_000),
    value: '20',
    about: 'datasets that one person of a chat may have brought',
  },
  MAX_DATASET_MB_PER_PERSON: {
    schema: whole(1, 1_000_000),
    value: '2000',
    about: 'megabytes of files, with all versions, that these may have together',
  },
  DUCKDB_PATH: { schema: path, value: '', about: 'ecommerce data file; empty: ecommerce.duckdb in CHARTROOM_HOME' },
  NUM_ORDERS: { schema: whole(1, 5_000_000), value: '10000', about: 'orders in the ecommerce sample' },
  NUM_CUSTOMERS: { schema: whole(1, 1_000_000), value: '500', about: 'customers in the ecommerce sample' },
  START_DATE: { schema: day, value: '2023-01-01', about: 'first day with sample orders' },
  END_DATE: { schema: day, value: '2023-12-31', about: 'last day with sample orders' },
  SAMPLE_SEED: { schema: z.string(), value: 'chartroom', about: 'the same seed gives the same sample rows everywhere' },
  MAX_QUERY_ROWS: { schema: whole(1, 1_000_000), value: '10000', about: 'most rows that one answer may have' },
  QUERY_TIMEOUT: { schema: whole(1, 3600), value: '30', about: 'seconds after which a query is stopped' },
  CACHE_TTL: { schema: whole(0, 604_800), value: '300', about: 'seconds for which an answer is kept; 0 keeps none' },
  LOG_LEVEL: { schema: logLevel, value: 'info', about: `one of ${logLevels.join(', ')}` },
  SLACK_BOT_TOKEN: { schema: token('xoxb-'), value: '', about: 'Slack bot token (xoxb-…)', secret: true },
  SLACK_APP_TOKEN: {
    schema: token('xapp-'),
    value: '',
    about: 'Slack app token (xapp-…), for Socket Mode',
    secret: true,
  },
  SLACK_SIGNING_SECRET: {
    schema: optional,
    value: '',
    about: 'Slack signing secret, for Slack over HTTP',
    secret: true,
  },
  SLACK_CLIENT_ID: { schema: optional, value: '', about: 'Slack client id, to install in several workspaces' },
  SLACK_CLIENT_SECRET: {
    schema: optional,
    value: '',
    about: 'Slack client secret, to install in several workspaces',
    secret: true,
  },
  SLACK_API_URL: {
    schema: optionalUrl,
    value: 'https://slack.com/api/',
    about: 'Slack Web API; another address (npm run fake:slack) is refused in production',
  },
  CLIENT_ID: { schema: optional, value: '', about: 'Teams: app (client) id of the bot' },
  CLIENT_SECRET: {
    schema: optional,
    value: '',
    about: 'Teams: client secret; none with a managed identity',
    secret: true,
  },
  TENANT_ID: { schema: optional, value: '', about: 'Teams: tenant that the bot serves' },
  TEAMS_FAKE_URL: {
    schema: optionalUrl,
    value: '',
    about: 'stand-in for the services of Teams (npm run fake:teams); refused in production',
  },
  TEAMS_PLAYGROUND: {
    schema: flag,
    value: 'false',
    about: 'true lets the Agents Playground in without credentials, from this machine only; refused in production',
  },
  CHARTROOM_KEY: {
    schema: key,
    value: '',
    about: '32 bytes (openssl rand -base64 32) that seal Slack tokens at rest and sign addresses of pictures',
    secret: true,
  },
  NODE_ENV: { schema: z.string(), value: '', about: 'production refuses stand-ins and missing credentials' },
  OPENAI_API_KEY: { schema: optional, value: '', about: 'key of the language model; none: rules only', secret: true },
  OPENAI_BASE_URL: { schema: optionalUrl, value: '', about: 'address of an OpenAI-compatible API' },
  OPENAI_MODEL: { schema: z.string(), value: 'gpt-5-mini', about: 'name of the language model' },
  STORY_BY_MODEL: {
    schema: flag,
    value: 'false',
    about: 'true: certified answers are told by the language model too; each waits for it',
  },
  BUDGET_PERSON_DAY: {
    schema: dollars,
    value: '',
    about: 'US dollars a day that the language model may cost for one person',
  },
  BUDGET_PERSON_MONTH: { schema: dollars, value: '', about: 'the same for a month' },
  BUDGET_WORKSPACE_DAY: {
    schema: dollars,
    value: '',
    about: 'US dollars a day for everybody of a workspace or tenant',
  },
  BUDGET_WORKSPACE_MONTH: { schema: dollars, value: '', about: 'the same for a month' },
  BUDGET_DOMAIN_DAY: { schema: dollars, value: '', about: 'US dollars a day for questions about one domain' },
  BUDGET_DOMAIN_MONTH: { schema: dollars, value: '', about: 'the same for a month' },
} as const satisfies Record<string, Setting>

type Shape = { [K in keyof typeof settings]: (typeof settings)[K]['schema'] }
const shape = Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema])) as Shape

const mostDays = 20 * 366

/** Whether START_DATE … END_DATE and the two ports go together; looked at only when each is right by itself. */
const settingsSchema = z.object(shape).superRefine((s, context) => {
  const complain = (name: keyof Shape, message: string) => context.addIssue({ code: 'custom', path: [name], message })
  if (s.END_DATE < s.START_DATE) complain('END_DATE', `must not be before START_DATE (${s.START_DATE})`)
  if (Date.parse(s.END_DATE) - Date.parse(s.START_DATE) > mostDays * 86_400_000)
    complain('END_DATE', `must be at most 20 years after START_DATE (${s.START_DATE})`)
  if (s.PORT === s.PUBLIC_PORT && s.PORT !== 0) complain('PUBLIC_PORT', 'must not be the same as PORT')
  if (s.API_HOST && !s.CHARTROOM_API_KEY) complain('API_HOST', 'needs CHARTROOM_API_KEY: nobody else may read the data')
  checkPlatforms(s, complain)
})

type Complain = (name: keyof Shape, message: string) => void

/** What Slack and Teams need is there together; nothing of a stand-in gets into production. */
const checkPlatforms = (s: { [K in keyof Shape]: z.infer<Shape[K]> }, complain: Complain) => {
  const production = s.NODE_ENV === 'production'
  if (s.SLACK_BOT_TOKEN && !s.SLACK_APP_TOKEN && !s.SLACK_SIGNING_SECRET)
    complain('SLACK_BOT_TOKEN', 'needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it')
  if ((s.SLACK_CLIENT_ID === undefined) !== (s.SLACK_CLIENT_SECRET === undefined))
    complain('SLACK_CLIENT_ID', 'and SLACK_CLIENT_SECRET must be set together')
  if (s.SLACK_CLIENT_ID && s.SLACK_BOT_TOKEN)
    complain('SLACK_CLIENT_ID', 'is for several workspaces, SLACK_BOT_TOKEN for one; set one of them')
  if (s.SLACK_CLIENT_ID && !s.CHARTROOM_KEY)
    complain('SLACK_CLIENT_ID', 'needs CHARTROOM_KEY, which seals the tokens of the workspaces')
  if (s.CLIENT_ID && !s.TENANT_ID) complain('CLIENT_ID', 'needs TENANT_ID: only that tenant is served')
  for (const name of ['CLIENT_SECRET', 'TEAMS_FAKE_URL'] as const)
    if (s[name] && !s.CLIENT_ID && !s.TEAMS_PLAYGROUND)
      complain(name, 'needs CLIENT_ID beside it: without, there is no Teams')
  if (production && s.SLACK_API_URL !== 'https://slack.com/api/')
    complain('SLACK_API_URL', 'may only be https://slack.com/api/ in production')
  if (production && s.TEAMS_FAKE_URL) complain('TEAMS_FAKE_URL', 'is refused in production')
  if (production && s.TEAMS_PLAYGROUND) complain('TEAMS_PLAYGROUND', 'is refused in production')
}

const toConfig = (s: z.infer<typeof settingsSchema>): Config => ({
  port: s.PORT,
  public: {
    host: s.TEAMS_PLAYGROUND ? '127.0.0.1' : s.HOST,
    port: s.PUBLIC_PORT,
    url: s.PUBLIC_URL?.replace(/\/$/, ''),
  },
  api: { host: s.API_HOST, port: s.API_PORT, key: s.CHARTROOM_API_KEY, perMinute: s.API_RATE_LIMIT },
  home: s.CHARTROOM_HOME,
  databaseUrl: s.DATABASE_URL,
  retentionDays: s.RETENTION_DAYS,
  quota: { datasets: s.MAX_DATASETS_PER_PERSON, megabytes: s.MAX_DATASET_MB_PER_PERSON },
  duckdbPath: s.DUCKDB_PATH || join(s.CHARTROOM_HOME, 'ecommerce.duckdb'),
  sample: {
    numOrders: s.NUM_ORDERS,
    numCustomers: s.NUM_CUSTOMERS,
    startDate: s.START_DATE,
    endDate: s.END_DATE,
    seed: s.SAMPLE_SEED,
  },
  limits: { maxRows: s.MAX_QUERY_ROWS, timeoutSeconds: s.QUERY_TIMEOUT, cacheSeconds: s.CACHE_TTL },
  logLevel: s.LOG_LEVEL,
  production: s.NODE_ENV === 'production',
  key: s.CHARTROOM_KEY,
  slack: {
    botToken: s.SLACK_BOT_TOKEN,
    appToken: s.SLACK_APP_TOKEN,
    signingSecret: s.SLACK_SIGNING_SECRET,
    clientId: s.SLACK_CLIENT_ID,
    clientSecret: s.SLACK_CLIENT_SECRET,
    apiUrl: s.SLACK_API_URL?.replace(/\/?$/, '/') ?? 'https://slack.com/api/',
  },
  teams: {
    clientId: s.CLIENT_ID,
    clientSecret: s.CLIENT_SECRET,
    tenantId: s.TENANT_ID,
    fakeUrl: s.TEAMS_FAKE_URL,
    playground: s.TEAMS_PLAYGROUND,
  },
  model: {
    apiKey: s.OPENAI_API_KEY,
    baseUrl: s.OPENAI_BASE_URL,
    name: s.OPENAI_MODEL,
    tellsAll: s.STORY_BY_MODEL,
    budgets: {
      person: { day: s.BUDGET_PERSON_DAY, month: s.BUDGET_PERSON_MONTH },
      workspace: { day: s.BUDGET_WORKSPACE_DAY, month: s.BUDGET_WORKSPACE_MONTH },
      domain: { day: s.BUDGET_DOMAIN_DAY, month: s.BUDGET_DOMAIN_MONTH },
    },
  },
})

const problemText = (issue: { path: PropertyKey[]; message: string }, texts: Environment) => {
  const name = String(issue.path[0])
  const setting: Setting | undefined = settings[name as keyof typeof settings]
  return setting?.secret || !issue.message.startsWith('must')
    ? `${name} ${issue.message}`
    : `${name} ${issue.message}, not ${JSON.stringify(texts[name])}`
}

/** Names that begin like one of ours and are a slip away from one that is not set. Anything with CHARTROOM_ must be ours. */
const misspelt = (env: Environment): string[] => {
  const known = Object.keys(settings)
  const beginnings = new Set(known.filter(name => name.includes('_')).map(beginning))
  return Object.keys(env)
    .filter(name => !known.includes(name) && beginnings.has(beginning(name.toUpperCase())))
    .flatMap(name => {
      const near = known.find(k => env[k] === undefined && editDistance(name, k) <= (k.length > 8 ? 2 : 1))
      if (near) return [`${name} is not a setting; did you mean ${near}?`]
      return name.startsWith('CHARTROOM_') ? [`${name} is not a setting`] : []
    })
}

const beginning = (name: string) => name.split('_')[0]!

const readEnvFile = (file: string): Environment => {
  try {
    return parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (error) {
    if (isMissing(error)) return {}
    throw ChartroomError.of('source/unreadable', { path: '.env', reason: 'it is not a file that may be read' }, error)
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'
