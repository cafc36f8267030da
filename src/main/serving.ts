import { createSeats } from '#handlers/chat/seats.ts'
import type { CliIo } from '#handlers/cli/io.ts'
import { createLocalListener } from '#handlers/http/local.ts'
import { metricsPage } from '#handlers/http/metrics.ts'
import { createRoom } from '#handlers/room/room.ts'
import { watchUse } from '../access/watch-use.ts'
import { createDatasets } from '../datasets/datasets.ts'
import { importForChat } from '../datasets/import-for-chat.ts'
import { describe } from '../describe.ts'
import type { Domain } from '../domain.ts'
import type { Effects } from '../effects.ts'
import { storedKept } from '../keeping.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import type { Accounting } from '../nl2sql/client/accounted.ts'
import { createLessonsOf } from '../review/teach.ts'
import { onHangup } from '../sources/hangup.ts'
import { storedAudit } from '../store/audit.ts'
import { storedCalls } from '../store/calls.ts'
import type { Database } from '../store/database.ts'
import { storedNotes } from '../store/notes.ts'
import { storedPlans } from '../store/plans.ts'
import { startRetention } from '../store/retention.ts'
import { storedSpending } from '../store/spending.ts'
import { storedThreads } from '../store/turns.ts'
import { storedUsage } from '../store/usage.ts'
import { welcome } from '../welcome.ts'
import { openApi } from './api.ts'
import { createBudgetNotes } from './budget-notes.ts'
import { chatParts, createTellAdmins, openChats } from './chats.ts'
import { classifyLater } from './classify.ts'
import { counted } from './counted.ts'
import { openModel } from './model.ts'
import type { Processes } from './processes.ts'
import { createSession, type Machinery, openMachinery } from './session.ts'
import { configured, logger } from './settings.ts'

/** Opens the data over processes that were started, and listens until it is told to stop. */
export const serveWith = async (
  { processes, store }: { processes: Processes; store: Promise<Database> },
  io: CliIo,
  effects: Effects,
): Promise<number> => {
  const metrics = createMetrics()
  const machinery = openMachinery({ processes, metrics }, effects, words => void io.err(`${words}\n`))
  const [opened, database] = await bothOpen(machinery, store)
  try {
    return await listen({ opened, database, metrics }, io, effects)
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

const listen = async ({ opened, database, metrics }: Serving, io: CliIo, effects: Effects): Promise<number> => {
  const config = configured()
  const log = logger()
  const warn = (event: string, error: unknown) => log.warn({ event, err: error }, 'survived')
  const retention = startRetention(database, { days: config.retentionDays, warn }, effects)
  const kept = storedKept(database, effects)
  const seats = createSeats()
  const [calls, plans] = [storedCalls(database, effects), storedPlans(database, effects)]
  // The chats that admins are told in are opened after the model that they use.
  let noteBudgets: ReturnType<typeof createBudgetNotes> = () => undefined
  const onWarning: Accounting['onWarning'] = (warnings, request) => noteBudgets(warnings, request)
  const model = await openModel(
    {
      config,
      calls,
      onWarning,
      plans,
      onPlan: metrics.plan,
      onStory: metrics.story,
      lessonsOf: createLessonsOf({ lessons: kept.lessons, warn }),
      outside: seats.outside,
      warn,
    },
    effects,
  )
  const { sources } = opened
  const taken = (name: string) => sources.domains().some(domain => domain.name === name)
  const datasets = createDatasets({ database, config, taken }, effects)
  const threads = storedThreads(database, {}, effects)
  const classify = classifyLater({ config, database, complete: model?.complete, warn }, effects)
  const [audit, usage] = [storedAudit(database, effects), storedUsage(database)]
  const session = createSession(
    opened,
    {
      workOut: model?.workOut,
      retell: config.model.tellsAll ? model?.retell : undefined,
      threads,
      brought: datasets,
      datasets,
      audit,
      usage,
      spending: storedSpending(calls, plans),
      classify,
      kept,
    },
    effects,
  )
  const { find, domains } = session.sights
  const domain = await find(undefined, {})
  const warm = Promise.all([domain.knowledge(), session.painters.ready()])
  // It is awaited once the listener is open; when that fails before, nobody asks any more how warming up went.
  warm.catch(() => undefined)
  const { reload } = sources
  const stopHearing = reload ? onHangup(process, { reload }, log) : () => undefined
  const parts = chatParts(session, { log, metrics, database, datasets, audit, seats }, effects)
  const { platforms, listener: outside } = await openChats(parts, { config, log, database }, effects)
  const tellAdmins = createTellAdmins(platforms, session.sights.admins)
  noteBudgets = createBudgetNotes(tellAdmins, effects)
  const watching = watchUse({ audit, notes: storedNotes(database, effects), tellAdmins, warn }, effects)
  const room = await createRoom(
    {
      ...parts,
      useCases: {
        ...parts.useCases,
        ask: counted(parts.useCases.ask, 'room', { metrics, ticks: effects.ticks }),
        importFile: ({ stream, ...file }, { signal, onStatus }) =>
          importForChat({ ...file, from: stream, signal }, { datasets, onStatus }, effects),
        examplesOf: async name => (await find(name, {})).model.examples.slice(0, 6),
        domains: () => domains({}),
        status: async () => ({ ready: true, lines: await statusLines(await find(undefined, {})) }),
      },
    },
    effects,
  )
  const api = openApi({ sights: session.sights, ask: parts.ask, classify, config, log }, effects)
  const listener = createLocalListener({
    port: config.port,
    room,
    reads: api.reads,
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
    await api.listener?.listen()
    for (const platform of platforms) await platform.start()
    await io.out(welcome({ url, publicPort, example: domain.model.examples[0] ?? '' }, config))
    await new Promise<void>(resolve => {
      if (io.signal.aborted) resolve()
      io.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await io.err('Finishing what is running…\n')
  } finally {
    await Promise.allSettled(platforms.map(platform => platform.stop()))
    await Promise.allSettled([parts.running.drain(drainMs), outside?.close(), listener.close(), api.listener?.close()])
    retention.stop()
    stopHearing()
    watching.stop()
    await datasets.close()
  }
  return 0
}

/** How long a program that ends waits for the questions that run. */
const drainMs = 10_000

const statusLines = async (domain: Domain): Promise<string[]> => {
  const { range } = await describe(domain, [])
  return range ? [`Data from ${range.from} to ${range.to}`] : []
}
