import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'
import { botEvents, shortcuts, slashCommands } from '#handlers/slack/surface.ts'
import { type SlackManifest, slackManifest, slackScopes } from '#src/manifest/slack.ts'
import { readSlackSource } from '#src/manifest/source.ts'
import { slackProblems } from './slack-rules.ts'
import { withValue } from './with-value.ts'

const source = await readSlackSource()
const socket = slackManifest(source, {})
const http = slackManifest(source, { events: 'https://bot.example.com' })

describe('the Slack app', () => {
  test.each([
    ['over a socket', socket],
    ['over a socket, for several workspaces', slackManifest(source, { install: 'https://bot.example.com' })],
    ['over HTTP', http],
    [
      'over HTTP, for several workspaces',
      slackManifest(source, { events: 'https://a.example', install: 'https://a.example' }),
    ],
  ])('%s is one that Slack takes', (_, manifest) => {
    expect(slackProblems(manifest)).toEqual([])
  })

  test('over a socket is the source as it stands, without any address', () => {
    expect(socket).toEqual(source)
    expect(JSON.stringify(socket)).not.toContain('http')
  })

  test('over HTTP sends events, commands, clicks and menus to one address', () => {
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: 'https://bot.example.com/slack/events' },
      interactivity: {
        request_url: 'https://bot.example.com/slack/events',
        message_menu_options_url: 'https://bot.example.com/slack/events',
      },
    })
    expect(http.features.slash_commands.map(c => c.url)).toEqual(Array(4).fill('https://bot.example.com/slack/events'))
    expect(http.oauth_config.redirect_urls).toBeUndefined()
  })

  test('brings people back to the bot only when it may be installed elsewhere', () => {
    const { oauth_config, settings } = slackManifest(source, { install: 'https://bot.example.com' })
    expect(oauth_config.redirect_urls).toEqual(['https://bot.example.com/slack/oauth_redirect'])
    expect(settings.socket_mode_enabled).toBe(true)
  })

  test('declares what the handler listens to, no less and no more', () => {
    expect(source.features.slash_commands.map(c => c.command)).toEqual(slashCommands)
    expect(Object.fromEntries(source.features.shortcuts.map(s => [s.type, s.callback_id]))).toEqual(shortcuts)
    expect(source.features.shortcuts).toHaveLength(2)
    expect(source.settings.event_subscriptions.bot_events).toEqual(botEvents)
  })

  test('has people, channels and links in commands escaped, so that nobody can be written to by a name typed', () => {
    expect(source.features.slash_commands.every(c => c.should_escape)).toBe(true)
  })

  test('offers prompts that every set of data can answer', () => {
    const prompts = source.features.agent_view.suggested_prompts.map(p => parseCommand(p.message).kind)
    expect(prompts).toEqual(['help', 'data', 'kpi', 'data'])
  })

  test('asks for no scope that reads channels, and looks people up only for who they are', () => {
    expect(slackScopes(source)).toEqual({
      needed: [
        'app_mentions:read',
        'assistant:write',
        'chat:write',
        'commands',
        'files:read',
        'files:write',
        'im:history',
        'usergroups:read',
        'users:read',
      ],
      optional: [],
    })
  })
})

describe('a fault in a Slack manifest is seen', () => {
  const address = 'must match pattern "^https://[^\\s]+$"'

  test.each<[what: string, from: SlackManifest, path: string, value: unknown, problem: string]>([
    ['a misspelt scope', socket, 'oauth_config.scopes.bot.9', 'chat:wirte', 'there is no scope chat:wirte'],
    [
      'a misspelt event',
      socket,
      'settings.event_subscriptions.bot_events.7',
      'app_mentions',
      'there is no event app_mentions',
    ],
    ['an event without its scope', socket, 'oauth_config.scopes.bot', ['commands'], 'message.im needs im:history'],
    [
      'an address beside Socket Mode',
      socket,
      'features.slash_commands.0.url',
      'https://a.example',
      '/kpi has an address beside Socket Mode',
    ],
    ['an address left out', http, 'settings.event_subscriptions.request_url', undefined, 'events has no address'],
    [
      'an address that is not sealed',
      http,
      'features.slash_commands.1.url',
      'http://a.example',
      `/features/slash_commands/1/url ${address}`,
    ],
    [
      'a way back that is not sealed',
      http,
      'oauth_config.redirect_urls',
      ['http://a.example'],
      `/oauth_config/redirect_urls/0 ${address}`,
    ],
    [
      'a command without its slash',
      socket,
      'features.slash_commands.0.command',
      'kpi',
      '/features/slash_commands/0/command must match pattern "^/[a-z][a-z0-9_-]{0,30}$"',
    ],
    [
      'the old view of agents',
      socket,
      'features.assistant_view',
      { assistant_description: 'x' },
      '/features must NOT have additional properties',
    ],
    [
      'a messages tab that nobody can write in',
      socket,
      'features.app_home.messages_tab_read_only_enabled',
      true,
      'nobody can write to the bot',
    ],
    [
      'a fifth prompt',
      socket,
      'features.agent_view.suggested_prompts.4',
      { title: 'x', message: 'x' },
      '/features/agent_view/suggested_prompts must NOT have more than 4 items',
    ],
    [
      'a name that is too long',
      socket,
      'display_information.name',
      'x'.repeat(36),
      '/display_information/name must NOT have more than 35 characters',
    ],
    [
      'a description that is too short',
      socket,
      'display_information.long_description',
      'x',
      '/display_information/long_description must NOT have fewer than 175 characters',
    ],
    ['clicks switched off', socket, 'settings.interactivity.is_enabled', false, 'clicks arrive nowhere'],
  ])('%s', (_, from, path, value, problem) => {
    expect(slackProblems(withValue(from, path, value))).toContain(problem)
  })
})
