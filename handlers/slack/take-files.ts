import type { Answer } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { filesMost } from '../chat/sent-files.ts'
import type { ChatWork, Said } from '../chat/turn.ts'
import { download } from './download.ts'
import type { Doer } from './identity.ts'
import { answerAt } from './place.ts'
import { nameOf, type SlackFile } from './slack-file.ts'
import type { Slack } from './slack-parts.ts'
import { type Ear, tell } from './tell.ts'
import type { Writer } from './writer.ts'

export type Taking = {
  files: readonly SlackFile[]
  /** Where what becomes of the nth file is told, and what is asked about them after. */
  writer: (nth: number) => Writer
  /** Where the sender is told what has no message of its own. */
  ear: Ear
  /** The channel whose people may ask about them. Absent: the sender alone. */
  channel?: string
}

/**
 * Files that somebody sent become data, one after the other, each with a message of its own that can be stopped; then the words that came with
 * them are asked about the last one. Done once for a delivery.
 */
export const takeFiles = async (slack: Slack, doer: Doer, said: Said, taking: Taking): Promise<void> => {
  const { parts } = slack
  if (!(await parts.claims.claim(`${said.key}:files`))) return parts.metrics.duplicate('slack')
  const files = taking.files.slice(0, filesMost)
  const say = (sentence: string) => tell(slack, doer, taking.ear, sentence)
  const stopped = async (left: number) => {
    if (left > 0 || said.text !== '') await say(left > 0 ? othersNotRead : notAsked)
  }
  let domain: string | undefined
  for (const [nth, file] of files.entries()) {
    const read = reader(slack, doer, { file, said, channel: taking.channel })
    const work: ChatWork = async telling => {
      const answer = await read(telling)
      if (answer.status === 'told') domain = answer.domain
      return answer
    }
    const turn = { ...said, key: `${said.key}:file:${nth}`, text: nameOf(file), work }
    const outcome = await answerAt(slack, doer, turn, taking.writer(nth))
    if (outcome === 'stopped') return stopped(files.length - nth - 1)
  }
  if (taking.files.length > files.length) await say(tooMany)
  if (said.text === '') return
  if (domain !== undefined) await answerAt(slack, doer, { ...said, domain }, taking.writer(files.length))
  else await say(notAsked)
}

const tooMany = `Chartroom takes ${filesMost} files of one message. Please send the others in another one.`
const othersNotRead = 'The files after that one were not read.'
const notAsked = 'As no file could be read, the question that came with it was not asked.'

type Reading = { file: SlackFile; said: Said; channel?: string }

const reader =
  (slack: Slack, doer: Doer, { file, said, channel }: Reading): ChatWork =>
  ({ signal, onStatus }) =>
    slack.readers.take(() => read(slack, doer, { file, said, channel }, { signal, onStatus }), {
      signal,
      onWait: () => onStatus('Other files are being read: this one waits its turn…'),
    })

const read = async (
  slack: Slack,
  doer: Doer,
  { file, said: { owner }, channel }: Reading,
  { signal, onStatus }: Parameters<ChatWork>[0],
): Promise<Answer> => {
  const { importFile } = slack.parts.useCases
  if (!importFile) throw ChartroomError.of('file/not-taken')
  const over = new AbortController()
  const name = nameOf(file)
  onStatus(`Fetching ${name}…`)
  try {
    const fetched = await download(slack, doer, file, {
      signal: AbortSignal.any([signal, over.signal]),
      onBytes: progress(file.size ?? 0, words => onStatus(`Fetching ${name}: ${words}`)),
    })
    return await importFile({ ...fetched, owner, ...(channel !== undefined && { channel }) }, { signal, onStatus })
  } finally {
    // What nobody reads on would keep its connection open.
    over.abort()
  }
}

const megabyte = 1024 * 1024
const everyBytes = 5 * megabyte

/** Says now and then how much of a large file is there. */
const progress = (size: number, say: (words: string) => void) => {
  let next = everyBytes
  const all = size > 0 ? ` of ${Math.ceil(size / megabyte)}` : ''
  return (sofar: number) => {
    if (sofar < next) return
    next = sofar + everyBytes
    say(`${Math.floor(sofar / megabyte)}${all} MB`)
  }
}
