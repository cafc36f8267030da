import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAttacks } from './corpus.ts'
import { limits, openDuckdbSandbox } from './duckdb-sandbox.ts'
import type { Sandbox } from './sandbox.ts'
import { describeAttacks } from './spec.ts'
import { attackedTables } from './world.ts'

describeAttacks({
  dialect: 'duckdb',
  open: () => openDuckdbSandbox(attackedTables),
  atLeast: 200,
  memoryMb: 2 * limits.rssLimitMb,
})

describe('an engine that may spill', () => {
  const quick = readAttacks('duckdb')
    .flatMap(({ attacks }) => attacks)
    .filter(attack => attack.alone === 'refused')
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await openDuckdbSandbox(attackedTables, 'certified')
  })
  afterAll(() => sandbox.close())

  it.each(quick)('refuses the same, but for reading its own file: $sql', async ({ sql }) => {
    const ownFile = sql.includes("read_blob('{file}')")
    const { how } = await sandbox.run(sandbox.placed(sql), 30_000)
    expect(how).toBe(ownFile ? 'runs' : 'refused')
  })

  it('leaves the data as it was', () => sandbox.isUntouched())
})
