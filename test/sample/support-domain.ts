import { dirname } from 'node:path'
import { readConfig } from '#src/config.ts'
import { type Domain, openDomain } from '#src/domain.ts'
import { realEffects } from '#src/effects.ts'
import { modelPath, openDatabase } from '#src/open.ts'
import type { SupportSettingsInput } from '#src/sample/support/settings.ts'
import { ensureSupportSample } from '#src/sample/support.ts'
import { completeModel } from '#src/semantic/complete.ts'
import { readModel } from '#src/semantic/load.ts'

/** The sample logs of support bots in a file, which is made on first use. */
export const openSupportDomain = async (path: string, settings: SupportSettingsInput = {}): Promise<Domain> => {
  await ensureSupportSample({ path, settings })
  const ground = await openDatabase({ path, config: readConfig({ CHARTROOM_HOME: dirname(path) }) }, realEffects)
  return openDomain({ ...ground, model: completeModel(await readModel(modelPath('support'))), source: 'a test' })
}
