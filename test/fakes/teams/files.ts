import type { ServerResponse } from 'node:http'
import type { Json } from './world.ts'

/** A file that a person sends to the bot, and how its download goes wrong. */
export type SentFile = {
  name: string
  bytes?: Uint8Array
  /** Stands in the message instead of our own address. */
  downloadUrl?: string
  /** Where the download leads on to: an address, or a path of this stand-in. */
  redirect?: string
  /** Answered instead of the file. */
  status?: number
  /** So many bytes are sent, without saying how many before. */
  endless?: number
}

export type Files = {
  /** The attachment of the message for a file. See https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4#message-activity-with-file-attachment-example */
  attachment: (file: SentFile) => Json
  /** Answers a download; false when the path is none. */
  answer: (path: string, headers: NodeJS.Dict<string | string[]>, response: ServerResponse) => boolean
  /** Names of the files that were asked for, in order; those that came with a token are marked, as nobody may send one there. */
  fetched: string[]
}

const place = '/personal/avery/_layouts/15/download.aspx/'

/** The OneDrive of the people: where a file lies that was sent in a personal chat. Its address holds all that is needed to fetch it. */
export const createFiles = (url: () => string): Files => {
  const offered: SentFile[] = []
  const fetched: string[] = []
  return {
    fetched,
    attachment: file => {
      offered.push(file)
      return {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: `${url()}/personal/avery/Documents/${encodeURIComponent(file.name)}`,
        name: file.name,
        content: {
          downloadUrl: file.downloadUrl ?? `${url()}${place}${offered.length - 1}?tempauth=${'t'.repeat(900)}`,
          uniqueId: `1150D938-8870-4044-9F2C-${String(offered.length).padStart(12, '0')}`,
          fileType: file.name.split('.').at(-1),
        },
      }
    },
    answer: (path, headers, response) => {
      if (!path.startsWith(place)) return false
      const file = offered[Number(path.slice(place.length))]
      if (file) fetched.push(headers.authorization ? `${file.name} with a token` : file.name)
      send(response, file)
      return true
    },
  }
}

const send = (response: ServerResponse, file: SentFile | undefined) => {
  if (!file || file.status) return void response.writeHead(file?.status ?? 404).end('an error page')
  if (file.redirect) return void response.writeHead(302, { location: file.redirect }).end()
  response.setHeader('content-type', 'application/octet-stream')
  if (file.endless) return pour(response, file.endless)
  const bytes = file.bytes ?? new Uint8Array()
  response.writeHead(200, { 'content-length': bytes.byteLength }).end(bytes)
}

const piece = Buffer.alloc(1024 * 1024, 'a,b,c\n')

const pour = (response: ServerResponse, left: number) => {
  if (response.destroyed) return
  if (left <= 0) return void response.end()
  response.write(left < piece.length ? piece.subarray(0, left) : piece, () => pour(response, left - piece.length))
}
