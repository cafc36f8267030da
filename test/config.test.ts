import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describeSettings, type Environment, exampleEnv, loadEnvironment, readConfig } from '#src/config.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'

const problemsOf = (env: Environment): string[] => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ChartroomError && error.code === 'config/invalid')
      return error.message
        .split('\n')
        .slice(1)
        .map(line => line.trim())
    throw error
  }
  return []
}

describe('the settings', () => {
  test('with nothing set, every setting has its default', () => {
    expect(readConfig({})).toEqual({
      port: 3978,
      api: { port: 3980, perMinute: 300 },
      public: { host: '0.0.0.0', port: 3979 },
      home: '.chartroom',
      databaseUrl: undefined,
      retentionDays: 90,
      quota: { datasets: 20, megabytes: 2000 },
      duckdbPath: join('.chartroom', 'ecommerce.duckdb'),
      sample: {
        numOrders: 10_000,
        numCustomers: 500,
        startDate: '2023-01-01',
        endDate: '2023-12-31',
        seed: 'chartroom',
      },
      limits: { maxRows: 10_000, timeoutSeconds: 30, cacheSeconds: 300 },
      logLevel: 'info',
      production: false,
      slack: { apiUrl: 'https://slack.com/api/' },
      teams: { playground: false },
      model: { name: 'gpt-5-mini', tellsAll: false, budgets: { person: {}, workspace: {}, domain: {} } },
    })
  })

  test('what is set is used, trimmed', () => {
    const config = readConfig({
      PORT: ' 0 ',
      CHARTROOM_HOME: '/data/room',
      NUM_ORDERS: '250',
      LOG_LEVEL: 'WARN',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      CLIENT_ID: 'c',
      TENANT_ID: 't',
      OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    })
    expect(config.port).toBe(0)
    expect(config.duckdbPath).toBe(join('/data/room', 'ecommerce.duckdb'))
    expect(config.sample.numOrders).toBe(250)
    expect(config.logLevel).toBe('warn')
    expect([config.slack.botToken, config.teams.clientId]).toEqual(['xoxb-1', 'c'])
    expect(config.model.baseUrl).toBe('http://127.0.0.1:9/v1')
  })

  test('an empty value means the default', () => {
    expect(readConfig({ PORT: '', NUM_ORDERS: '  ', DUCKDB_PATH: '', SLACK_BOT_TOKEN: '' })).toEqual(readConfig({}))
  })

  test('all problems are told at once, with the setting and what is wrong', () => {
    expect(
      problemsOf({ PORT: '70000', START_DATE: '2023-02-30', LOG_LEVEL: 'loud', OPENAI_BASE_URL: 'ftp://x' }),
    ).toEqual([
      'PORT must be a whole number from 0 to 65,535, not "70000"',
      'START_DATE must be a day from 1970 to 2199 such as 2023-01-31, not "2023-02-30"',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"',
      'OPENAI_BASE_URL must be a URL that starts with http, not "ftp://x"',
    ])
  })

  test.each(['1e4', '10_000', '-1', '0', '5000001', '12.5', '0x10', 'NaN', '9'.repeat(40)])(
    'NUM_ORDERS=%s is refused',
    value => {
      expect(problemsOf({ NUM_ORDERS: value })).toEqual([
        `NUM_ORDERS must be a whole number from 1 to 5,000,000, not "${value}"`,
      ])
    },
  )

  test('settings that do not go together are told', () => {
    expect(problemsOf({ START_DATE: '2023-05-01', END_DATE: '2023-04-30', PORT: '80', PUBLIC_PORT: '80' })).toEqual([
      'END_DATE must not be before START_DATE (2023-05-01), not "2023-04-30"',
      'PUBLIC_PORT must not be the same as PORT, not "80"',
    ])
    expect(problemsOf({ START_DATE: '1980-01-01', END_DATE: '2023-01-01' })).toEqual([
      'END_DATE must be at most 20 years after START_DATE (1980-01-01), not "2023-01-01"',
    ])
    expect(problemsOf({ START_DATE: '2023-05-01', END_DATE: '2023-05-01', PORT: '0', PUBLIC_PORT: '0' })).toEqual([])
  })

  test('a wrong secret is never repeated', () => {
    expect(problemsOf({ SLACK_BOT_TOKEN: 'hunter2', SLACK_APP_TOKEN: 'hunter3' })).toEqual([
      'SLACK_BOT_TOKEN must start with xoxb-',
      'SLACK_APP_TOKEN must start with xapp-',
    ])
  })

  test('a path with "~" is refused, since nothing expands it', () => {
    expect(problemsOf({ CHARTROOM_HOME: '~/room' })).toEqual([
      'CHARTROOM_HOME must be a path without "~", which is not expanded here, not "~/room"',
    ])
  })

  test('misspelt settings get the near name', () => {
    expect(problemsOf({ SLACK_BOT_TOKNE: 'x', NUM_ORDER: '5', chartroom_home: 'x', MAX_QUERY_ROW: '1' })).toEqual([
      'SLACK_BOT_TOKNE is not a setting; did you mean SLACK_BOT_TOKEN?',
      'NUM_ORDER is not a setting; did you mean NUM_ORDERS?',
      'chartroom_home is not a setting; did you mean CHARTROOM_HOME?',
      'MAX_QUERY_ROW is not a setting; did you mean MAX_QUERY_ROWS?',
    ])
    expect(problemsOf({ CHARTROOM_COLOUR: 'red' })).toEqual(['CHARTROOM_COLOUR is not a setting'])
  })

  test("other programs' variables are left alone", () => {
    const others = { PATH: '/bin', HOSTNAME: 'x', OPENAI_ORG_ID: 'o', SLACK_WEBHOOK: 'w', LOGNAME: 'l', SUPPORT: 's' }
    expect(problemsOf(others)).toEqual([])
    expect(problemsOf({ CLIENT_ID: 'set', TENANT_ID: 't', CLIENT_IP: '10.0.0.1' })).toEqual([])
  })
})

describe('settings of Slack and Teams', () => {
  const bot = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }
  const oauth = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's', SLACK_SIGNING_SECRET: 'g' }
  const production = { NODE_ENV: 'production' }

  test.each<[Environment, string]>([
    [
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it',
    ],
    [{ SLACK_CLIENT_ID: '1.2' }, 'SLACK_CLIENT_ID and SLACK_CLIENT_SECRET must be set together'],
    [oauth, 'SLACK_CLIENT_ID needs CHARTROOM_KEY, which seals the tokens of the workspaces'],
    [{ CLIENT_ID: 'c' }, 'CLIENT_ID needs TENANT_ID: only that tenant is served'],
    [
      { ...production, CLIENT_SECRET: 's', TENANT_ID: 't' },
      'CLIENT_SECRET needs CLIENT_ID beside it: without, there is no Teams',
    ],
    [{ TEAMS_FAKE_URL: 'http://127.0.0.1:1' }, 'TEAMS_FAKE_URL needs CLIENT_ID beside it: without, there is no Teams'],
    [
      { CHARTROOM_KEY: 'short' },
      'CHARTROOM_KEY must be 32 bytes as base64 or 64 hexadecimal digits, such as `openssl rand -base64 32` gives',
    ],
    [
      { PUBLIC_URL: 'http://bot.example' },
      'PUBLIC_URL must be an https address without a path, such as https://bot.example.com, not "http://bot.example"',
    ],
    [
      { ...bot, ...production, SLACK_API_URL: 'http://127.0.0.1:1/api/' },
      'SLACK_API_URL may only be https://slack.com/api/ in production',
    ],
    [{ ...production, TEAMS_FAKE_URL: 'http://127.0.0.1:1' }, 'TEAMS_FAKE_URL is refused in production'],
    [{ ...production, TEAMS_PLAYGROUND: 'true' }, 'TEAMS_PLAYGROUND is refused in production'],
  ])('%j is refused', (env, problem) => {
    expect(problemsOf(env)).toContain(problem)
  })

  test('a key is 32 bytes, written either way', () => {
    const hex = '00'.repeat(31) + 'ff'
    const bytes = new Uint8Array(32).fill(255, 31)
    expect(readConfig({ CHARTROOM_KEY: hex }).key).toEqual(bytes)
    expect(readConfig({ CHARTROOM_KEY: Buffer.from(bytes).toString('base64') }).key).toEqual(bytes)
  })

  test('with the playground, the public listener is on this machine only', () => {
    expect(readConfig({ TEAMS_PLAYGROUND: 'true' }).public.host).toBe('127.0.0.1')
  })
})

describe('.env.example', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')

  test('lists every setting of the schema, one line each', () => {
    expect(example).toBe(exampleEnv())
    expect(
      example
        .trimEnd()
        .split('\n')
        .map(line => line.split('=')[0]),
    ).toEqual(describeSettings().map(s => s.name))
  })

  test('copied to .env it changes nothing', () => {
    expect(parseEnv(example)).toEqual(Object.fromEntries(describeSettings().map(s => [s.name, s.value])))
    expect(readConfig(parseEnv(example))).toEqual(readConfig({}))
  })
})

describe('the environment', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chartroom-config-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('.env is read, and the real environment wins', () => {
    writeFileSync(join(folder, '.env'), '\uFEFFNUM_ORDERS=77 # few\nPATH=/nowhere\nSAMPLE_SEED="a # b"\n')
    const env = loadEnvironment(folder)
    expect([env.NUM_ORDERS, env.SAMPLE_SEED]).toEqual(['77', 'a # b'])
    expect(env.PATH).toBe(process.env.PATH)
  })

  test('without .env there is the real environment alone', () => {
    expect(loadEnvironment(folder)).toEqual({ ...process.env })
  })

  test('a .env that is no file is told in a sentence', () => {
    mkdirSync(join(folder, '.env'))
    expect(() => loadEnvironment(folder)).toThrow('.env could not be read: it is not a file that may be read.')
  })
})
