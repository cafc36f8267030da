import type { Json, StoredFile, World } from './world.ts'

const kinds: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  csv: 'text/csv',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Whether Slack has processed the file, so that it can be shown. */
export const isReady = (world: World, file: StoredFile) => file.state === 'complete' && world.now() >= file.readyAt

/** The media type by the name of the file. */
export const mediaTypeOf = ({ name }: StoredFile) => kinds[extensionOf(name)] ?? 'application/octet-stream'

/**
 * A file as `files.info` shows it. While it is being processed `mimetype` and `filetype` are empty
 * (https://github.com/slackapi/java-slack-sdk/issues/1349).
 */
export const fileJson = (world: World, file: StoredFile, origin: string): Json => {
  const ready = isReady(world, file)
  return {
    id: file.id,
    created: Math.floor(world.now() / 1000),
    name: file.name,
    title: file.title,
    size: file.user === undefined ? (file.bytes?.length ?? 0) : file.length,
    mimetype: ready ? mediaTypeOf(file) : '',
    filetype: ready ? extensionOf(file.name) : '',
    mode: file.mode ?? 'hosted',
    is_external: file.mode === 'external',
    is_public: false,
    user_team: file.team,
    ...(file.user !== undefined && { user: file.user }),
    url_private: `${origin}/files-pri/${file.team}-${file.id}/${encodeURIComponent(file.name)}`,
    url_private_download:
      file.address ?? `${origin}/files-pri/${file.team}-${file.id}/download/${encodeURIComponent(file.name)}`,
    permalink: `${origin}/files/${file.id}`,
    channels: file.sharedIn.filter(id => id.startsWith('C')),
    groups: file.sharedIn.filter(id => id.startsWith('G')),
    ims: file.sharedIn.filter(id => id.startsWith('D')),
  }
}

const extensionOf = (name: string) => name.split('.').at(-1)?.toLowerCase() ?? ''

/** A file as an event shows it (https://docs.slack.dev/reference/events/message/file_share#connect_files). */
export const eventFile = (world: World, file: StoredFile, origin: string): Json =>
  file.isHidden
    ? { id: file.id, created: 0, timestamp: 0, mode: 'file_access', file_access: 'check_file_info', user: '' }
    : fileJson(world, file, origin)

/** What a person sends along: text is UTF-8, `mode` and the rest as in {@link StoredFile}. */
export type SentFile = { name: string; content?: string | Buffer } & Partial<
  Pick<StoredFile, 'length' | 'mode' | 'address' | 'isHidden' | 'serve'>
>

/** Keeps what a person sends in a conversation. */
export const sendAlong = (
  world: World,
  { name, content = '', ...more }: SentFile,
  { team, user, channel }: { team: string; user: string; channel: string },
): StoredFile => {
  const bytes = Buffer.from(content)
  const file: StoredFile = {
    id: world.newId('F'),
    team,
    name,
    title: name,
    length: bytes.length,
    bytes,
    state: 'complete',
    readyAt: world.now(),
    sharedIn: [channel],
    user,
    ...more,
  }
  world.files.set(file.id, file)
  return file
}
