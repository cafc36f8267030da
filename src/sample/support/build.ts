import { setImmediate as nextTurn } from 'node:timers/promises'
import { dayNumber } from '../calendar.ts'
import { createRandom } from '../random.ts'
import type { OnProgress } from '../sample.ts'
import type { OpenTable, TableSpec } from '../table.ts'
import type { Product } from './categories.ts'
import { converse, type Interaction } from './conversation.ts'
import { createSessions, type Session } from './sessions.ts'
import type { SupportSettings } from './settings.ts'
import { landscapeTable, poolTable } from './tables.ts'

/** Makes and fills both logs. `onProgress` hears how many of the interactions are made. */
export const buildSupport = async (
  openTable: OpenTable,
  settings: SupportSettings,
  onProgress: OnProgress = () => {},
): Promise<void> => {
  const { numInteractions, numLandscapeInteractions } = settings
  const total = numInteractions + numLandscapeInteractions
  const logs = [
    { product: 'pool', spec: poolTable, rows: numInteractions, before: 0 },
    { product: 'landscape', spec: landscapeTable, rows: numLandscapeInteractions, before: numInteractions },
  ] as const
  for (const { product, spec, rows, before } of logs) {
    const table = await openTable(spec)
    let id = 0
    for (const interaction of interactionsOf(settings, product, rows)) {
      table.add(rowOf({ ...interaction, id: ++id }, spec))
      if (id % 5000 !== 0 || before + id === total) continue
      onProgress(before + id, total)
      await table.flush()
      await nextTurn()
    }
    await table.close()
  }
  onProgress(total, total)
}

const rowOf = (interaction: Interaction & { id: number }, { columns }: TableSpec) =>
  Object.keys(columns).map(column => interaction[column as keyof Interaction | 'id'])

/** All interactions with one bot in the order of time; holds only those in memory whose sessions overlap. */
function* interactionsOf(settings: SupportSettings, product: Product, rows: number): Generator<Interaction> {
  const random = createRandom(`${settings.seed}/${product}/conversations`)
  const end = (dayNumber(settings.endDate) + 1) * 86_400_000
  let waiting: Interaction[] = []
  for (const session of createSessions(settings, product, rows)) {
    waiting.sort((a, b) => a.time_stamp - b.time_stamp)
    const ready = waiting.filter(row => row.time_stamp < session.start)
    yield* ready
    waiting = [...waiting.slice(ready.length), ...inTime(converse(session, product, random), { session, end })]
  }
  yield* waiting.sort((a, b) => a.time_stamp - b.time_stamp)
}

/** A session that would reach past the last day is squeezed into what is left of it. */
const inTime = (rows: Interaction[], { session: { start }, end }: { session: Session; end: number }): Interaction[] => {
  const last = rows.at(-1)?.time_stamp ?? start
  if (last < end) return rows
  const scale = (end - 1 - start) / (last - start)
  return rows.map(row => ({ ...row, time_stamp: start + Math.floor((row.time_stamp - start) * scale) }))
}
