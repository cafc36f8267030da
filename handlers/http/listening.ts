import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ChartroomError } from '#src/vocabulary/errors.ts'

/** Listens and gives the port that it got. Throws `config/port-in-use`. */
export const listenOn = (server: Server, { port, host }: { port: number; host: string }): Promise<number> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? ChartroomError.of('config/port-in-use', { port }, error) : error)
    server.once('error', failed)
    server.on('request', (_, response) => response.once('close', () => leaveIfClosing(server)))
    server.listen(port, host, () => {
      server.off('error', failed)
      resolve((server.address() as AddressInfo).port)
    })
  })

/** A connection that is kept alive would hold `close()` for seconds after its last answer. */
const leaveIfClosing = (server: Server) => {
  if (!server.listening) setImmediate(() => server.closeIdleConnections())
}

/** Takes no more requests, lets those that run finish, and cuts what is left after `grace` milliseconds (which stops its questions). */
export const closeGracefully = (server: Server, grace: number): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!server.listening) return resolve()
    const cut = setTimeout(() => server.closeAllConnections(), grace)
    server.close(error => {
      clearTimeout(cut)
      if (error) reject(error)
      else resolve()
    })
  })
