import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, readConfig } from '#src/config.ts'
import { listedMisses, missesOf } from './misses.ts'
import { runSet, tableSets, twinSets } from './sets.ts'

let home: string
let config: Config

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'chartroom-questions-'))
  config = readConfig({ CHARTROOM_HOME: home })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Those of the other sets are judged where they run on both engines: `postgres.test.ts`. */
describe('the worked questions', () => {
  it.each(tableSets.filter(set => !twinSets.includes(set)))(
    '%s: all are right but the misses that are listed',
    async set => {
      expect(missesOf(await runSet(set, config))).toEqual(listedMisses(set))
    },
  )
})
