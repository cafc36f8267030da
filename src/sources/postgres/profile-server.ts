import type { PostgresSource } from '#src/engines/postgres/postgres.ts'
import type { Link, Profile, TableProfile } from '#src/semantic/draft/profile.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Ground } from '../ground.ts'
import { type Catalog, type CatalogTable, readCatalog } from './catalog.ts'
import { chooseTables, type TableChoice } from './choose-tables.ts'
import type { Run } from './counts.ts'
import { serverLinks } from './links.ts'
import { profileTable } from './profile-table.ts'
import { severalAtOnce } from './several-at-once.ts'

export type { TableChoice } from './choose-tables.ts'

export type ServerProfile = {
  profile: Profile
  database: string
  /** Tables that are left out, and why. */
  warnings: string[]
  /** `table.column` of instants with a zone. */
  zoned: ReadonlySet<string>
}

/** More tables make a model that nobody can ask well, and hours of looking. */
const mostTables = 200

/** Tables, and links, that are looked at side by side; the engine has six places. */
const atOnce = 3

/**
 * What a model is drafted from, of tables on a PostgreSQL server. Keys and links are those that the database declares, else those that
 * values prove. Small tables are counted as a whole; of large ones the first rows are, and the server's own estimates say how many there are.
 * Everything but the catalog is read as questions are: by checked SELECTs with their timeout. A table that cannot be read is a warning.
 * Throws `source/refused` when there are none, `source/…` and `engine/…`.
 */
export const profileServer = async (
  { engine, guard, limits }: Pick<Ground, 'engine' | 'guard' | 'limits'>,
  { tables: only, without, ...source }: PostgresSource & TableChoice,
): Promise<ServerProfile> => {
  const catalog = await readCatalog(source)
  const { chosen, warnings } = chooseTables(catalog.tables, { tables: only, without })
  if (chosen.length > mostTables) throw refused(catalog, tooMany(chosen.length))
  const run: Run = async (sql, tables) => {
    const checked = await guard.seal(sql, { tables })
    return (await engine.run(checked, { timeoutMs: limits.timeoutMs, maxRows: 10_000 })).rows
  }
  const looked = await severalAtOnce(chosen, atOnce, table => profileTable(run, table).catch(whyNot(table)))
  const profiled = looked.filter(t => typeof t !== 'string')
  if (profiled.length === 0) throw refused(catalog, 'it has no tables that can be read; `chartroom doctor` looks at it')
  return {
    profile: { tables: profiled, links: await links(run, profiled, chosen) },
    database: catalog.database,
    warnings: [...warnings, ...looked.filter(t => typeof t === 'string')],
    zoned: zonedOf(chosen),
  }
}

const refused = ({ place }: Catalog, reason: string) => ChartroomError.of('source/refused', { place, reason })

const tooMany = (found: number) =>
  `it has ${found} tables, and ${mostTables} is the most that a model is drafted for; choose some with schemas or tables`

const whyNot =
  ({ name }: CatalogTable) =>
  (thrown: unknown): string => {
    if (!(thrown instanceof ChartroomError) || /^engine\/(cancelled|unreachable|lost|busy)$/.test(thrown.code))
      throw thrown
    return `${name} was left out: ${thrown.message}`
  }

const links = async (run: Run, tables: readonly TableProfile[], catalog: readonly CatalogTable[]): Promise<Link[]> => {
  const { declared, asked } = serverLinks(tables, catalog)
  const measured = await severalAtOnce(asked, atOnce, ask => ask(run))
  return [...declared, ...measured.flatMap(link => link ?? [])]
}

const zonedOf = (tables: readonly CatalogTable[]) =>
  new Set(tables.flatMap(t => t.columns.filter(c => c.type === 'timestamptz').map(c => `${t.name}.${c.name}`)))
