import { type DuckDBConnection, type DuckDBInstance, StatementType } from '@duckdb/node-api'
import type { EngineResult } from '#src/engines/engine.ts'
import { fingerprint } from './fingerprint.ts'
import { openLocked } from './lockdown.ts'
import type { RunRequest, SessionSettings, Source } from './protocol.ts'
import { readRows } from './read.ts'

/** A statement that is running: its result, and a way to stop it. */
export type Running = { result: Promise<EngineResult>; cancel: () => void }

export type Session = {
  run(request: Omit<RunRequest, 'kind' | 'id'>): Running
  close(): void
}

/** One open database, and how many statements still use it: a replaced file is closed when the last of them is done. */
type Opened = { instance: DuckDBInstance; mark: string; users: number; stale: boolean; idle: DuckDBConnection[] }

/** How often a cancelled statement is interrupted again: an interrupt that falls between two stages is lost. Milliseconds. */
const repeatInterrupt = 20

/**
 * A locked database that runs SELECTs. Looks at the file before each statement and opens it anew when it was replaced; statements that
 * are running keep the old one. Throws what DuckDB throws; see `faultOf`. `clock` gives milliseconds.
 */
export const openSession = async (source: Source, settings: SessionSettings, clock: () => number): Promise<Session> => {
  const holder: Holder = { source, settings, current: await open(source, settings) }
  return {
    run: request => start(holder, request, clock),
    close: () => retire(holder.current),
  }
}

/** `reopening` is shared: many statements may notice a replaced file at once. */
type Holder = { source: Source; settings: SessionSettings; current: Opened; reopening?: Promise<void> }

const open = async (source: Source, settings: SessionSettings): Promise<Opened> => {
  const mark = 'path' in source ? await fingerprint(source.path) : 'memory'
  return { instance: await openLocked(source, settings), mark, users: 0, stale: false, idle: [] }
}

const retire = (opened: Opened) => {
  opened.stale = true
  closeIfUnused(opened)
}

const closeIfUnused = (opened: Opened) => {
  if (!opened.stale || opened.users > 0) return
  for (const connection of opened.idle.splice(0)) connection.closeSync()
  opened.instance.closeSync()
}

/** The database as the file is now. Whoever asks is counted in the same breath, so that it cannot be closed in between. */
const acquire = async (holder: Holder): Promise<Opened> => {
  const { source } = holder
  if ('path' in source && (await fingerprint(source.path)) !== holder.current.mark) {
    holder.reopening ??= reopen(holder).finally(() => {
      holder.reopening = undefined
    })
    await holder.reopening
  }
  holder.current.users += 1
  return holder.current
}

const reopen = async (holder: Holder) => {
  const next = await open(holder.source, holder.settings)
  retire(holder.current)
  holder.current = next
}

const release = (opened: Opened) => {
  opened.users -= 1
  closeIfUnused(opened)
}

const withConnection = async <T>(opened: Opened, use: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
  const connection = opened.idle.pop() ?? (await opened.instance.connect())
  try {
    return await use(connection)
  } finally {
    opened.idle.push(connection)
  }
}

type Request = Omit<RunRequest, 'kind' | 'id'>
type Cancellation = { asked: boolean; done: boolean; timer?: NodeJS.Timeout; connection?: DuckDBConnection }

const start = (holder: Holder, request: Request, clock: () => number): Running => {
  const cancellation: Cancellation = { asked: false, done: false }
  const work = async () => {
    const opened = await acquire(holder)
    try {
      return await withConnection(opened, connection => {
        cancellation.connection = connection
        return execute(connection, { request, cancellation, clock })
      })
    } finally {
      release(opened)
    }
  }
  const result = work().finally(() => {
    cancellation.done = true
    clearInterval(cancellation.timer)
  })
  return { result, cancel: () => cancel(cancellation) }
}

/** A connection that is free again belongs to the next statement, so what is done is not interrupted. */
const cancel = (cancellation: Cancellation) => {
  if (cancellation.done) return
  const interrupt = () => cancellation.connection?.interrupt()
  cancellation.asked = true
  cancellation.timer ??= setInterval(interrupt, repeatInterrupt)
  interrupt()
}

const execute = async (
  connection: DuckDBConnection,
  { request, cancellation, clock }: { request: Request; cancellation: Cancellation; clock: () => number },
): Promise<EngineResult> => {
  const begun = clock()
  stopIf(cancellation)
  const statement = await connection.prepare(request.sql)
  try {
    stopIf(cancellation)
    const wanted = request.plan ? StatementType.EXPLAIN : StatementType.SELECT
    if (statement.statementType !== wanted) throw new Error('Only SELECT statements are run')
    statement.bind([...request.params])
    const result = await statement.stream()
    const read = await readRows(result, request.maxRows)
    if (read.truncated) connection.interrupt()
    return { ...read, ms: clock() - begun }
  } finally {
    statement.destroySync()
  }
}

const stopIf = ({ asked }: Cancellation) => {
  if (asked) throw new Error('INTERRUPT Error: cancelled before it began')
}
