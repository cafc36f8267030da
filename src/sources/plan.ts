import type { WrittenRoles, WrittenRooms } from '../access/schema.ts'
import type { PostgresSource } from '../engines/postgres/postgres.ts'
import type { SampleName } from '../sample/sample.ts'
import type { Model } from '../semantic/model.ts'
import type { TableChoice } from './postgres/choose-tables.ts'

/** Where data is. Paths are absolute. */
export type SourcePlan =
  | { kind: 'sample'; sample: SampleName }
  | { kind: 'files'; path: string }
  | ({ kind: 'postgres' } & PostgresSource & TableChoice)

export type DomainPlan = {
  name: string
  /** The name of its source. */
  source: string
  /** The one that somebody wrote, or that comes with the sample; none: it is drafted. */
  model?: Model
  label?: string
}

/** The part of the file about people, as it is written; defaults filled in. */
export type Settings = { roles: WrittenRoles; rooms: WrittenRooms }

/** What `chartroom.yaml` says, checked. */
export type Plan = {
  default: string
  sources: ReadonlyMap<string, SourcePlan>
  domains: ReadonlyMap<string, DomainPlan>
  settings: Settings
}
