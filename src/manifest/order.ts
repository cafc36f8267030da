import { parseArgs } from 'node:util'
import { nearest } from '#src/semantic/near.ts'
import { address, companyName, guid, page, quoted, usageError, versionNumber } from './given.ts'
import type { SlackAddresses } from './slack.ts'
import type { TeamsValues } from './teams.ts'

/** What to write, and into which folder. */
export type ManifestOrder =
  | { platform: 'slack'; addresses: SlackAddresses; out: string }
  | { platform: 'teams'; values: TeamsValues; out: string }

/** What counts where an option is left out. `settings` may throw `config/invalid`; it is called only when one is needed. */
export type Defaults = { settings: () => { url?: string; clientId?: string }; version: string }

/** Reads the arguments after `chartroom manifest`. Throws `command/usage` with one sentence about the first thing that is wrong. */
export const readOrder = (args: readonly string[], defaults: Defaults): ManifestOrder => {
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(Object.keys(options).map(name => [name, { type: typeOf(name) }])),
    strict: false,
    tokens: true,
    allowPositionals: true,
  })
  const platform = platformOf(positionals[0])
  const given = valuesOf(tokens, platform)
  if (positionals[1] !== undefined)
    throw usageError(`\`chartroom manifest ${platform}\` takes only options, but there is ${quoted(positionals[1])}.`)
  const order = platform === 'slack' ? slackOrder(given, defaults) : teamsOrder(given, defaults)
  return { ...order, out: given.out ?? '.' }
}

type Platform = ManifestOrder['platform']
type Option = { of: readonly Platform[]; flag?: true }

const both = ['slack', 'teams'] as const

const options = {
  url: { of: both },
  out: { of: both },
  socket: { of: ['slack'], flag: true },
  oauth: { of: ['slack'], flag: true },
  id: { of: ['teams'] },
  'app-id': { of: ['teams'] },
  company: { of: ['teams'] },
  website: { of: ['teams'] },
  privacy: { of: ['teams'] },
  terms: { of: ['teams'] },
  version: { of: ['teams'] },
} as const satisfies Record<string, Option>

type Name = keyof typeof options
type Given = { [K in Name]?: string }

const optionOf = (name: string): Option | undefined =>
  Object.hasOwn(options, name) ? options[name as Name] : undefined
const typeOf = (name: string) => (optionOf(name)?.flag ? 'boolean' : 'string')

const platformOf = (platform: string | undefined): Platform => {
  if (platform === undefined) throw usageError('`chartroom manifest` needs a platform: slack or teams.')
  if (platform === 'slack' || platform === 'teams') return platform
  throw usageError(`There is no platform ${quoted(platform)}; there are slack and teams.`)
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number]

const valuesOf = (tokens: readonly Token[], platform: Platform): Given =>
  Object.fromEntries(
    tokens.flatMap(token => (token.kind === 'option' ? [[token.name, readValue(token, platform)] as const] : [])),
  )

const readValue = ({ name, rawName, value, inlineValue }: Extract<Token, { kind: 'option' }>, platform: Platform) => {
  const option = optionOf(name)
  if (!option) throw usageError(unknownOption(rawName, platform))
  if (!option.of.includes(platform)) throw usageError(`${rawName} goes with ${option.of[0]}, not with ${platform}.`)
  if (option.flag && value !== undefined) throw usageError(`${rawName} takes no value, but there is ${quoted(value)}.`)
  if (!option.flag && (!value || (!inlineValue && value.startsWith('-')))) throw usageError(`${rawName} needs a value.`)
  return value ?? 'yes'
}

const unknownOption = (raw: string, platform: Platform) => {
  const names = (Object.keys(options) as Name[]).filter(name => optionOf(name)?.of.includes(platform))
  const known = names.map(name => `--${name}`)
  const [close] = nearest(raw, known)
  return `There is no option ${raw}; ${close ? `did you mean ${close}?` : `there are ${known.join(', ')}.`}`
}

const slackOrder = ({ url, socket, oauth }: Given, defaults: Defaults) => {
  if (socket && url && !oauth)
    throw usageError('With --socket Slack calls no address; leave out --url, or --socket for Slack over HTTP.')
  const needed = !socket || oauth
  const base = needed ? (address('--url', url) ?? address('PUBLIC_URL', defaults.settings().url)) : undefined
  if (!socket && !base)
    throw usageError('Slack over HTTP needs --url https://…, the public address of the bot; without one, use --socket.')
  if (oauth && !base)
    throw usageError('--oauth needs --url https://…, where people come back to who installed the bot.')
  return {
    platform: 'slack' as const,
    addresses: { events: socket ? undefined : base, install: oauth ? base : undefined },
  }
}

const teamsOrder = (options: Given, defaults: Defaults) => {
  const url = address('--url', options.url) ?? address('PUBLIC_URL', defaults.settings().url)
  if (!url) throw usageError('Teams needs --url https://…, the public address of the bot.')
  const clientId = guid('--id', options.id) ?? guid('CLIENT_ID', defaults.settings().clientId)
  if (!clientId) throw usageError('Teams needs --id, the client id of the bot, as Entra and CLIENT_ID have it.')
  const website = page('--website', options.website) ?? url
  return {
    platform: 'teams' as const,
    values: {
      url,
      clientId,
      appId: guid('--app-id', options['app-id']) ?? clientId,
      company: companyName(options.company ?? 'Chartroom'),
      website,
      privacy: page('--privacy', options.privacy) ?? website,
      terms: page('--terms', options.terms) ?? website,
      version: versionNumber(options.version ?? defaults.version),
    },
  }
}
