import { openLocked } from './lockdown.ts'

/** The tree of a statement as JSON. Throws what DuckDB throws. */
export type Parser = (sql: string) => Promise<string>

/**
 * DuckDB's own parser, in an empty database that holds nothing worth reaching. Gives the statement tree as JSON:
 * `{error: false, statements: [{node}]}`, or `{error: true, error_message, position}`; only SELECTs have a tree.
 */
export const openParser = async (): Promise<Parser> => {
  const instance = await openLocked({ tables: [] }, { profile: 'untrusted', memoryLimitMb: 128, threads: 1 })
  const connection = await instance.connect()
  return async sql => {
    const result = await connection.run('SELECT json_serialize_sql(CAST($1 AS VARCHAR), skip_default := false)', [sql])
    const [row] = await result.getRows()
    return String(row?.[0])
  }
}
