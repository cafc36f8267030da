import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Owner } from '#src/store/answers.ts'

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
  /** Writes words to one person, as a direct message: a note to an admin. Words are shown as they are. Never throws; what cannot be told is logged. */
  tell?: (owner: Owner, words: string) => Promise<void>
}
