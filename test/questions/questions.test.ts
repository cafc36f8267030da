import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Config, readConfig } from '#src/config.ts'
import { runSet, shopSets, supportSets, tableSets } from './sets.ts'

/** The questions that are not answered as their writers wanted, by set: `asked` back, or `wrong`. Nothing else may be missed. */
const misses = parse(readFileSync(new URL('./misses.yaml', import.meta.url), 'utf8')) as Record<
  string,
  Record<string, 'asked' | 'wrong'>
>

let home: string
let config: Config

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'chartroom-questions-'))
  config = readConfig({ CHARTROOM_HOME: home })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('the worked questions', () => {
  it.each([...shopSets, ...supportSets, ...tableSets])(
    '%s: all are right but the misses that are listed',
    async set => {
      const outcomes = await runSet(set, config)
      const missed = outcomes.filter(o => o.verdict !== 'right').map(o => [o.worked.id, o.verdict])
      expect(Object.fromEntries(missed)).toEqual(misses[set] ?? {})
    },
  )
})
