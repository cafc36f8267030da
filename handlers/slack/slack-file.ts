import { z } from 'zod'
import { plainText } from '#renderers/view/plain-text.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { mostFileBytes } from '../chat/file-stream.ts'

/**
 * A file as events and files.info bring it (https://docs.slack.dev/reference/objects/file-object). Of a file of another organisation an event
 * says only the id, and that files.info knows more.
 */
export const slackFile = z.object({
  id: z.string(),
  name: z.string().nullish(),
  size: z.number().nullish(),
  mode: z.string().nullish(),
  is_external: z.boolean().nullish(),
  file_access: z.string().nullish(),
  url_private_download: z.string().nullish(),
})
export type SlackFile = z.infer<typeof slackFile>

/** Files of an event; what has another shape is left out. */
export const slackFiles = z
  .array(slackFile.optional().catch(undefined))
  .optional()
  .catch(undefined)
  .transform(files => (files ?? []).filter(file => file !== undefined))

/** What a file is called, as it may be shown. */
export const nameOf = ({ name, id }: Pick<SlackFile, 'name' | 'id'>): string =>
  plainText(name ?? '').slice(0, 120) || id

/** Whether Slack has to be asked for more about a file before it can be fetched. */
export const isHalfKnown = ({ url_private_download, file_access, mode }: SlackFile): boolean =>
  file_access === 'check_file_info' || (!url_private_download && mode !== 'external' && mode !== 'tombstone')

/**
 * Where a file is fetched from, if it is one that can be data and Slack itself holds it; nobody else is ever shown the token. Throws
 * `file/too-large`, `file/kind`, `file/elsewhere`, `file/unreachable`.
 */
export const addressOf = (file: SlackFile, filesOrigin: string): URL => {
  const name = nameOf(file)
  if (file.is_external || file.mode === 'external')
    throw ChartroomError.of('file/elsewhere', { name, platform: 'Slack' })
  if (otherModes.has(file.mode ?? '') || otherEndings.test(name)) throw ChartroomError.of('file/kind', { name })
  if ((file.size ?? 0) > mostFileBytes) throw ChartroomError.of('file/too-large', { name })
  const url = URL.parse(file.url_private_download ?? '')
  if (!url || url.origin !== filesOrigin || url.username !== '')
    throw ChartroomError.of('file/unreachable', { name, platform: 'Slack' })
  return url
}

/** What Slack calls files that are pages, lists and mails of its own. */
const otherModes = new Set(['post', 'space', 'quip', 'list', 'email', 'canvas', 'docs'])

/** Endings that nobody gives to data. Whatever else is sent is looked into. */
const otherEndings =
  /\.(?:png|jpe?g|gif|webp|heic|svg|bmp|tiff?|ico|pdf|docx?|pptx?|pages|key|rtf|md|html?|mp[34]|m4[av]|mov|avi|mkv|webm|wav|ogg|flac|exe|dmg|apk|iso)$/i

/** Where Slack keeps files (https://docs.slack.dev/messaging/working-with-files); a stand-in for Slack keeps its own. */
export const filesOriginOf = (apiUrl: string): string => {
  const { protocol, hostname, origin } = new URL(apiUrl)
  const [, domain] = /^(?:.+\.)?(slack(?:-gov)?\.com)$/.exec(hostname) ?? []
  return protocol === 'https:' && domain ? `https://files.${domain}` : origin
}
