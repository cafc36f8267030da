import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '#src/config.ts'
import { fontsReadable, homeWritable, nodeVersion, portFree } from '#src/doctor/machine.ts'
import {
  configured,
  engineWorks,
  llmConfigured,
  modelValid,
  painterWorks,
  sampleData,
  settingsValid,
  slackConfigured,
  teamsConfigured,
} from '#src/doctor/setup.ts'
import { fixedEffects } from '#src/effects.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chartroom-doctor-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('Node.js', () => {
  test.each([
    ['22.18.0', 'ok'],
    ['24.0.0', 'ok'],
    ['22.17.9', 'fail'],
    ['20.20.2', 'fail'],
  ])('%s is %s', async (version, status) => {
    expect(await nodeVersion(version, '22.18').run()).toMatchObject({ status })
  })
})

describe('the home folder', () => {
  const check = (home: string) => homeWritable(home, fixedEffects().newId).run()

  test('is made when it is missing, and nothing stays in it', async () => {
    const home = join(folder, 'a', 'b')
    expect(await check(home)).toEqual({ status: 'ok', sentence: `${home} can be written.` })
    expect(readdirSync(home)).toEqual([])
  })

  test('a file in its place fails and is left alone', async () => {
    const home = join(folder, 'file')
    writeFileSync(home, 'mine')
    expect(await check(home)).toMatchObject({ status: 'fail', sentence: `${home} cannot be written.` })
    expect(existsSync(home)).toBe(true)
  })
})

describe('the port', () => {
  const listening = () =>
    new Promise<{ port: number; close: () => void }>(resolve => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address()
        if (address && typeof address === 'object') resolve({ port: address.port, close: () => server.close() })
      })
    })
  const check = (port: number, answers = async () => false) =>
    portFree({ port, host: '127.0.0.1', setting: 'PORT' }, answers).run()

  test('that nobody uses is free, and is free again after the check', async () => {
    const { port, close } = await listening()
    close()
    expect(await check(port)).toEqual({ status: 'ok', sentence: `Port ${port} is free.` })
    expect(await check(port)).toMatchObject({ status: 'ok' })
  })

  test('that another program uses fails, unless it is Chartroom itself', async () => {
    const { port, close } = await listening()
    expect(await check(port)).toMatchObject({ status: 'fail', sentence: `Port ${port} is in use by another program.` })
    expect(await check(port, () => Promise.reject(new Error('no HTTP')))).toMatchObject({ status: 'fail' })
    expect(await check(port, async () => true)).toEqual({
      status: 'ok',
      sentence: `Chartroom is running on port ${port}.`,
    })
    close()
  })

  test('0 is any port; an address that is not ours fails', async () => {
    expect(await check(0)).toEqual({ status: 'ok', sentence: 'Any free port will be taken.' })
    const foreign = portFree({ port: 39_781, host: '192.0.2.1', setting: 'PUBLIC_PORT' }, async () => false)
    expect(await foreign.run()).toEqual({
      status: 'fail',
      sentence: 'Nothing can listen on 192.0.2.1:39781.',
      fix: 'Check HOST and PUBLIC_PORT.',
    })
  })
})

describe('fonts', () => {
  const file = (name: string, bytes: string) => {
    writeFileSync(join(folder, name), Buffer.from(bytes, 'hex'))
    return join(folder, name)
  }

  test('of every format are read', async () => {
    const files = { A: file('a.ttf', '0001000000ff'), B: file('b.otf', '4f54544f'), C: file('c.woff2', '774f4632aa') }
    expect(await fontsReadable(files).run()).toEqual({ status: 'ok', sentence: '3 fonts can be read.' })
  })

  test('that are missing, empty or no fonts are named', async () => {
    const files = {
      Fine: file('a.ttf', '00010000'),
      Gone: join(folder, 'none.ttf'),
      Empty: file('b.ttf', ''),
      Page: file('c.ttf', '3c68746d6c'),
    }
    expect(await fontsReadable(files).run()).toMatchObject({
      status: 'warn',
      sentence: 'Cannot be read: Gone, Empty, Page.',
    })
  })
})

describe('the setup', () => {
  test('settings are read', async () => {
    expect(await settingsValid(() => readConfig({})).run()).toMatchObject({ status: 'ok' })
    expect(() => settingsValid(() => readConfig({ PORT: 'x' })).run()).toThrow('PORT must be')
  })

  test.each([
    ['matching', 'ok'],
    ['missing', 'warn'],
    ['different', 'warn'],
    ['foreign', 'fail'],
  ] as const)('sample data that is %s is %s', async (state, status) => {
    expect(await sampleData('a.duckdb', async () => state).run()).toMatchObject({ status })
  })

  test('a model is counted; one without measures fails', async () => {
    const model = { measures: { a: 1, b: 1 }, dimensions: { c: 1 }, kpis: {} }
    expect(await modelValid('sales', async () => model).run()).toEqual({
      status: 'ok',
      sentence: '2 measures, 1 dimensions, 0 KPIs.',
    })
    expect(await modelValid('sales', async () => ({ ...model, measures: {} })).run()).toMatchObject({ status: 'fail' })
  })

  test('the painter must draw a PNG', async () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3000)])
    expect(await painterWorks(async () => png).run()).toEqual({ status: 'ok', sentence: 'It drew a chart of 3 KB.' })
    expect(await painterWorks(async () => Uint8Array.of(1, 2)).run()).toMatchObject({ status: 'fail' })
  })

  test('the database must answer 42', async () => {
    expect(await engineWorks(async () => 42n).run()).toMatchObject({ status: 'ok' })
    expect(await engineWorks(async () => null).run()).toMatchObject({ status: 'fail' })
  })
})

describe('what is configured', () => {
  test('not at all and wholly are fine, in part is told', async () => {
    expect(await configured('X', { A: false, B: false }).run()).toEqual({ status: 'ok', sentence: 'Not configured.' })
    expect(await configured('X', { A: true, B: true }).run()).toEqual({ status: 'ok', sentence: 'Configured.' })
    expect(await configured('X', { A: true, B: false, C: false }).run()).toEqual({
      status: 'warn',
      sentence: 'Configured only in part: B, C are missing.',
      fix: 'Set B and C, or none of them.',
    })
  })

  test.each([
    [slackConfigured({}), 'Not configured.'],
    [slackConfigured({ botToken: 'b', appToken: 'a' }), 'Configured.'],
    [slackConfigured({ botToken: 'b', signingSecret: 's' }), 'Configured.'],
    [slackConfigured({ clientId: 'i', clientSecret: 'c', signingSecret: 's' }), 'Configured.'],
    [
      slackConfigured({ clientId: 'i', signingSecret: 's' }),
      'Configured only in part: SLACK_CLIENT_SECRET is missing.',
    ],
    [slackConfigured({ botToken: 'b' }), 'Configured only in part: SLACK_APP_TOKEN is missing.'],
    [slackConfigured({ signingSecret: 's' }), 'Configured only in part: SLACK_BOT_TOKEN is missing.'],
    [teamsConfigured({ clientId: 'c', tenantId: 't' }), 'Configured.'],
    [teamsConfigured({ clientId: 'c', clientSecret: 's' }), 'Configured only in part: TENANT_ID is missing.'],
    [llmConfigured({ apiKey: 'k', name: 'm' }), 'Configured.'],
    [llmConfigured({ baseUrl: 'http://127.0.0.1', name: 'm' }), 'Configured.'],
    [llmConfigured({ apiKey: 'k' }), 'Configured only in part: OPENAI_MODEL is missing.'],
  ])('$name %#', async (check, sentence) => {
    expect(await check.run()).toMatchObject({ sentence })
  })
})
