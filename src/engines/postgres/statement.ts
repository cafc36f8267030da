import pg from 'pg'
import type { EngineResult, Param } from '#src/engines/engine.ts'
import { textLimit } from '#src/engines/text-limits.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { requestCancel } from './cancel.ts'
import { gatherRows } from './gather.ts'

export type StatementRequest = {
  text: string
  params: readonly Param[]
  maxRows: number
  /** Aborting it cancels the statement; its reason is thrown. */
  stop: AbortSignal
  clock: () => number
}

/** A statement that was sent. `ended`: whether the connection is free for another one, once it is. */
export type Statement = { result: Promise<EngineResult>; ended: Promise<boolean> }

/**
 * Sends a statement by the extended protocol, which takes one and no more, and reads its rows as they come. No limit is sent with it,
 * because with one PostgreSQL makes no use of parallel plans (https://www.postgresql.org/docs/18/when-can-parallel-query-be-used.html);
 * after the last row that is wanted it is cancelled instead. A connection on which that was asked for is not used again: it might hit
 * the next statement. `result` throws what the driver throws, the reason of `stop`, or `engine/out-of-memory`.
 */
export const sendStatement = (client: pg.PoolClient, request: StatementRequest): Statement => {
  const { text, params, maxRows, stop, clock } = request
  const begun = clock()
  const gathering = gatherRows(maxRows)
  const result = Promise.withResolvers<EngineResult>()
  const ended = Promise.withResolvers<boolean>()
  let cancelled = false
  const cancel = () => {
    if (cancelled) return
    cancelled = true
    requestCancel(client)
    setTimeout(() => ended.resolve(false), grace).unref()
  }
  const deliver = (fields: pg.FieldDef[]) => result.resolve({ ...gathering.result(fields), ms: clock() - begun })
  const fail = (thrown: unknown) => {
    result.reject(thrown)
    cancel()
  }
  const onStop = () => fail(stop.reason)
  const flood = watchBytes(client, () => fail(ChartroomError.of('engine/out-of-memory')))
  const end = () => {
    stop.removeEventListener('abort', onStop)
    flood.end()
    ended.resolve(!cancelled)
  }
  stop.addEventListener('abort', onStop, { once: true })

  const query = new pg.Query(configOf(text, params))
  query.on('row', (row: (string | null)[], so) => {
    flood.isRow()
    try {
      if (cancelled || !gathering.add(row, so!.fields)) return
      deliver(so!.fields)
      cancel()
    } catch (thrown) {
      fail(thrown)
    }
  })
  query.on('error', thrown => {
    result.reject(thrown)
    end()
  })
  query.on('end', ({ command, fields }) => {
    if (command === 'SELECT' || command === 'EXPLAIN') deliver(fields)
    else result.reject(ChartroomError.of('engine/failed', undefined, new Error(`${command} is no SELECT`)))
    end()
  })
  client.query(query)
  return { result: result.promise, ended: ended.promise }
}

/** A statement that does not hear the cancel gets this long; then its connection is cut. Milliseconds. */
const grace = 1000

/** All values as the texts that the server writes. There is no NUL in a text of PostgreSQL. */
const configOf = (text: string, params: readonly Param[]) => ({
  text,
  values: params.map(param => (typeof param === 'string' ? param.replaceAll('\0', '\ufffd') : param)),
  queryMode: 'extended',
  rowMode: 'array',
  types: { getTypeParser: () => (value: string) => value },
})

/** A row of more bytes would be put together in memory before anybody could look at it. */
const mostInRow = 2 * textLimit

const watchBytes = (client: pg.PoolClient, tooMany: () => void) => {
  const { stream } = client.connection
  let sinceRow = 0
  const count = (chunk: Buffer) => {
    sinceRow += chunk.length
    if (sinceRow <= mostInRow) return
    tooMany()
    stream.destroy()
  }
  stream.on('data', count)
  return {
    isRow: () => {
      sinceRow = 0
    },
    end: () => stream.off('data', count),
  }
}
