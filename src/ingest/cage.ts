import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import type { RunRows } from './typing/settle.ts'
import { literal } from './typing/sql-text.ts'

export type Cage = { run: RunRows; connection: DuckDBConnection; close: () => void }

type Options = { database: string; readOnly: boolean; memoryMb: number; files: readonly string[]; staging?: string }

/** Opens a database that can touch the files named and its staging folder, and nothing else; the configuration is locked. */
export const openCage = async ({ database, readOnly, memoryMb, files, staging }: Options): Promise<Cage> => {
  const instance = await DuckDBInstance.create(database, {
    access_mode: readOnly ? 'READ_ONLY' : 'READ_WRITE',
    memory_limit: `${memoryMb}MB`,
    threads: '2',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
    temp_directory: staging ? `${staging}/spill` : '',
    // Texts are packed in two thirds of the time; no older program reads these files.
    ...(readOnly ? {} : { storage_compatibility_version: 'latest' }),
  })
  const connection = await instance.connect()
  const run: RunRows = async sql => (await connection.runAndReadAll(sql)).getRowsJson()
  const paths = files.map(literal).join(', ')
  for (const statement of [
    `SET TimeZone = 'UTC'`,
    `SET preserve_insertion_order = false`,
    `SET allowed_paths = [${paths}]`,
    ...(staging ? [`SET allowed_directories = [${literal(staging)}]`] : []),
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ])
    await connection.run(statement)
  const close = () => {
    connection.closeSync()
    instance.closeSync()
  }
  return { run, connection, close }
}
