import type { ChatUseCases } from '#handlers/chat/use-cases.ts'

/** A domain to choose from; `about` is one short line. */
export type RoomDomain = { name: string; label: string; about?: string }

/** Whether questions can be answered now, and short lines for the start page ("Data until 31 Dec 2023"). */
export type RoomStatus = { ready: boolean; lines: string[] }

/** Everything the room can do: what every chat can, and what its start page shows. */
export type RoomUseCases = ChatUseCases & {
  /** Four to six questions to start with in a domain. */
  examplesOf: (domain?: string) => string[] | Promise<string[]>
  domains: () => RoomDomain[] | Promise<RoomDomain[]>
  status: () => RoomStatus | Promise<RoomStatus>
}
