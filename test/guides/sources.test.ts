import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { compileCache } from '#src/compile-cache.ts'
import { loadSample } from '#src/sample/postgres/load.ts'
import { readPlan } from '#src/sources/read-plan.ts'
import { urlOf } from '#test/engines/engines.ts'
import { createTestDatabase } from '#test/store/database.ts'

const repository = resolve(import.meta.dirname, '../..')

test('the guide to sources, followed as it is written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chartroom-guide-'))
  const { address, drop } = await createTestDatabase()
  try {
    await loadSample({ url: urlOf(address), settings: { numOrders: 600, numCustomers: 40 } })
    const npx = join(folder, 'npx')
    writeFileSync(npx, `#!/bin/sh\nshift\nexec "${process.execPath}" "${repository}/src/main.ts" "$@"\n`)
    chmodSync(npx, 0o755)
    const mine = (text: string) =>
      text.replace('postgres://chartroom_reader:reader-secret@db.example.com/shop', urlOf(address))
    const env = { PATH: `${folder}:${process.env.PATH}`, CHARTROOM_HOME: join(folder, 'home'), ...compileCache() }
    const said: string[] = []
    const guide = readFileSync(join(repository, 'docs/guides/sources.md'), 'utf8')
    for (const [, language, file, text = ''] of guide.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)) {
      if (file) {
        mkdirSync(dirname(join(folder, file)), { recursive: true })
        writeFileSync(join(folder, file), mine(text))
      }
      if (language !== 'sh') continue
      const { stdout } = await promisify(execFile)('sh', ['-e', '-c', text], { cwd: folder, env })
      said.push(stdout)
    }
    expect(said[0]).toMatch(/Portugal\D+60/)
    expect(said[1]).toMatch(/completed/)
    expect(said[1]).toMatch(/Italy\D+240/)
    expect(said[2]).toMatch(/Italy\D+4,420/)
  } finally {
    await drop()
    rmSync(folder, { recursive: true, force: true })
  }
}, 240_000)

test('the example of all settings is right', async () => {
  const environment = { WAREHOUSE: 'postgres://reader:secret@db.example.com/shop' }
  const read = await readPlan({ path: join(repository, 'docs/guides/chartroom.example.yaml'), environment })
  expect(read).toMatchObject({ plan: { default: 'sales' } })
})
