import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { compileCache } from '#src/compile-cache.ts'
import { realEffects } from '#src/effects.ts'
import { openServer } from '#src/store/server/server.ts'
import { fences } from '#test/docs/markdown.ts'
import { onDatabase } from '#test/engines/engines.ts'
import { openLine } from '#test/engines/postgres/line.ts'

const repository = resolve(import.meta.dirname, '../..')

/** Programs that a reader has, in a folder of ours: `npx` runs this repository, `psql` does what the guide asks of it. */
const programs = {
  npx: `#!/bin/sh\nshift\nexec "${process.execPath}" "${repository}/src/main.ts" "$@"\n`,
  psql: `#!/bin/sh\nexec "${process.execPath}" "${repository}/test/guides/psql.ts" "$@"\n`,
}

test('the guide to PostgreSQL, followed as it is written, on a new server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-guide-'))
  const server = await openServer({ folder: join(folder, 'state'), durable: false }, realEffects)
  try {
    const address = await server.address()
    await onDatabase(address, ['CREATE DATABASE shop'])
    const line = await openLine({ ...address, database: 'shop' }, { encrypted: true })
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(join(folder, name), text)
      chmodSync(join(folder, name), 0o755)
    }
    const mine = (text: string) =>
      text
        .replaceAll('admin:secret@db.example.com', /\/\/(.*)\//.exec(line.url)?.[1] ?? '')
        .replaceAll('db.example.com', /@(.*)\//.exec(line.url)?.[1] ?? '')
        .replaceAll('sslmode=verify-full', `sslmode=verify-full&sslrootcert=${repository}/test/fixtures/tls/cert.pem`)
        .replaceAll('sql/domains', `${repository}/sql/domains`)
    const guide = readFileSync(join(repository, 'docs/guides/postgres.md'), 'utf8')
    const said: string[] = []
    for (const { language, text } of fences(guide)) {
      if (language !== 'sh') continue
      const env = {
        ...compileCache(),
        PATH: `${folder}:${process.env.PATH}`,
        CHARTROOM_HOME: join(folder, 'home'),
        NEW_PASSWORD: 'reader-secret',
        PORT: '0',
      }
      const { stdout } = await promisify(execFile)('sh', ['-e', '-c', mine(text)], { cwd: folder, env })
      said.push(stdout)
    }
    expect(said[0]).toContain('Made customers, products, orders and order_items in schema public of shop on localhost.')
    expect(said.join('\n')).toContain('shop on localhost is read by a user that may do nothing else.')
    expect(said.join('\n')).toMatch(/2023-12.*\d/)
    expect(readFileSync(join(folder, 'harden.sql'), 'utf8')).toContain('CREATE POLICY chartroom_tenant')
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
