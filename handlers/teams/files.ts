import { filesMost } from '#handlers/chat/sent-files.ts'
import { type Place, type Said as Turn, takeTurn } from '#handlers/chat/turn.ts'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import { textMessage } from '#renderers/teams/outgoing.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Offered } from './downloads.ts'
import type { Said } from './event.ts'
import type { TeamsParts } from './parts.ts'
import { createPlace } from './place.ts'

type Sender = Pick<Turn, 'key' | 'thread' | 'owner' | 'about'>

/**
 * Files that somebody sent in the personal chat become their data, one after the other, each with a message of its own that can be stopped.
 * Gives the domain of the last one that did.
 */
export const importFiles = async (said: Said, sender: Sender, parts: TeamsParts): Promise<string | undefined> => {
  let domain: string | undefined
  for (const [i, file] of said.files.slice(0, filesMost).entries()) {
    const key = `${sender.key}:file:${i}`
    const ask: ChatUseCases['ask'] = async (_, running) => {
      const answer = await importFile(file, { sender, running }, parts)
      if (answer.status === 'told') domain = answer.domain
      return answer
    }
    const place = withoutAgain(createPlace({ at: said.at, reader: { who: said.who, owner: sender.owner } }, parts))
    const turn = { ...sender, key, text: file.name }
    await takeTurn(turn, { place, format: 'small' }, { ...parts, useCases: { ...parts.useCases, ask } })
  }
  if (said.files.length > filesMost) await parts.sender.send(said.at, textMessage(tooMany))
  return domain
}

const tooMany = `I take ${filesMost} files of one message; please send the others in another one.`

type Importing = { sender: Sender; running: Parameters<ChatUseCases['ask']>[1] }

const importFile = async (file: Offered, { sender: { owner }, running }: Importing, parts: TeamsParts) => {
  if (!parts.useCases.importFile) throw ChartroomError.of('file/not-taken')
  running.onStatus(`Fetching ${file.name}…`)
  const over = new AbortController()
  try {
    const { stream, size } = await parts.downloads(file, AbortSignal.any([running.signal, over.signal]))
    return await parts.useCases.importFile(
      { stream, name: file.name, ...(size !== undefined && { size }), owner },
      running,
    )
  } finally {
    // What nobody reads on would keep its connection open.
    over.abort()
  }
}

/** Trying again would ask the name of the file as a question. */
const withoutAgain = (place: Place): Place => ({
  ...place,
  show: ({ again: _, ...shown }) => place.show(shown),
})
