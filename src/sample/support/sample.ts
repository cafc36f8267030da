import { readFileSync } from 'node:fs'
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
    indexes: readIndexes(),
    unit: 'interactions',
    pathSetting: 'CHARTROOM_HOME',
    fill: (openTable, onProgress) => buildSupport(openTable, settings, onProgress),
  }
}

const readIndexes = () => {
  const text = readFileSync(new URL('../../../sql/domains/support/indexes.sql', import.meta.url), 'utf8')
  return [...text.matchAll(/^CREATE INDEX ON (.+);$/gm)].map(([, index = '']) => index)
}
