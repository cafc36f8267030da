#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { createLanes } from '#handlers/chat/lanes.ts'
import type { Platform } from '#handlers/chat/platform.ts'
import { createRunning } from '#handlers/chat/running.ts'
import { createSeats } from '#handlers/chat/seats.ts'
import type { ChatParts } from '#handlers/chat/turn.ts'
import { type CliIo, processIo } from '#handlers/cli/io.ts'
import { runCli } from '#handlers/cli/run.ts'
import type { OpenOptions as CliOpen, CliSession, CliTools } from '#handlers/cli/tools.ts'
import { parseCommand } from '#handlers/commands/parse.ts'
import { runCommand } from '#handlers/commands/run.ts'
import type { UseCases } from '#handlers/commands/use-cases.ts'
import { createLocalListener } from '#handlers/http/local.ts'
import { metricsPage } from '#handlers/http/metrics.ts'
import { createPictures } from '#handlers/http/pictures.ts'
import { createPublicListener, type PublicListener } from '#handlers/http/public.ts'
import { createRoom } from '#handlers/room/room.ts'
import { connectSlack } from '#handlers/slack/slack.ts'
import { connectTeams } from '#handlers/teams/teams.ts'
import { fontFiles } from '#renderers/chart/font-files.ts'
import { createPainters, type Painters } from '#renderers/chart/png.ts'
import { toCsv } from '#renderers/text/csv.ts'
import { type Ask, createAsk } from './ask.ts'
import { createAudited } from './audited.ts'
import { type Config, hasSlack, hasTeams, loadEnvironment, processEnvironment, readConfig } from './config.ts'
import { describe } from './describe.ts'
import { doctorChecks } from './doctor/checks.ts'
import { doctor } from './doctor/doctor.ts'
import { readGiven } from './doctor/given.ts'
import type { Domain } from './domain.ts'
import { type Effects, realEffects } from './effects.ts'
import { kpiCatalogue } from './kpi-catalogue.ts'
import { kpiText } from './kpi-text.ts'
import { createLog } from './log.ts'
import { writeManifest } from './manifest/command.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { openGiven, openSample } from './open.ts'
import { optionsFor } from './question/next.ts'
import { nearest } from './semantic/near.ts'
import { storedAnswers } from './store/answers.ts'
import { storedAudit } from './store/audit.ts'
import { storedClaims } from './store/claims.ts'
import { exportPerson, forgetPerson } from './store/commands.ts'
import type { Database } from './store/database.ts'
import { storedFeedback } from './store/feedback.ts'
import { storedKeyValues } from './store/key-values.ts'
import { startRetention } from './store/retention.ts'
import { storedThreads } from './store/turns.ts'
import { createThreads, type Threads } from './threads.ts'
import type { Chart } from './vocabulary/chart.ts'
import { ChartroomError } from './vocabulary/errors.ts'
import { welcome } from './welcome.ts'

/** The composition root, and the `bin`: config → effects → engine → handlers. Wiring only. */
const main = async (): Promise<void> => {
  const io = processIo(process, processEnvironment())
  process.exitCode = await runCli(process.argv.slice(2), tools(realEffects), io)
}

const configured = (): Config => readConfig(loadEnvironment(process.cwd()))
const logger = () => createLog(configured().logLevel)

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

const manifestDefaults = {
  settings: () => {
    const { teams, public: listener } = configured()
    return { url: listener.url, clientId: teams.clientId }
  },
  version,
}

const tools = (effects: Effects): CliTools => ({
  open: async options => createSession(await openMachinery(options, effects), {}, effects),
  near: (word, among) => nearest(word, among),
  version,
  effects,
  report: (error, incident) => logger().error({ incident, err: error }, 'unforeseen'),
  commands: {
    serve: {
      usage: 'serve',
      summary: 'Open the local room and its listener; the same as npm start.',
      takesArguments: false,
      run: (_, io) => serve(io, effects),
    },
    doctor: {
      usage: 'doctor [--data <url>]',
      summary: 'Check data, fonts, processes, ports, settings and a database, and say what to fix.',
      takesArguments: true,
      run: (args, io) => diagnose(args, io, effects),
    },
    manifest: {
      usage: 'manifest slack|teams [options]',
      summary: 'Write the app for Slack or Teams, ready to upload; docs/guides says how.',
      takesArguments: true,
      run: (args, io) => writeManifest(args, io, manifestDefaults),
    },
    sample: {
      usage: 'sample --to <url>',
      summary: 'Load the sample shop into a PostgreSQL database.',
      takesArguments: true,
      run: async (args, io) => {
        const { sampleCommand } = await import('./sample/postgres/command.ts')
        return sampleCommand(args, io, () => configured().sample)
      },
    },
    harden: {
      usage: 'harden <url>',
      summary: 'Print SQL for a PostgreSQL user that may only read. Runs none of it.',
      takesArguments: true,
      run: async (args, io) => {
        const { hardenCommand } = await import('./harden/command.ts')
        return hardenCommand(args, io)
      },
    },
    forget: {
      usage: 'forget <user>',
      summary: 'Delete everything that is kept of a person: U123, or slack:T1:U123.',
      takesArguments: true,
      run: (args, io) => forgetPerson(args, io, () => openStore(effects)),
    },
    export: {
      usage: 'export <user>',
      summary: 'Print everything that is kept of a person as JSON.',
      takesArguments: true,
      run: (args, io) => exportPerson(args, io, () => openStore(effects)),
    },
  },
})

/** What outlives the program. PostgreSQL and its driver are loaded only by what needs them: a question in the terminal does not. */
const openStore = async (effects: Effects): Promise<Database> => {
  const log = logger()
  const { openState } = await import('./store/state.ts')
  return openState({ ...configured(), warn: (event, error) => log.warn({ event, err: error }, 'state') }, effects)
}

type Session = CliSession & { domain: Domain; painters: Painters; ask: ReturnType<typeof createAsk> }

/** The data, and the processes that ask and draw. */
type Machinery = { domain: Domain; painters: Painters; close: () => Promise<void> }

const openMachinery = async (
  { data, model, metrics }: Pick<CliOpen, 'data' | 'model'> & { metrics?: Metrics },
  effects: Effects,
  onProgress?: (words: string) => void,
): Promise<Machinery> => {
  const onStart = (kind: 'duckdb' | 'painter') => (again: boolean) => metrics?.childStarted(kind, again)
  const opening = { config: configured(), onProgress, onStart: onStart('duckdb') }
  const domain =
    data === undefined ? await openSample(opening, effects) : await openGiven({ data, model }, opening, effects)
  const painters = createPainters({ onStart: onStart('painter') })
  const close = async () => {
    await Promise.all([painters.close(), domain.close()])
  }
  return { domain, painters, close }
}

/** What a session remembers and notes; in memory and nothing when not said. */
type Remembering = { threads?: Threads; audited?: (ask: Ask) => Ask }

const createSession = (
  { domain, painters, close }: Machinery,
  { threads = createThreads(), audited = ask => ask }: Remembering,
  effects: Effects,
): Session => {
  const log = logger()
  const find = async (name?: string): Promise<Domain> => {
    if (name !== undefined && name !== domain.model.domain)
      throw ChartroomError.of('domain/unknown', { domain: name, known: [domain.model.domain] })
    return domain
  }
  const ask = audited(
    createAsk({ domain: find, threads, warn: (event, error) => log.debug({ event, err: error }), effects }),
  )
  const useCases: UseCases = {
    ask: (question, options) => ask(question, options),
    askKpi: async ({ kpi, words, text: _, ...turn }, options) => {
      const found = await find(turn.domain)
      const entry = found.model.kpis[kpi]
      const today = turn.today ?? new Date(effects.now()).toISOString().slice(0, 10)
      return ask(
        { ...turn, text: entry ? await kpiText(found, { kpi: entry, words, today }) : `${kpi} ${words}` },
        options,
      )
    },
    kpis: async name => kpiCatalogue(await find(name)),
    describeData: async name => describe(await find(name), []),
    near: (word, among) => nearest(word, among),
  }
  return { useCases, domain, painters, ask, paint: chart => painters.paint(chart, 'light'), close }
}

const serve = async (io: CliIo, effects: Effects): Promise<number> => {
  const metrics = createMetrics()
  const machinery = openMachinery({ metrics }, effects, words => void io.err(`${words}\n`))
  const [opened, database] = await bothOpen(machinery, openStore(effects))
  try {
    return await serveWith({ opened, database, metrics }, io, effects)
  } finally {
    await opened.close()
    await database.close()
  }
}

type Closable = { close: () => Promise<void> }

/** Opens two things side by side; when one cannot be opened, the other does not stay open. */
const bothOpen = async <A extends Closable, B extends Closable>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => {
  try {
    return await Promise.all([a, b])
  } catch (error) {
    for (const one of await Promise.allSettled([a, b])) if (one.status === 'fulfilled') await one.value.close()
    throw error
  }
}

type Serving = { opened: Machinery; database: Database; metrics: Metrics }

const serveWith = async ({ opened, database, metrics }: Serving, io: CliIo, effects: Effects): Promise<number> => {
  const config = configured()
  const log = logger()
  const warn = (event: string, error: unknown) => log.warn({ event, err: error }, 'survived')
  const audit = storedAudit(database, effects)
  const retention = startRetention(database, { days: config.retentionDays, warn }, effects)
  const session = createSession(
    opened,
    {
      threads: storedThreads(database, {}, effects),
      audited: ask => createAudited(ask, { audit, warn }, effects),
    },
    effects,
  )
  const { domain } = session
  const warm = Promise.all([domain.knowledge(), session.painters.ready()])
  // It is awaited once the listener is open; when that fails before, nobody asks any more how warming up went.
  warm.catch(() => undefined)
  const parts = chatParts(session, { log, metrics, database }, effects)
  const { platforms, listener: outside } = openChats(parts, { config, log, database }, effects)
  const room = await createRoom(
    {
      ...parts,
      useCases: {
        ...parts.useCases,
        domains: () => [{ name: domain.model.domain, label: domain.model.label }],
        status: async () => ({ ready: true, lines: await statusLines(domain) }),
      },
    },
    effects,
  )
  const listener = createLocalListener({
    port: config.port,
    room,
    api: [metricsPage(metrics)],
    ready: () =>
      warm.then(
        () => true,
        () => false,
      ),
    log: (error, path) => log.error({ err: error, path }, 'listener'),
  })
  try {
    const { url } = await listener.listen()
    await warm
    const publicPort = (await outside?.listen())?.port
    for (const platform of platforms) await platform.start()
    await io.out(welcome({ url, publicPort, example: domain.model.examples[0] ?? '' }, config))
    await new Promise<void>(resolve => {
      if (io.signal.aborted) resolve()
      io.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await io.err('Finishing what is running…\n')
  } finally {
    await Promise.allSettled(platforms.map(platform => platform.stop()))
    await Promise.allSettled([parts.running.drain(drainMs), outside?.close(), listener.close()])
    retention.stop()
  }
  return 0
}

/** How long a program that ends waits for the questions that run. */
const drainMs = 10_000

type Tools = { config: Config; log: Logger; metrics: Metrics; database: Database }

const chatParts = (
  { domain, painters, ask, useCases }: Session,
  { log, metrics, database }: Omit<Tools, 'config'>,
  effects: Effects,
): ChatParts & { effects: Effects } => {
  const [running, lanes, seats] = [createRunning(), createLanes(), createSeats()]
  metrics.watch('running', running.size)
  metrics.watch('waiting', () => lanes.waiting() + seats.waiting())
  return {
    useCases: {
      ask: ({ query, ...question }, { signal, onStatus }) =>
        query
          ? ask({ ...question, query }, { signal, onStatus })
          : runCommand(
              { command: parseCommand(question.text), ...question, signal },
              { ...useCases, ask: (q, o) => ask(q, { ...o, onStatus }) },
              effects,
            ),
      paint: (chart, theme, options) => painters.paint(chart, theme, options),
      csv: answer => toCsv(answer.table),
      feedback: storedFeedback(database, effects),
      options: answer => optionsFor(answer, domain.model),
      kpis: () => kpiCatalogue(domain).entries.map(({ label }) => label),
      examples: () => domain.model.examples.slice(0, 6),
    },
    claims: storedClaims(database, {}, effects),
    answers: storedAnswers(database, {}, effects),
    running,
    lanes,
    seats,
    metrics,
    incidents: {
      incident: effects.newId,
      log: ({ error, ...entry }) => log.error({ ...entry, err: error }, 'failed'),
    },
    warn: (event, error, about) => log.warn({ event, ...about, err: error }, 'survived'),
    effects,
  }
}

/** The chats that are configured, and the public listener when one of them calls us. */
const openChats = (
  parts: ChatParts & { effects: Effects },
  { config, log, database }: Omit<Tools, 'metrics'>,
  effects: Effects,
): { platforms: Platform[]; listener?: PublicListener } => {
  const pictures =
    config.public.url && config.key
      ? createPictures({ publicUrl: config.public.url, key: config.key }, effects)
      : undefined
  const installations = storedKeyValues(database, { space: 'slack-installations', key: config.key }, effects)
  const conversations = storedKeyValues(database, { space: 'teams-conversations' }, effects)
  const { slack, teams, production } = config
  const platforms: Platform[] = [
    ...(hasSlack(config)
      ? [connectSlack({ ...slack, publicUrl: config.public.url }, { ...parts, installations }, effects)]
      : []),
    ...(hasTeams(config)
      ? [connectTeams({ ...teams, production }, { ...parts, conversations, pictureUrl: pictures?.addressOf }, effects)]
      : []),
  ]
  const routes = platforms.flatMap(platform => platform.routes)
  if (routes.length === 0) return { platforms }
  const listener = createPublicListener({
    ...config.public,
    routes: [...routes, ...(pictures ? [pictures.route] : [])],
    log: (error, path) => log.error({ err: error, path }, 'public listener'),
  })
  return { platforms, listener }
}

const statusLines = async (domain: Domain): Promise<string[]> => {
  const { range } = await describe(domain, [])
  return range ? [`Data from ${range.from} to ${range.to}`] : []
}

const diagnose = async (args: string[], io: CliIo, effects: Effects): Promise<number> => {
  const warehouse = await readGiven(args)
  const painters = createPainters()
  try {
    const needs = {
      read: configured,
      paint: () => painters.paint(testChart, 'light'),
      answersAsChartroom: (port: number) => fetch(`http://127.0.0.1:${port}/healthz`).then(r => r.ok),
      fonts: fontFiles(),
      nodeVersion: process.versions.node,
      openState: () => openStore(effects),
      warehouse,
      fetch,
    }
    return await doctor(doctorChecks(needs, effects), io)
  } finally {
    await painters.close()
  }
}

const testChart: Chart = {
  kind: 'kpi',
  title: 'A test',
  subtitle: 'One number',
  alt: 'The number 42',
  value: 42,
  format: { kind: 'integer' },
}

await main()
