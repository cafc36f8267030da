import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pg from 'pg'

/** As much of psql as the guide uses: a file in one transaction, and `\password`, which takes the new one from NEW_PASSWORD. */
const { values, positionals } = parseArgs({
  options: {
    'single-transaction': { type: 'boolean' },
    variable: { type: 'string', short: 'v' },
    file: { type: 'string', short: 'f' },
    command: { type: 'string', short: 'c' },
  },
  allowPositionals: true,
})
const client = new pg.Client(positionals[0])
await client.connect()
if (values.file) await client.query(`BEGIN;\n${readFileSync(values.file, 'utf8')}\n;COMMIT`)
const role = /^\\password (\w+)$/.exec(values.command ?? '')?.[1]
if (role) await client.query(`ALTER ROLE ${role} PASSWORD ${pg.escapeLiteral(process.env.NEW_PASSWORD ?? '')}`)
await client.end()
