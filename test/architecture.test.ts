import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Import, readSource, readSources, type Source } from './architecture/sources.ts'

const product = readSources('src', 'handlers', 'renderers')
const tests = readSources('test')
const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }

type Rule = (sources: readonly Source[]) => string[]

const within = (path: string, ...folders: string[]) => folders.some(folder => path.startsWith(`${folder}/`))

/** Imports that are not allowed, as "file:line imports target". */
const imports = (sources: readonly Source[], isForbidden: (source: Source, found: Import) => boolean): string[] =>
  sources.flatMap(source =>
    source.imports
      .filter(found => isForbidden(source, found))
      .map(({ to, line }) => `${source.path}:${line} imports ${to}`),
  )

const isOurs = (to: string) => within(to, 'src', 'handlers', 'renderers', 'test')
const folderOf = (path: string) => path.split('/').slice(0, 2).join('/')

/** The composition root: `src/main.ts`, and what it is made of. */
const isRoot = (path: string) => path === 'src/main.ts' || within(path, 'src/main')

const vocabularyImportsOnlyZod: Rule = sources =>
  imports(
    sources.filter(({ path }) => within(path, 'src/vocabulary')),
    (_, { to }) => to !== 'zod' && !within(to, 'src/vocabulary'),
  )

const heartKnowsNoHandlerOrRenderer: Rule = sources =>
  imports(
    sources.filter(({ path }) => within(path, 'src') && !isRoot(path)),
    (_, { to }) => within(to, 'handlers', 'renderers'),
  )

const renderersKnowOnlyTheVocabulary: Rule = sources =>
  imports(
    sources.filter(({ path }) => within(path, 'renderers')),
    ({ path }, { to }) => isOurs(to) && !within(to, 'src/vocabulary', 'renderers/view', folderOf(path)),
  )

/** What each handler shows with, besides charts; the room previews every platform. */
const renderersOf: Record<string, string[]> = {
  'handlers/cli': ['renderers/text'],
  'handlers/chat': [],
  'handlers/room': ['renderers'],
  'handlers/slack': ['renderers/slack'],
  'handlers/teams': ['renderers/teams'],
}

/** The one grammar, and what every chat does the same way (docs/decisions/0010-what-chats-share.md). */
const sharedByHandlers = ['src/vocabulary', 'handlers/commands', 'handlers/chat']

const handlersOnlyReadAndShow: Rule = sources =>
  imports(
    sources.filter(({ path }) => within(path, 'handlers')),
    ({ path }, { to, typeOnly }) => {
      if (!isOurs(to) || within(to, ...sharedByHandlers, folderOf(path))) return false
      if (within(to, 'src')) return !typeOnly
      return !within(to, 'renderers/chart', 'renderers/view', ...(renderersOf[folderOf(path)] ?? []))
    },
  )

const platformsKeepApart: Rule = sources =>
  imports(sources, ({ path }, { to }) => {
    const [from, other] = [path, to].map(p => /^(?:handlers|renderers)\/(slack|teams)\//.exec(p)?.[1])
    return from !== undefined && other !== undefined && from !== other
  })

const nobodyImportsMain: Rule = sources =>
  imports(sources, ({ path }, { to }) => to === 'src/main.ts' || within(to, 'test') || (isRoot(to) && !isRoot(path)))

const packagesAreDeclared: Rule = sources =>
  imports(sources, (_, { to }) => {
    const name = to
      .split('/')
      .slice(0, to.startsWith('@') ? 2 : 1)
      .join('/')
    return !isOurs(to) && !to.startsWith('node:') && !Object.hasOwn(dependencies, name)
  })

/** Files that are reached from a file by imports that run, itself included. */
const reach = (from: string, byPath: ReadonlyMap<string, Source>, seen = new Set<string>()): Set<string> => {
  if (seen.has(from)) return seen
  seen.add(from)
  for (const { to, typeOnly } of byPath.get(from)?.imports ?? []) if (!typeOnly) reach(to, byPath, seen)
  return seen
}

const byPathOf = (sources: readonly Source[]) => new Map(sources.map(source => [source.path, source]))

/** Files that load one of these packages, directly or through others. */
const loaders = (sources: readonly Source[], isPackage: (to: string) => boolean): Map<string, string> => {
  const byPath = byPathOf(sources)
  const found = sources.map(({ path }) => [path, [...reach(path, byPath)].find(isPackage)] as const)
  return new Map(found.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

/** The program of the painter's process and what only it loads. */
const painterChain = ['renderers/chart/painter.ts', 'renderers/chart/paint.ts', 'renderers/chart/fonts.ts']

const onlyThePainterDraws: Rule = sources =>
  [...loaders(sources, to => ['canvas', 'vega', 'vega-interpreter'].includes(to))]
    .filter(([path]) => !painterChain.includes(path))
    .map(([path, library]) => `${path} loads ${library}`)

/** Programs of DuckDB's own processes and what only they load; the bot's process never does. */
const duckdbPrograms = ['src/engines/duckdb/child.ts', 'src/sample/child.ts', 'src/ingest/worker.ts']

/** What `src/main.ts` runs once it is loaded from what Node kept compiled. */
const program = 'src/main/program.ts'

const theBotLoadsNoDatabase: Rule = sources => {
  const atOnce = sources.map(source => ({ ...source, imports: source.imports.filter(({ later }) => !later) }))
  return loaders(atOnce, to => to.startsWith('@duckdb/')).has(program) ? [`${program} loads DuckDB`] : []
}

const pureFolders = ['src/vocabulary', 'src/question', 'src/semantic/compile', 'src/study', 'src/guard/rules']
const pureFiles = ['src/semantic/compile.ts', 'src/guard/rules.ts']
const outside =
  /^(node:(fs|child_process|net|http|http2|https|tls|dns|dgram|worker_threads|cluster|readline|os|process)(\/|$)|@duckdb\/|pg$|pino$|hono|@hono\/|canvas$)/

const pureFoldersReachNothingOutside: Rule = sources =>
  [...loaders(sources, to => outside.test(to))]
    .filter(([path]) => within(path, ...pureFolders) || pureFiles.includes(path))
    .map(([path, what]) => `${path} reaches ${what}`)

const noCycles: Rule = sources => {
  const byPath = byPathOf(sources)
  const state = new Map<string, 'open' | 'done'>()
  const found: string[] = []
  const visit = (path: string, way: string[]) => {
    if (state.get(path) === 'open') found.push([...way.slice(way.indexOf(path)), path].join(' → '))
    if (state.has(path)) return
    state.set(path, 'open')
    for (const { to } of byPath.get(path)?.imports ?? []) visit(to, [...way, path])
    state.set(path, 'done')
  }
  for (const { path } of sources) visit(path, [])
  return found
}

const noBarrels: Rule = sources =>
  sources
    .filter(({ path, barrel }) => barrel || /(^|\/)index\.ts$/.test(path))
    .map(({ path }) => `${path} only passes on`)

const emptyNames = /^(utils?|helpers?|common|misc|shared|.*[-_]?(manager|service|utils?|helpers?))$/i

const namesSayWhat: Rule = sources =>
  sources
    .filter(({ path }) => path.split('/').some(part => emptyNames.test(part.replace(/(\.test)?\.ts$/, ''))))
    .map(({ path }) => path)

/** Uses of global names outside the files that may, each with the reason why. */
const usesOnlyIn =
  (names: RegExp, homes: Record<string, string>): Rule =>
  sources =>
    sources
      .filter(({ path }) => !Object.hasOwn(homes, path))
      .flatMap(({ path, uses }) => uses.filter(u => names.test(u.name)).map(u => `${path}:${u.line} uses ${u.name}`))

const onlyConfigReadsTheEnvironment = usesOnlyIn(/^process\.env$/, { 'src/config.ts': 'gives it to the others' })

const onlyEffectsGiveTimeAndChance = usesOnlyIn(
  /^(Date\.now|new Date\(\)|Date\(\)|performance\.now|process\.(hrtime|uptime)|Math\.random|Temporal\.Now|(crypto\.)?(randomUUID|getRandomValues|randomBytes|randomInt)(\(\))?)$/,
  {
    'src/effects.ts': 'gives them to the others',
    'src/store/seal.ts': 'seals with a nonce that must never repeat, in a test neither',
    'src/sample/ensure.ts': 'names a draft that no other process can be writing; it runs in a process without effects',
  },
)

const childrenGetAnEnvironment: Rule = sources =>
  sources.flatMap(({ path, starts }) =>
    starts.filter(s => !s.hasOwnEnvironment).map(({ line }) => `${path}:${line} hands down its own environment`),
  )

const nothingIsSilenced: Rule = sources =>
  sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, i) =>
        /@ts-(ignore|nocheck|expect-error)|biome-ignore(?! \S+: \S+ )|\bas any\b|\b(TO|FIX)(DO|ME)\b/.test(line)
          ? [`${path}:${i + 1}: ${line.trim()}`]
          : [],
      ),
  )

/**
 * Files of a folder that are not named by exactly one module; a tuned text that two modules read means two things. `plan.next.md` is tried beside
 * `plan.md` and belongs to it.
 */
const readByOneModule = (files: readonly string[], sources: readonly Source[]): string[] =>
  files.flatMap(file => {
    const sibling = file.replace(/\.next\.md$/, '.md')
    if (sibling !== file) return files.includes(sibling) ? [] : [`${file} is tried beside nothing`]
    const readers = sources.filter(({ text }) => text.includes(file)).map(({ path }) => path)
    return readers.length === 1 ? [] : [`${file} is read by ${readers.join(', ') || 'nobody'}`]
  })

const made = (path: string, text: string) => [readSource(path, text)]

const rules: { rule: string; check: Rule; caught: readonly Source[] }[] = [
  {
    rule: 'the vocabulary imports nothing but zod',
    check: vocabularyImportsOnlyZod,
    caught: made('src/vocabulary/x.ts', "import type { Model } from '#src/semantic/model.ts'"),
  },
  {
    rule: 'src, but for the composition root, knows no handler and no renderer, not even their types',
    check: heartKnowsNoHandlerOrRenderer,
    caught: made('src/ask.ts', "import type { View } from '../renderers/room/view.ts'"),
  },
  {
    rule: 'renderers import the vocabulary, the view and their own kind',
    check: renderersKnowOnlyTheVocabulary,
    caught: made('renderers/text/x.ts', "import { paint } from '../chart/paint.ts'"),
  },
  {
    rule: 'handlers import the vocabulary, types, the commands, what chats share, charts, the view and their own renderer',
    check: handlersOnlyReadAndShow,
    caught: made('handlers/cli/x.ts', "import { study } from '#src/study/study.ts'"),
  },
  {
    rule: 'Slack and Teams never import each other',
    check: platformsKeepApart,
    caught: made('handlers/slack/x.ts', "import { card } from '#renderers/teams/card.ts'"),
  },
  {
    rule: 'only the root imports what it is made of, and the product imports no test',
    check: nobodyImportsMain,
    caught: made('src/x.ts', "import { sql } from '#test/fakes/sql.ts'"),
  },
  {
    rule: 'packages that the product loads are declared, and not for development only',
    check: packagesAreDeclared,
    caught: made('src/x.ts', "import { expect } from 'vitest'"),
  },
  {
    rule: 'only the painter process loads canvas and Vega',
    check: onlyThePainterDraws,
    caught: made('renderers/chart/png.ts', "const { Canvas } = await import('canvas')"),
  },
  {
    rule: 'the process of the bot loads no database',
    check: theBotLoadsNoDatabase,
    caught: [
      ...made(program, "import { open } from '../open.ts'"),
      ...made('src/open.ts', "import { DuckDBInstance } from '@duckdb/node-api'"),
    ],
  },
  {
    rule: 'vocabulary, question, compile, study and the rules of the guard reach no file, network, process or database',
    check: pureFoldersReachNothingOutside,
    caught: [
      ...made('src/study/x.ts', "import { read } from '#src/read.ts'"),
      ...made('src/read.ts', "import { readFile } from 'node:fs/promises'"),
    ],
  },
  {
    rule: 'imports go round in no circle',
    check: noCycles,
    caught: [...made('src/a.ts', "import { b } from './b.ts'"), ...made('src/b.ts', "import type { A } from './a.ts'")],
  },
  {
    rule: 'no file is called index or only passes on',
    check: noBarrels,
    caught: made('src/kpis/all.ts', "export { a } from './a.ts'\nexport * from './b.ts'"),
  },
  {
    rule: 'names say what is inside',
    check: namesSayWhat,
    caught: made('src/semantic/string-utils.ts', 'export const a = 1'),
  },
  {
    rule: 'only config.ts reads the environment',
    check: onlyConfigReadsTheEnvironment,
    caught: made('src/x.ts', "// process.env.A\nconst port = process['env'].PORT"),
  },
  {
    rule: 'only effects.ts gives time, ids and chance',
    check: onlyEffectsGiveTimeAndChance,
    caught: made('src/x.ts', 'const today = new Date().toISOString()'),
  },
  {
    rule: 'a child process gets an environment of its own',
    check: childrenGetAnEnvironment,
    caught: made('src/x.ts', "fork('child.ts', [], { stdio: 'ignore' })"),
  },
  {
    rule: 'no type check is switched off, no lint rule without a reason, and nothing is put off',
    check: nothingIsSilenced,
    caught: made('src/x.ts', 'const a = b as any'),
  },
]

describe('the house', () => {
  test.each(rules)('$rule', ({ check }) => {
    expect(check(product)).toEqual([])
  })

  test.each(rules)('a breach is seen: $rule', ({ check, caught }) => {
    expect(check(caught)).toHaveLength(1)
  })

  test('the files of the product were read', () => {
    const folders = new Set(product.map(({ path }) => folderOf(path)))
    for (const folder of ['src/main.ts', ...pureFolders.map(folderOf), 'handlers/commands', 'renderers/chart'])
      expect(folders).toContain(folder)
    for (const path of [program, ...duckdbPrograms, ...painterChain]) expect(product.map(p => p.path)).toContain(path)
  })

  test('tests have no index files and no empty names either', () => {
    expect([...noBarrels(tests), ...namesSayWhat(tests)]).toEqual([])
  })

  test('every text in prompts is read by exactly one module', () => {
    const files = readdirSync('.').includes('prompts')
      ? readdirSync('prompts', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'))
      : []
    expect(readByOneModule(files, product)).toEqual([])
    const twice = [...made('src/a.ts', "read('draft.md')"), ...made('src/b.ts', "read('draft.md')")]
    expect(readByOneModule(['draft.md', 'lost.md'], twice)).toEqual([
      'draft.md is read by src/a.ts, src/b.ts',
      'lost.md is read by nobody',
    ])
    const tried = ['draft.md', 'draft.next.md', 'old.next.md']
    expect(readByOneModule(tried, made('src/a.ts', "read('draft.md')"))).toEqual([
      'old.next.md is tried beside nothing',
    ])
  })
})
