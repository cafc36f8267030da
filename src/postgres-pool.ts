import pg from 'pg'

/**
 * Connections to one server, kept for the next statement. One that is cut says so beside failing what runs on it; nobody listening would
 * end the process.
 */
export const createPool = (config: pg.PoolConfig): pg.Pool => {
  const pool = new pg.Pool({ Client: ClosingClient, application_name: 'chartroom', ...config })
  pool.on('error', ignore)
  pool.on('connect', client => client.on('error', ignore))
  return pool
}

/** A pool forgets a connection that failed on our side, such as for want of a password, and leaves it open; the server waits a minute for us. */
class ClosingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    this.connection.on('error', () => this.connection.stream.destroy())
  }
}

const ignore = () => undefined
