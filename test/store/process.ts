import { realEffects } from '#src/effects.ts'
import { storedClaims } from '#src/store/claims.ts'
import { openState, type StateOptions } from '#src/store/state.ts'
import { storedThreads } from '#src/store/turns.ts'
import { querySchema } from '#src/vocabulary/query.ts'
import type { Order } from './processes.ts'

/** A bot in a process of its own (see `processes.ts`): opens the state and does with it what it is sent. */
const main = async () => {
  const database = await openState(JSON.parse(process.argv[2] ?? '') as StateOptions, realEffects)
  const claims = storedClaims(database, {}, realEffects)
  const threads = storedThreads(database, {}, realEffects)
  const follow = async (order: Order): Promise<unknown> => {
    if (order.kind === 'claim') return Promise.all(order.keys.map(claims.claim))
    if (order.kind === 'last') return (await threads.last(order.thread)) ?? null
    const query = querySchema.parse({ domain: 'shop', measures: [{ measure: order.measure }] })
    await threads.remember(order.thread, query)
    return null
  }
  process.on('message', async (order: Order | 'leave') => {
    if (order !== 'leave') return process.send?.({ done: await follow(order) })
    await database.close()
    process.exit(0)
  })
  process.send?.('open')
}

await main()
