import type pg from 'pg'

/** Lines in the text format of COPY into a table (https://www.postgresql.org/docs/18/sql-copy.html). Throws what the driver throws. */
export const copyInto = (client: pg.ClientBase, target: string, lines: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const copying = {
      submit: (connection: pg.Connection) => connection.query(`COPY ${target} FROM STDIN`),
      handleCopyInResponse: (connection: CopyLine) => {
        connection.sendCopyFromChunk(Buffer.from(lines.join('')))
        connection.endCopyFrom()
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
      handleError: reject,
    }
    client.query(copying)
  })

/** What `pg` has but does not declare. */
type CopyLine = pg.Connection & { sendCopyFromChunk: (chunk: Buffer) => void; endCopyFrom: () => void }

/** One row; a text may hold anything. */
export const copyLine = (values: readonly (string | null)[]): string => `${values.map(written).join('\t')}\n`

const written = (text: string | null) => text?.replace(/[\\\t\n\r]/g, found => escapes[found] ?? found) ?? '\\N'

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
