import pg from 'pg'

/**
 * Asks the server to cancel what a connection runs: a line of its own that needs no place among the connections and no password
 * (https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS). Encrypted when the connection is. Whether
 * anything was cancelled shows only on the connection itself.
 */
export const requestCancel = (client: pg.PoolClient): void => {
  const { host, port, ssl, sslNegotiation, processID, secretKey } = client as Keyed
  if (processID === null || secretKey === null) return
  const line = new pg.Connection({ ssl, sslNegotiation } as pg.ConnectionConfig) as Line
  const send = () => line.cancel(processID, secretKey)
  line.on('error', ignore)
  line.once('sslconnect', send)
  line.once('connect', () => {
    if (!ssl) send()
    else if (sslNegotiation !== 'direct') line.requestSsl()
  })
  if (host.startsWith('/')) line.connect(`${host}/.s.PGSQL.${port}`)
  else line.connect(port, host)
  const late = setTimeout(() => line.stream.destroy(), patience)
  line.once('end', () => clearTimeout(late))
}

/** What `pg` has but does not declare. */
type Keyed = pg.PoolClient & {
  host: string
  sslNegotiation: string
  processID: number | null
  secretKey: number | null
}
type Line = pg.Connection & {
  connect: (port: number | string, host?: string) => void
  requestSsl: () => void
  cancel: (processID: number, secretKey: number) => void
}

/** Milliseconds. */
const patience = 5000

const ignore = () => undefined
