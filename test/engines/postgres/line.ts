import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { Address } from '#src/store/server/seat.ts'

/** A network between us and a server, for the accidents of networks. */
export type Line = {
  url: string
  /** Nothing arrives any more, and nobody is told. */
  hang(): void
  /** Whoever writes next is told that the connection is gone; those that come later are served. */
  break(): void
}

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url))

/** Opens a port that leads to a server. `encrypted`: with TLS, by a certificate that nobody trusts, for `localhost`; `direct` is without asking first. */
export const openLine = async (
  { host, port, user, password, database }: Address,
  { encrypted = false }: { encrypted?: boolean | 'direct' } = {},
): Promise<Line> => {
  const sockets = new Set<Socket>()
  let hung = false
  const toServer = (): Socket => (host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host))
  const join = (near: Socket, far: Socket) => {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (chunk: Buffer) => hung || to.write(chunk))
      from.on('close', () => to.destroy())
      from.on('error', () => to.destroy())
    }
  }
  const server = createServer(async near => {
    if (!encrypted) return join(near, toServer())
    near.on('error', () => undefined)
    // The request for TLS, which is answered with one letter.
    if (encrypted !== 'direct') {
      await once(near, 'data')
      near.write('S')
    }
    const identity = { key: fixture('key.pem'), cert: fixture('cert.pem'), ALPNProtocols: ['postgresql'] }
    const secure = new TLSSocket(near, { isServer: true, ...identity })
    join(secure, toServer())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(close)
  const at = `localhost:${(server.address() as AddressInfo).port}`
  return {
    url: `postgres://${user}:${password}@${at}/${database}`,
    hang: () => {
      hung = true
    },
    break: () => {
      for (const socket of sockets) {
        socket.removeAllListeners('data')
        socket.on('data', () => socket.resetAndDestroy())
      }
    },
  }
}
