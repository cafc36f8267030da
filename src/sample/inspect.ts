import { open, stat } from 'node:fs/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import { isInUse, reasonOf, sampleFault } from './fault.ts'
import { readMarker } from './marker.ts'

export type Inspected = { marker: Record<string, string>; tables: string[] }

/** Looks at the file without changing it: its marker (empty when it has none, or is no DuckDB file) and its tables. */
export const inspectSample = async (path: string, setting = 'DUCKDB_PATH'): Promise<'absent' | Inspected> => {
  const file = await stat(path).catch(error => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw sampleFault(`${path} could not be looked at: ${reasonOf(error)}.`, error)
  })
  if (!file) return 'absent'
  if (!file.isFile()) throw sampleFault(`${path} is not a file; ${insteadOf(setting)}.`)
  return (await looksLikeDuckDB(path)) ? readContents(path) : noSample
}

const insteadOf = (setting: string) =>
  setting.endsWith('_PATH') ? `set ${setting} to the path of a file` : 'move it away'

const noSample: Inspected = { marker: {}, tables: [] }

const looksLikeDuckDB = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(12), 0, 12, 0)
      return bytesRead === 12 && buffer.toString('latin1', 8) === 'DUCK'
    } finally {
      await file.close()
    }
  } catch (error) {
    throw sampleFault(`${path} could not be read: ${reasonOf(error)}.`, error)
  }
}

const readContents = async (path: string): Promise<Inspected> => {
  const instance = await openReadOnly(path)
  if (instance === 'unreadable') return noSample
  try {
    const connection = await instance.connect()
    try {
      const listed = await connection.runAndReadAll(
        'SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal',
      )
      const tables = listed.getRows().map(([name]) => String(name))
      return { marker: await readMarker(connection, tables), tables }
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

/** A damaged file, or one of another DuckDB version, is `unreadable`: it counts as somebody else's. */
const openReadOnly = async (path: string): Promise<DuckDBInstance | 'unreadable'> => {
  try {
    return await DuckDBInstance.create(path, { access_mode: 'READ_ONLY', threads: '1' })
  } catch (error) {
    if (isInUse(error)) {
      throw sampleFault(
        `${path} is open in another program that writes to it; close that program or copy the file.`,
        error,
      )
    }
    return 'unreadable'
  }
}
