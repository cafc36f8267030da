import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCommandLine } from '#handlers/cli/command-line.ts'
import { describeSettings, exampleEnv } from '#src/config.ts'
import { errorsPage } from '#src/docs/errors-page.ts'
import { settingsPage } from '#src/docs/settings-page.ts'
import { readOrder } from '#src/manifest/order.ts'
import { nearest } from '#src/semantic/near.ts'
import { errorTable } from '#src/vocabulary/errors.ts'
import { anchorsOf, fences, linksOf, prose } from './docs/markdown.ts'
import { commandsOf, type ShellCommand } from './docs/shell.ts'

const inDocs = existsSync('docs') ? readdirSync('docs', { recursive: true, encoding: 'utf8' }) : []
const pages = ['README.md', ...inDocs.filter(name => name.endsWith('.md')).map(name => join('docs', name))].filter(p =>
  existsSync(p),
)
const textOf = (page: string) => readFileSync(page, 'utf8')
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }

describe('the front page', () => {
  test('README.md is there', () => {
    expect(existsSync('README.md'), 'README.md is missing: write it').toBe(true)
  })

  test('README.md begins with the two commands that start and test everything', () => {
    const top = textOf('README.md').split('\n').slice(0, 60).join('\n')
    const lines = fences(top)
      .filter(({ language }) => shells.includes(language))
      .flatMap(({ text }) => text.split('\n'))
      .map(line => line.replace(/\s+#.*$/, ''))
    expect(lines).toEqual(expect.arrayContaining(['npm ci && npm start', 'npm ci && npm test']))
  })
})

describe('pages made from the code', () => {
  test.each([
    ['docs/errors.md', errorsPage],
    ['docs/settings.md', settingsPage],
    ['.env.example', exampleEnv],
  ])('%s is what the code says; `npm run docs` makes it anew', (page, make) => {
    expect(textOf(page)).toBe(make())
  })

  test('docs/errors.md has a row for every code, with names where values go', () => {
    const rows = errorsPage()
      .split('\n')
      .filter(line => line.startsWith('| `'))
    expect(rows.map(row => /`(.+?)`/.exec(row)?.[1]).toSorted()).toEqual(Object.keys(errorTable).toSorted())
    expect(rows).toContain(
      '| `engine/timeout` | The database did not answer within ‹seconds› seconds. | Ask for a shorter period or fewer splits. |  |',
    )
    expect(errorsPage()).not.toMatch(/undefined|\[object|NaN/)
  })
})

describe.each(pages)('%s', page => {
  test('has links that lead somewhere', () => {
    expect(linksOf(textOf(page)).flatMap(target => brokenLink(page, target))).toEqual([])
  })

  test('has commands that exist', () => {
    const shellBlocks = fences(textOf(page)).filter(({ language }) => shells.includes(language))
    expect(shellBlocks.flatMap(({ text }) => commandsOf(text).flatMap(unknownCommand))).toEqual([])
  })

  test('names settings, scripts and error codes that exist', () => {
    expect(unknownNames(textOf(page))).toEqual([])
  })

  test('says nothing that only its writers could understand', () => {
    expect(outsideWords(textOf(page))).toEqual([])
  })
})

describe('what these checks see', () => {
  test('links to files, folders and headings that are not there', () => {
    const page = '# A b\n[a](#a-b) [b](#c) [d](test) [e](nowhere.md "title") [f](https://example.org/x) `[g](code)`\n'
    expect(linksOf(page).flatMap(target => brokenLink('page.md', target, page))).toEqual(['#c', 'nowhere.md'])
  })

  test('GitHub numbers headings that repeat and drops signs', () => {
    expect([...anchorsOf('# What’s `new`?\n## Ask -\n## Ask -\n```\n# no\n```\n<a id="own"></a>')]).toEqual([
      'whats-new',
      'ask--',
      'ask---1',
      'own',
    ])
  })

  test('commands, options, scripts and settings that are not there', () => {
    const block = [
      'npm ci && npm start # comment',
      'npm run nothing',
      'PORT=1 npx chartroom ask "a | b; c" --jsn',
      'PROT=2 npm test',
      'npx chartroom frobnicate',
      'npx chartroom serve now',
      'npx chartroom manifest slack --url http://bot.example.com',
      'npx chartroom manifest teams --company "A & B"',
      'npx --yes --package left-pad@1.3.0 left-pad',
      'npx left-pad',
      'npx chartroom doctor | cat > out.txt',
      'echo \'{"question":"x"}\' | npx chartroom ask - --today 2024-01-31 \\\n  --no-llm',
      'node nowhere.ts',
      'rocket launch',
    ].join('\n')
    expect(commandsOf(block).flatMap(unknownCommand)).toEqual([
      'npm run nothing: no such script',
      'PORT=1 npx chartroom ask a | b; c --jsn: There is no option --jsn; did you mean --json?',
      'PROT=2 npm test: PROT is no setting',
      'npx chartroom frobnicate: There is no command "frobnicate".',
      'npx chartroom serve now: `chartroom serve` takes no arguments, but there is "now".',
      'npx chartroom manifest slack --url http://bot.example.com: --url must start with https://, such as https://bot.example.com, not "http://bot.example.com".',
      'npx left-pad: left-pad is not installed',
      'node nowhere.ts: no such file',
      'rocket launch: rocket is no command that a reader has',
    ])
  })

  test('settings and codes that are not there', () => {
    expect(
      unknownNames('`NUM_ORDERS`, `NUM_ODERS`, `engine/timeout`, `engine/slow`, `npm run docs`, `npm run dcos`'),
    ).toEqual(['NUM_ODERS', 'engine/slow', 'npm run dcos'])
    expect(unknownNames('```ini\nCLIENT_ID=…\nCLEINT_SECRET=…\n```')).toEqual(['CLEINT_SECRET'])
  })

  test('paths of a machine and hosts that others cannot reach', () => {
    const text = ['/wo', 'rk/main, http://build-7:80/x, http://localhost:3978, https://nodejs.org, /tm', 'p/x'].join('')
    expect(outsideWords(text)).toHaveLength(3)
  })
})

const shells = ['sh', 'bash', 'shell', 'console', 'zsh']

const brokenLink = (page: string, target: string, text?: string): string[] => {
  if (/^(https?:|mailto:|data:)/.test(target)) return []
  const [file = '', anchor] = decodeURI(target).split('#')
  const path = file === '' ? page : normalize(file.startsWith('/') ? file.slice(1) : join(dirname(page), file))
  if (file !== '' && !existsSync(path)) return [target]
  if (anchor === undefined || (file !== '' && !statSync(path).isFile())) return []
  return anchorsOf(text ?? textOf(path)).has(anchor) ? [] : [target]
}

/** What a reader of the docs may be expected to have. */
const everyday = ['cd', 'git', 'cat', 'echo', 'printf', 'curl', 'cp', 'mkdir', 'docker', 'export', 'psql', 'head', 'jq']

/** Tools of others that a guide says how to install, or where to read about. */
const othersTools = ['teams', 'devtunnel']

const settingNames = new Set(describeSettings().map(({ name }) => name))

const unknownCommand = ({ settings, words, text }: ShellCommand): string[] => {
  const unset = settings.filter(name => !settingNames.has(name)).map(name => `${name} is no setting`)
  const [first = '', second = '', ...rest] = words
  const problem =
    words.length === 0 || [...everyday, ...othersTools].includes(first) ? undefined : problemWith(first, second, rest)
  return [...unset, ...(problem ? [problem] : [])].map(p => `${text}: ${p}`)
}

const problemWith = (first: string, second: string, rest: string[]): string | undefined => {
  if (first === 'npm') return problemWithNpm(second, rest)
  if (first === 'npx' && second === 'chartroom') return problemWithChartroom(rest)
  if (first === 'npx' && second === '--yes' && isPinned(rest[1])) return undefined
  if (first === 'npx')
    return existsSync(join('node_modules', '.bin', second)) ? undefined : `${second} is not installed`
  if (first === 'node') return existsSync(second) ? undefined : 'no such file'
  if (first.includes('/')) return existsSync(first) ? undefined : 'no such file'
  return `${first} is no command that a reader has`
}

/** A package that is fetched for one run must be exactly the version that was looked at. */
const isPinned = (name = '') => /^(@[a-z0-9-]+\/)?[a-z0-9-]+@\d+\.\d+\.\d+$/.test(name)

const npmCommands = ['ci', 'install', 'audit', 'pack']

const problemWithNpm = (command: string, [script = '']: string[]): string | undefined => {
  const wanted = command === 'run' ? script : command
  return (command !== 'run' && npmCommands.includes(command)) || Object.hasOwn(scripts, wanted)
    ? undefined
    : 'no such script'
}

/** The commands that the program lists besides those of the grammar. */
const furtherCommands = () => {
  const usage = execFileSync(process.execPath, ['src/main.ts', 'help'], { encoding: 'utf8', env: {} })
  const [list = ''] = usage.split('Options of')
  const commands = [...list.matchAll(/^ {2}([a-z]+)\b( \S)?/gm)].map(([, name = '', more]) => ({ name, more }))
  return Object.fromEntries(
    commands
      .filter(({ name }) => !['ask', 'kpi', 'data', 'help'].includes(name))
      .map(({ name, more }) => [
        name,
        { usage: name, summary: '', takesArguments: more !== undefined, run: async () => 0 },
      ]),
  )
}

/** A reader of a guide has followed it so far. */
const filledSettings = {
  settings: () => ({ url: 'https://bot.example.com', clientId: '11111111-2222-3333-4444-555555555555' }),
  version: '1.0.0',
}

let known: ReturnType<typeof furtherCommands> | undefined

const problemWithChartroom = (argv: string[]): string | undefined => {
  known ??= furtherCommands()
  try {
    const line = readCommandLine(argv, { commands: known, near: (word, among) => nearest(word, among) })
    if (line.kind === 'further' && line.name === 'manifest') readOrder(line.args, filledSettings)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** Names in capitals with an underscore that are no settings of ours. */
const othersNames = new Set(['NO_COLOR', 'NODE_ENV'])
const sqlFunctions = /^(DATE|COUNT|GROUP|ORDER)_/

const unknownNames = (text: string): string[] => {
  const inCode = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  const inEnvFiles = fences(text).flatMap(({ language, text: lines }) => (language === 'ini' ? lines.split('\n') : []))
  const capitals = [...inCode, ...inEnvFiles.map(line => line.trim())]
    .filter(code => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+(=.*)?$/.test(code))
    .map(c => c.replace(/=.*/, ''))
  const codes = inCode.filter(code =>
    /^(engine|source|model|config|chart|input|command|domain|internal)\/[a-z-]+$/.test(code),
  )
  const runs = inCode.filter(code => /^npm run \S+$/.test(code))
  return [
    ...capitals.filter(n => !settingNames.has(n) && !othersNames.has(n) && !sqlFunctions.test(n)),
    ...codes.filter(code => !Object.hasOwn(errorTable, code)),
    ...runs.filter(run => !Object.hasOwn(scripts, run.slice('npm run '.length))),
  ]
}

/** Words of those who wrote it, machines they wrote it on, and filler. Written apart so that this file has none of them. */
const forbidden = [
  ['\\.\\./', 'shared'],
  ['(?<![\\w.])/', '(work|tmp|root|home/\\w+|opt|Users/\\w+)/'],
  ['\\b', 'delv(e|es|ed|ing)\\b'],
  ['\\b(this|another|an earlier|helper) ', 'session\\b'],
  ['\\b(cl', 'aude|anth', 'ropic|sub-?agents?|as an ai|language model assistant)\\b'],
  ['\\b(the found', 'er|the bri', 'ef|(?-i:DESI', 'GN\\.md)|DOMA', 'INS\\.md|DESI', 'GN §)'],
  ['\\bnotes/', '(sql|charts|questions)\\.md'],
].map(parts => new RegExp(parts.join(''), 'gi'))

const outsideWords = (text: string): string[] => [
  ...forbidden.flatMap(pattern => text.match(pattern) ?? []),
  ...[...prose(text).matchAll(/\bhttps?:\/\/([^/\s)>"':]+)/g)].map(([, host = '']) => host).filter(isPrivateHost),
]

const isPrivateHost = (host: string): boolean =>
  !['localhost', '127.0.0.1'].includes(host) &&
  (!host.includes('.') || /\.(internal|local|lan|corp)$|^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host))
