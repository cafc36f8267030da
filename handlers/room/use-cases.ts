import type { ChatUseCases, SentFile } from '#handlers/chat/use-cases.ts'
import type { Answer } from '#src/vocabulary/answer.ts'

/** A domain to choose from; `about` is one short line. */
export type RoomDomain = { name: string; label: string; about?: string }

/** Whether questions can be answered now, and short lines for the start page ("Data until 31 Dec 2023"). */
export type RoomStatus = { ready: boolean; lines: string[] }

/** A file that somebody sends; `size` in bytes, when it was said. The stream throws when it is cut off or becomes too long. */
export type RoomFile = Omit<SentFile, 'owner' | 'channel'>

/** Everything the room can do: what every chat can, and what its start page shows. */
export type RoomUseCases = Omit<ChatUseCases, 'importFile'> & {
  /** Makes a file data of whoever is at this machine, and tells of it. Without it no files are taken. */
  importFile?: (file: RoomFile, running: Parameters<ChatUseCases['ask']>[1]) => Promise<Answer>
  /** Four to six questions to start with in a domain. */
  examplesOf: (domain?: string) => string[] | Promise<string[]>
  domains: () => RoomDomain[] | Promise<RoomDomain[]>
  status: () => RoomStatus | Promise<RoomStatus>
}
