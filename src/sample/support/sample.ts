import type { Sample } from '../sample.ts'
import { buildSupport } from './build.ts'
import { resolveSupportSettings, type SupportSettingsInput } from './settings.ts'
import { interactionsView, supportTables } from './tables.ts'

/** The logs of two support bots with these settings. Throws `config/sample` when they make no sense. */
export const supportSample = (input?: SupportSettingsInput): Sample => {
  const settings = resolveSupportSettings(input)
  return {
    name: 'support',
    version: 1,
    settings,
    tables: supportTables,
    views: [interactionsView],
    indexes: supportTables.flatMap(({ name }) => [
      `${name} (time_stamp)`,
      `${name} (user_id, time_stamp)`,
      `${name} (session_id)`,
    ]),
    unit: 'interactions',
    pathSetting: 'CHARTROOM_HOME',
    fill: (openTable, onProgress) => buildSupport(openTable, settings, onProgress),
  }
}
