import type pg from 'pg'
import type { EngineResult, Param } from '#src/engines/engine.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Connections } from './connections.ts'
import { statementFault } from './failures.ts'
import type { Places } from './places.ts'
import { beginText, type SessionSettings } from './session.ts'
import { sendStatement } from './statement.ts'

export type Work = SessionSettings & {
  text: string
  params: readonly Param[]
  maxRows: number
  /** Aborting it stops the work wherever it is; its reason is thrown. */
  stop: AbortSignal
}

export type Runner = { connections: Connections; places: Places; ticks: () => number }

/**
 * Runs one statement in a transaction of its own that only reads and is rolled back. Settles as soon as the rows are there or it is
 * stopped, whatever the server does; the place is taken until the connection is free again.
 */
export const runReadOnly = (runner: Runner, work: Work): Promise<EngineResult> => {
  const outcome = Promise.withResolvers<EngineResult>()
  occupy(runner, work, outcome).catch(outcome.reject)
  return outcome.promise
}

type Outcome = PromiseWithResolvers<EngineResult>

const occupy = async (runner: Runner, work: Work, outcome: Outcome) => {
  const { stop } = work
  const leave = await runner.places.enter(stop).catch(busyWhenLate)
  const onStop = () => outcome.reject(stop.reason)
  stop.addEventListener('abort', onStop)
  try {
    stop.throwIfAborted()
    const beginning = beginText(work)
    const client = await runner.connections.take(taken => begin(taken, beginning))
    await runOn(client, { runner, work, outcome })
  } finally {
    stop.removeEventListener('abort', onStop)
    leave()
  }
}

const busyWhenLate = (thrown: unknown): never => {
  const late = thrown instanceof ChartroomError && thrown.code === 'engine/timeout'
  throw late ? ChartroomError.of('engine/busy') : thrown
}

const begin = async (client: pg.PoolClient, text: string) => {
  try {
    await client.query(ours(text))
  } catch (thrown) {
    throw statementFault(thrown)
  }
}

const runOn = async (
  client: pg.PoolClient,
  { runner, work, outcome }: { runner: Runner; work: Work; outcome: Outcome },
) => {
  const statement = work.stop.aborted ? undefined : sendStatement(client, { ...work, clock: runner.ticks })
  statement?.result.then(outcome.resolve, thrown => outcome.reject(statementFault(thrown)))
  const isFree = statement === undefined || (await statement.ended)
  client.release(!isFree || !(await isRolledBack(client)))
}

const isRolledBack = (client: pg.PoolClient): Promise<boolean> =>
  client.query(ours('ROLLBACK')).then(
    () => true,
    () => false,
  )

/** Text of our own; given up after a while, for a connection may hang. Milliseconds. */
const ours = (text: string) => ({ text, query_timeout: 5000 })
