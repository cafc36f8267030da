import type { IncomingMessage, ServerResponse } from 'node:http'

/** An address of the public listener that a platform calls: an exact path, or everything below one that ends in a slash. */
export type PublicRoute = {
  method: 'GET' | 'POST'
  path: string
  handle: (request: IncomingMessage, response: ServerResponse) => void
}

/** A chat platform that is connected to this process. */
export type Platform = {
  name: 'slack' | 'teams'
  /** None when the platform is reached by a connection of our own (Socket Mode). */
  routes: PublicRoute[]
  /** Checks credentials and connects. Throws `chat/…`. */
  start: () => Promise<void>
  /** Takes nothing new and hangs up; what runs is awaited by `Running.drain`. */
  stop: () => Promise<void>
}
