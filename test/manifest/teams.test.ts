import { readFileSync } from 'node:fs'
import { createCanvas } from 'canvas'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { commandList } from '#handlers/commands/help.ts'
import { parseCommand } from '#handlers/commands/parse.ts'
import { type TeamsValues, teamsManifest } from '#src/manifest/teams.ts'
import { teamsPackage } from '#src/manifest/teams-package.ts'
import { icons } from '#test/gallery/icons.ts'
import { colorIconProblems, decoded, manifestProblems, outlineIconProblems, packageProblems } from './teams-rules.ts'
import { withValue } from './with-value.ts'

const template = readFileSync('manifest/teams/manifest.json', 'utf8')
const color = readFileSync('manifest/teams/color.png')
const outline = readFileSync('manifest/teams/outline.png')
const values: TeamsValues = {
  clientId: '11111111-2222-3333-4444-555555555555',
  appId: '99999999-2222-3333-4444-555555555555',
  url: 'https://bot.example.com:8443',
  company: 'Rope & "Sons"',
  website: 'https://example.com/',
  privacy: 'https://example.com/privacy',
  terms: 'https://example.com/terms',
  version: '1.2.0',
}

type Manifest = {
  id: string
  version: string
  developer: Record<string, string>
  validDomains: string[]
  bots: {
    botId: string
    scopes: string[]
    supportsTargetedMessages: boolean
    supportsFiles: boolean
    commandLists: { scopes: string[]; triggers: string[]; commands: Command[] }[]
  }[]
}
type Command = { type?: string; title: string; prompt?: string }

const text = teamsManifest(template, values)
const manifest = JSON.parse(text) as Manifest
const [bot] = manifest.bots

describe('the Teams app package', () => {
  test('is one that Teams takes: manifest and icons at the root, right by the schema of Microsoft', async () => {
    expect(await packageProblems(teamsPackage({ manifest: text, color, outline }))).toEqual([])
  })

  test('is the same bytes for the same values', () => {
    const [one, two] = [1, 2].map(() => teamsPackage({ manifest: text, color, outline }))
    expect(Buffer.from(one!).equals(two!)).toBe(true)
    expect(Object.values(unzipSync(one!)).map(file => file.length)).toEqual([
      strToU8(text).length,
      color.length,
      outline.length,
    ])
  })

  test('says who it is from, where it is and which bot it is', () => {
    expect(manifest).toMatchObject({
      id: values.appId,
      version: '1.2.0',
      developer: {
        name: 'Rope & "Sons"',
        websiteUrl: 'https://example.com/',
        privacyUrl: 'https://example.com/privacy',
        termsOfUseUrl: 'https://example.com/terms',
      },
      validDomains: ['bot.example.com'],
    })
    expect(bot).toMatchObject({ botId: values.clientId, scopes: ['personal', 'team', 'groupChat'] })
  })

  test('takes a value for a text, whatever stands in it', () => {
    const company = `$& ${place('VERSION')} \u202Eעברית 😀`
    const { developer } = JSON.parse(teamsManifest(template, { ...values, company })) as Manifest
    expect(developer.name).toBe(company)
  })

  test('a place that nobody fills is found when the manifest is made', () => {
    expect(() => teamsManifest(JSON.stringify({ a: place('NOBODY') }), values)).toThrow('asks for NOBODY')
  })
})

describe('the commands in Teams', () => {
  const titles = (commands: Command[], type?: string) => commands.filter(c => c.type === type).map(c => c.title)

  test('are those of the one grammar, in every scope', () => {
    const grammar = commandList.map(({ term }) => term.split(' ')[0])
    expect(bot!.commandLists.map(list => titles(list.commands))).toEqual([grammar, grammar])
    expect(bot!.commandLists.flatMap(list => list.scopes).toSorted()).toEqual(bot!.scopes.toSorted())
  })

  test('can be sent privately where others are: by slash in teams and group chats, in the personal chat by name', () => {
    expect(bot!.supportsTargetedMessages).toBe(true)
    expect(bot!.commandLists.map(list => [list.scopes, list.triggers])).toEqual([
      [['personal'], ['mention']],
      [
        ['team', 'groupChat'],
        ['mention', 'slash'],
      ],
    ])
  })

  test('are not all: files can be sent to the bot, and it asks for no permission for that', () => {
    expect(bot!.supportsFiles).toBe(true)
    expect(Object.keys(JSON.parse(text) as object)).not.toContain('authorization')
  })

  test('offer prompts in the personal chat that every set of data can answer', () => {
    const prompts = bot!.commandLists[0]!.commands.filter(c => c.type === 'prompt')
    expect(prompts.map(p => parseCommand(p.prompt!).kind)).toEqual(['help', 'data', 'kpi'])
  })
})

describe('a fault in a Teams package is seen', () => {
  test.each<[what: string, path: string, value: unknown, problem: string]>([
    ['an id that is no GUID', 'id', 'chartroom', '/id must match pattern'],
    ['an unknown key', 'bots.0.supportsTargetedMessage', true, '/bots/0 must NOT have additional properties'],
    [
      'a trigger that is none',
      'bots.0.commandLists.1.triggers.1',
      'slahs',
      'must be equal to one of the allowed values',
    ],
    [
      'a fourth list',
      'bots.0.commandLists',
      Array(4).fill({ scopes: [], commands: [] }),
      'must NOT have more than 3 items',
    ],
    ['a name that is too long', 'name.short', 'x'.repeat(31), '/name/short must NOT have more than 30 characters'],
    ['a command that stands twice', 'bots.0.commandLists.0.commands.1.title', 'ask', 'ask stands twice in a list'],
    ['a place that is left', 'name.full', place('NAME'), `${place('NAME')} was not filled`],
    ['a page that is not sealed', 'developer.websiteUrl', 'http://example.com', 'is not sealed'],
  ])('%s', (_, path, value, problem) => {
    expect(manifestProblems(JSON.stringify(withValue(manifest, path, value))).join()).toContain(problem)
  })

  test('files in a folder, or one too many', async () => {
    const parts = { 'manifest.json': strToU8(text), 'color.png': color, 'outline.png': outline }
    expect(await packageProblems(zipSync({ app: parts }))).toEqual([
      'the zip holds app/, app/color.png, app/manifest.json, app/outline.png',
    ])
    expect(await packageProblems(zipSync({ ...parts, 'x.txt': strToU8('x') }))).toHaveLength(1)
  })

  test('icons of another size, colour or cut', async () => {
    expect(await colorIconProblems(outline)).toEqual(['color.png is 32 × 32'])
    expect(await outlineIconProblems(color)).toEqual(['outline.png is 192 × 192'])
    expect(await outlineIconProblems(filled(32, '#000'))).toEqual([
      'outline.png is not white',
      'outline.png is not see-through',
    ])
    expect(await colorIconProblems(round(192))).toEqual([
      'color.png is not a full square',
      'the symbol of color.png is cropped',
    ])
  })
})

/** Processors round the edges of curves a little differently. */
test.each([
  ['color.png', color],
  ['outline.png', outline],
] as const)('%s is what `node test/gallery/icons.ts` draws', async (name, file) => {
  const [drawn, kept] = [await decoded(icons[name]()), await decoded(file)]
  const differs = drawn.pixels.filter((pixel, i) => pixel.some((part, c) => Math.abs(part - kept.pixels[i]![c]!) > 8))
  expect([drawn.width, drawn.height, differs]).toEqual([kept.width, kept.height, []])
})

/** How the template writes a place to fill. */
const place = (name: string) => `$\{${name}}`

const filled = (size: number, colour: string) => {
  const canvas = createCanvas(size, size)
  const pen = canvas.getContext('2d')
  pen.fillStyle = colour
  pen.fillRect(0, 0, size, size)
  return canvas.toBuffer('image/png')
}

const round = (size: number) => {
  const canvas = createCanvas(size, size)
  const pen = canvas.getContext('2d')
  pen.arc(size / 2, size / 2, size / 2, 0, 2 * Math.PI)
  pen.fill()
  return canvas.toBuffer('image/png')
}
