import type { Config } from '#src/config.ts'
import type { Effects } from '#src/effects.ts'
import { openDuckdb } from '#src/engines/duckdb/duckdb.ts'
import { slackScopes } from '#src/manifest/slack.ts'
import { readSlackSource } from '#src/manifest/source.ts'
import { modelPath } from '#src/open.ts'
import { readModel } from '#src/semantic/load.ts'
import type { Database } from '#src/store/database.ts'
import type { Check } from './check.ts'
import { fontsReadable, homeWritable, nodeVersion, portFree } from './machine.ts'
import type { Warehouse } from './postgres.ts'
import {
  engineWorks,
  llmConfigured,
  modelValid,
  painterWorks,
  sampleData,
  settingsValid,
  slackConfigured,
  teamsConfigured,
} from './setup.ts'
import { slackWorks } from './slack.ts'
import { stateWorks } from './state.ts'
import { teamsWorks } from './teams.ts'

/** What the doctor looks at. Painting is passed in, because only a renderer may load a native library. */
export type Needs = {
  read: () => Config
  paint: () => Promise<Uint8Array>
  answersAsChartroom: (port: number) => Promise<boolean>
  /** Files by the name people know a font by. */
  fonts: Record<string, string>
  nodeVersion: string
  /** Opens what outlives the program. Throws `state/…`. */
  openState: () => Promise<Database>
  /** A database to look at as well. */
  warehouse?: Warehouse
  /** Asks Slack and Microsoft, when they are configured. */
  fetch: typeof globalThis.fetch
}

/** All checks of this program, in the order in which they are told. With settings that cannot be read only those are told. */
export const doctorChecks = (
  { read, paint, answersAsChartroom, fonts, nodeVersion: version, openState, warehouse, fetch }: Needs,
  effects: Effects,
): Check[] => {
  const first = [nodeVersion(version, '22.18'), settingsValid(read)]
  const config = attempt(read)
  if (!config) return first
  return [
    ...first,
    homeWritable(config.home, effects.newId),
    sampleData(config.duckdbPath, () => sampleState(config)),
    modelValid('ecommerce', () => readModel(modelPath('ecommerce'))),
    fontsReadable(fonts),
    painterWorks(paint),
    engineWorks(probe),
    stateWorks(openState),
    ...(warehouse ? [lookAtWarehouse(warehouse)] : []),
    portFree({ port: config.port, host: '127.0.0.1', setting: 'PORT' }, () => answersAsChartroom(config.port)),
    slackConfigured(config.slack),
    teamsConfigured(config.teams),
    ...onlineChecks(config, fetch),
    llmConfigured(config.model),
  ]
}

/** What is not configured is not asked about; a managed identity has no secret to sign in with from here. */
const onlineChecks = ({ slack, teams }: Config, fetch: Needs['fetch']): Check[] => {
  const { clientId, clientSecret, tenantId } = teams
  const loginUrl = (teams.fakeUrl ?? 'https://login.microsoftonline.com').replace(/\/$/, '')
  const scopes = async () => slackScopes(await readSlackSource())
  return [
    ...(slack.botToken || slack.appToken ? [slackWorks({ ...slack, scopes }, fetch)] : []),
    ...(clientId && clientSecret && tenantId
      ? [teamsWorks({ clientId, clientSecret, tenantId, loginUrl }, fetch)]
      : []),
  ]
}

/** The driver is loaded only when there is a database to look at. */
const lookAtWarehouse = (warehouse: Warehouse): Check => ({
  name: warehouse.name,
  run: async () => (await import('./postgres.ts')).warehouseSafe(warehouse).run(),
})

const attempt = (read: () => Config): Config | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Loaded only here: the process of the bot itself loads no database. */
const sampleState = async ({ duckdbPath, sample }: Config) => {
  const { ecommerceState } = await import('#src/sample/ecommerce.ts')
  return ecommerceState(duckdbPath, sample)
}

const probe = async (): Promise<unknown> => {
  const engine = await openDuckdb({ tables: [] }, {})
  try {
    return JSON.parse(await engine.parse('select 42')).error ? 0 : 42
  } finally {
    await engine.close()
  }
}
