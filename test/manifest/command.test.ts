import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { writeManifest } from '#src/manifest/command.ts'
import type { SlackManifest } from '#src/manifest/slack.ts'
import type { ChartroomError } from '#src/vocabulary/errors.ts'
import { makeHome } from '#test/cli/program.ts'
import { slackProblems } from './slack-rules.ts'
import { packageProblems } from './teams-rules.ts'

const folder = mkdtempSync(join(tmpdir(), 'chartroom manifest '))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const id = '11111111-2222-3333-4444-555555555555'
const at = 'https://bot.example.com'

let printed = ''
beforeEach(() => {
  printed = ''
})

const run = async (line: string, settings: { url?: string; clientId?: string } = {}) => {
  const io = {
    out: async (text: string) => {
      printed += text
    },
    writeFile: async (path: string, bytes: Uint8Array) => writeFileSync(path, bytes),
  }
  const args = [...line.split(' ').filter(Boolean), '--out', folder]
  return writeManifest(args, io, { version: '0.1.0', settings: () => settings })
}
const refusal = (line: string, settings = {}): Promise<string> =>
  run(line, settings).then(
    () => 'written',
    (error: ChartroomError) => `${error.code}: ${error.message}`,
  )

const slackFile = () => JSON.parse(readFileSync(join(folder, 'slack-manifest.json'), 'utf8')) as SlackManifest
const teamsFile = () => readFileSync(join(folder, 'chartroom-teams.zip'))
const teamsText = () => strFromU8(unzipSync(teamsFile())['manifest.json']!)

describe('chartroom manifest slack', () => {
  test('--socket writes an app without addresses and says which screens come next', async () => {
    expect(await run('slack --socket')).toBe(0)
    expect(slackProblems(slackFile())).toEqual([])
    expect(slackFile().settings.socket_mode_enabled).toBe(true)
    expect(printed.split('\n').map(line => line.slice(0, 60))).toEqual([
      `Wrote ${join(folder, 'slack-manifest.json')}. Next:`.slice(0, 60),
      '',
      '1. https://api.slack.com/apps → Create New App → From a mani',
      '2. Into .env: SLACK_BOT_TOKEN (Install App → Install to Work',
      '3. npm start. In Slack: /ask revenue last month.',
      '',
    ])
  })

  test('--url writes an app that is called at that address, in whatever way it is typed', async () => {
    for (const url of [at, `${at}/`, 'https://BOT.example.com:443']) {
      await run(`slack --url=${url}`)
      expect(slackFile().settings.event_subscriptions.request_url).toBe(`${at}/slack/events`)
    }
    expect(printed).toContain(`verify the Request URL ${at}/slack/events`)
    expect(printed).toContain('SLACK_SIGNING_SECRET')
  })

  test('--oauth adds the way back, over HTTP and beside Socket Mode', async () => {
    await run(`slack --oauth --url ${at}`)
    expect(slackFile().oauth_config.redirect_urls).toEqual([`${at}/slack/oauth_redirect`])
    expect(printed).toContain(`CHARTROOM_KEY, PUBLIC_URL=${at}; SLACK_SIGNING_SECRET`)
    await run(`slack --socket --oauth --url ${at}`)
    expect(printed).toContain(`CHARTROOM_KEY, PUBLIC_URL=${at}; SLACK_APP_TOKEN`)
    expect(slackFile()).toMatchObject({
      oauth_config: { redirect_urls: [`${at}/slack/oauth_redirect`] },
      settings: { socket_mode_enabled: true },
    })
    expect(printed).toContain(`open ${at}/slack/install`)
  })

  test('takes PUBLIC_URL where --url is left out', async () => {
    await run('slack', { url: at })
    expect(slackFile().settings.event_subscriptions.request_url).toBe(`${at}/slack/events`)
  })
})

describe('chartroom manifest teams', () => {
  test('writes a package that Teams takes and says which screens come next', async () => {
    expect(await run(`teams --url ${at} --id ${id.toUpperCase()}`)).toBe(0)
    expect(await packageProblems(teamsFile())).toEqual([])
    expect(JSON.parse(teamsText())).toMatchObject({
      id,
      version: '0.1.0',
      developer: { name: 'Chartroom', websiteUrl: at, privacyUrl: at, termsOfUseUrl: at },
    })
    expect(printed).toContain(`messaging endpoint is ${at}/api/messages`)
    expect(printed.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. '])
  })

  test('takes settings where options are left out, and says who it is from', async () => {
    const more =
      '--company Acme --website https://acme.example/bot --privacy https://acme.example/privacy --version 1.4.0'
    await run(`teams ${more} --app-id 99999999-2222-3333-4444-555555555555`, { url: at, clientId: id })
    expect(JSON.parse(teamsText())).toMatchObject({
      id: '99999999-2222-3333-4444-555555555555',
      bots: [{ botId: id }],
      version: '1.4.0',
      developer: {
        name: 'Acme',
        websiteUrl: 'https://acme.example/bot',
        privacyUrl: 'https://acme.example/privacy',
        termsOfUseUrl: 'https://acme.example/bot',
      },
    })
    expect(await packageProblems(teamsFile())).toEqual([])
  })
})

describe('bad input gets one sentence', () => {
  test.each([
    ['', '`chartroom manifest` needs a platform: slack or teams.'],
    ['discord', 'There is no platform "discord"; there are slack and teams.'],
    ['slack teams', '`chartroom manifest slack` takes only options, but there is "teams".'],
    ['slack', 'Slack over HTTP needs --url https://…, the public address of the bot; without one, use --socket.'],
    ['slack --socket --oauth', '--oauth needs --url https://…, where people come back to who installed the bot.'],
    [
      `slack --socket --url ${at}`,
      'With --socket Slack calls no address; leave out --url, or --socket for Slack over HTTP.',
    ],
    ['slack --socket=yes', '--socket takes no value, but there is "yes".'],
    ['slack --scoket', 'There is no option --scoket; did you mean --socket?'],
    ['slack --frobnicate 1', 'There is no option --frobnicate; there are --url, --out, --socket, --oauth.'],
    [`slack --id ${id}`, '--id goes with teams, not with slack.'],
    ['teams --socket', '--socket goes with slack, not with teams.'],
    ['slack --url', '--url needs a value.'],
    ['slack --url --oauth', '--url needs a value.'],
    [
      'slack --url http://bot.example.com',
      '--url must start with https://, such as https://bot.example.com, not "http://bot.example.com".',
    ],
    [
      'slack --url bot.example.com',
      '--url must start with https://, such as https://bot.example.com, not "bot.example.com".',
    ],
    ['slack --url https://', '--url must start with https://, such as https://bot.example.com, not "https://".'],
    [
      `slack --url ${at}/slack/events`,
      `--url must be an address without a path, such as ${at}, not "${at}/slack/events".`,
    ],
    [
      'slack --url https://me:x@bot.example.com',
      `--url must be an address without a path, such as ${at}, not "https://me:x@bot.example.com".`,
    ],
    [
      'slack --url https://localhost:3979',
      '--url must be an address that can be reached from outside, not "https://localhost:3979".',
    ],
    [`teams --id ${id}`, 'Teams needs --url https://…, the public address of the bot.'],
    [`teams --url ${at}`, 'Teams needs --id, the client id of the bot, as Entra and CLIENT_ID have it.'],
    [`teams --url ${at} --id 5`, '--id must be an id such as 00000000-0000-0000-0000-000000000000, not "5".'],
    [`teams --url ${at} --id ${id} --version 1.2`, '--version must be three numbers such as 1.2.0, not "1.2".'],
    [
      `teams --url ${at} --id ${id} --website http://x.example`,
      '--website must start with https://, such as https://bot.example.com, not "http://x.example".',
    ],
    [
      `teams --url ${at} --id ${id} --company ${'x'.repeat(33)}`,
      `--company may have 32 characters at most; "${'x'.repeat(33)}" has 33.`,
    ],
  ])('%s', async (line, sentence) => {
    expect(await refusal(line)).toBe(`command/usage: ${sentence}`)
    expect(printed).toBe('')
  })

  test('settings are named as settings', async () => {
    expect(await refusal('slack', { url: 'http://bot.example.com' })).toContain('PUBLIC_URL must start with https://')
    expect(await refusal('teams', { url: at, clientId: 'me' })).toContain('CLIENT_ID must be an id such as')
  })

  test('settings are not even read when the options say everything', async () => {
    const broken = {
      version: '1.0.0',
      settings: () => {
        throw new Error('.env is broken')
      },
    }
    const io = { out: async () => {}, writeFile: async () => {} }
    expect(await writeManifest(['slack', '--socket', '--out', folder], io, broken)).toBe(0)
    expect(await writeManifest(['slack', '--url', at, '--out', folder], io, broken)).toBe(0)
    expect(await writeManifest(['teams', '--url', at, '--id', id, '--out', folder], io, broken)).toBe(0)
  })

  test('a folder that is a file is refused, and nothing is lost', async () => {
    const file = join(folder, 'taken')
    writeFileSync(file, 'mine')
    const io = { out: async () => {}, writeFile: async () => {} }
    const refused = writeManifest(['slack', '--socket', '--out', file], io, { version: '1.0.0', settings: () => ({}) })
    await expect(refused).rejects.toMatchObject({ code: 'source/not-writable' })
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })
})

describe('the program', () => {
  const home = makeHome()
  afterAll(() => home.clear())

  test('writes both files, into folders that are not there yet', async () => {
    const slack = await home.run(['manifest', 'slack', '--socket', '--out', 'new/folder'])
    const settings = { PUBLIC_URL: at, CLIENT_ID: id, TENANT_ID: id }
    const teams = await home.run(['manifest', 'teams', '--out', 'new'], { settings })
    expect([slack.err, slack.code, teams.err, teams.code]).toEqual(['', 0, '', 0])
    expect(existsSync(join(home.folder, 'new/folder/slack-manifest.json'))).toBe(true)
    expect(await packageProblems(readFileSync(join(home.folder, 'new/chartroom-teams.zip')))).toEqual([])
  })

  test('says in one sentence what is wrong, and exits with 1', async () => {
    expect(await home.run(['manifest', 'slack'])).toEqual({
      code: 1,
      out: '',
      err: 'Slack over HTTP needs --url https://…, the public address of the bot; without one, use --socket. Run `chartroom help`.\n',
    })
  })
})
