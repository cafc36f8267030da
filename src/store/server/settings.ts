/** Where the server listens: a socket that only its owner (and root) can reach, or a port of 127.0.0.1. */
export type Listening = { socketFolder: string } | { port: number }

/** A small server for one bot or a few: about 30 MB, and no process that is not needed. */
export const serverSettings = (listening: Listening, { durable }: { durable: boolean }): Record<string, string> => ({
  ...('port' in listening
    ? { listen_addresses: '127.0.0.1', port: String(listening.port), unix_socket_directories: '' }
    : { listen_addresses: '', port: String(socketPort), unix_socket_directories: listening.socketFolder }),
  max_connections: '50',
  shared_buffers: '24MB',
  maintenance_work_mem: '16MB',
  huge_pages: 'off',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  autovacuum_worker_slots: '2',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '8MB',
  max_wal_size: '128MB',
  fsync: durable ? 'on' : 'off',
  synchronous_commit: durable ? 'on' : 'off',
  full_page_writes: durable ? 'on' : 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Only what ends a session or the server: statements hold what people asked.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
})

/** Names the socket in its folder; nothing listens on that port. */
export const socketPort = 5432

/** Longest path of a socket: 104 bytes with its end on macOS, 108 on Linux (https://man7.org/linux/man-pages/man7/unix.7.html). */
export const longestSocket = 103
