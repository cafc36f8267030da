import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#src/config.ts'
import type { Domain } from '#src/domain.ts'
import { type Effects, realEffects } from '#src/effects.ts'
import { openSample } from '#src/open.ts'

/** The sample shop in a folder of its own; `close` takes the folder away. Settings are those of the environment: NUM_ORDERS … */
export const openSampleShop = async (
  settings: Record<string, string> = {},
  effects: Effects = realEffects,
): Promise<{ domain: Domain; close: () => Promise<void> }> => {
  const home = mkdtempSync(join(tmpdir(), 'sample-shop-'))
  const domain = await openSample({ config: readConfig({ CHARTROOM_HOME: home, ...settings }) }, effects)
  return {
    domain,
    close: async () => {
      await domain.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
