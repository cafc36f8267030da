import pg from 'pg'
import { realEffects } from '#src/effects.ts'
import { openServer } from '#src/store/server/server.ts'

/** A bot in a process of its own (see `bots.ts`): opens the server of a folder, runs the SQL that it is sent, and leaves when told so. */
const main = async () => {
  const server = await openServer({ folder: process.argv[2] ?? '' }, realEffects)
  const pool = new pg.Pool(await server.address())
  pool.on('error', () => undefined)
  process.on('message', async (asked: { sql: string } | 'leave') => {
    if (asked === 'leave') {
      await pool.end()
      await server.close()
      process.exit(0)
    }
    const { rows } = await pool.query({ text: asked.sql, rowMode: 'array' })
    process.send?.({ rows })
  })
  process.send?.('open')
}

await main()
