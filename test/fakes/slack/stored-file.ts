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
    size: file.bytes?.length ?? 0,
    mimetype: ready ? mediaTypeOf(file) : '',
    filetype: ready ? extensionOf(file.name) : '',
    mode: 'hosted',
    is_external: false,
    is_public: false,
    user_team: file.team,
    url_private: `${origin}/files-pri/${file.team}-${file.id}/${encodeURIComponent(file.name)}`,
    url_private_download: `${origin}/files-pri/${file.team}-${file.id}/download/${encodeURIComponent(file.name)}`,
    permalink: `${origin}/files/${file.id}`,
    channels: file.sharedIn.filter(id => id.startsWith('C')),
    groups: file.sharedIn.filter(id => id.startsWith('G')),
    ims: file.sharedIn.filter(id => id.startsWith('D')),
  }
}

const extensionOf = (name: string) => name.split('.').at(-1)?.toLowerCase() ?? ''
