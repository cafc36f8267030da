import { asObject, listOf, needText, textOf } from '../arguments.ts'
import { writable } from '../conversations.ts'
import { addMessage } from '../messages.ts'
import { refuse } from '../refusal.ts'
import { fileJson } from '../stored-file.ts'
import type { Json, StoredFile, Team, World } from '../world.ts'
import type { Method } from './method.ts'

/**
 * Uploading in three steps: ask for an address, send the bytes there, complete
 * (https://docs.slack.dev/messaging/working-with-files). `origin` is where this server is reached.
 */
export const files = (origin: () => string) =>
  ({
    'files.getUploadURLExternal': {
      scope: 'files:write',
      perMinute: 100,
      run: (args, { world, team }) => {
        const name = needText(args, 'filename')
        const length = Number(needText(args, 'length'))
        if (!Number.isInteger(length) || length < 1) refuse('invalid_arguments')
        const id = world.newId('F')
        const waiting = { state: 'waiting', readyAt: Number.POSITIVE_INFINITY, sharedIn: [] } as const
        world.files.set(id, { id, team: team.id, name, title: name, length, ...waiting, sharedIn: [] })
        world.changed()
        return { upload_url: `${origin()}/upload/v1/${id}`, file_id: id }
      },
    },
    'files.completeUploadExternal': {
      scope: 'files:write',
      perMinute: 100,
      run: (args, { world, team }) => {
        const listed = (listOf(args, 'files', 'invalid_arguments') ?? refuse('invalid_arguments')).map(asObject)
        const done = listed.map(entry => complete(entry, { world, team }))
        const channels = [textOf(args, 'channel_id'), ...(textOf(args, 'channels')?.split(',') ?? [])]
        for (const channel of channels) if (channel) share(done, { ...args, channel }, { world, team })
        world.changed()
        return { files: done.map(file => fileJson(world, file, origin())) }
      },
    },
    'files.info': {
      scope: 'files:read',
      perMinute: 100,
      run: (args, { world, team }) => ({
        file: fileJson(world, needFile(args, { world, team }), origin()),
        comments: [],
      }),
    },
    'files.delete': {
      scope: 'files:write',
      perMinute: 50,
      run: (args, { world, team }) => {
        needFile(args, { world, team }).state = 'deleted'
        world.changed()
        return {}
      },
    },
  }) satisfies Record<string, Method>

const needFile = (args: Json, { world, team }: { world: World; team: Team }): StoredFile => {
  const file = world.files.get(needText(args, 'file'))
  if (file === undefined || file.team !== team.id || file.state === 'waiting') return refuse('file_not_found')
  return file.state === 'deleted' ? refuse('file_deleted') : file
}

const complete = (entry: Json, { world, team }: { world: World; team: Team }): StoredFile => {
  const file = world.files.get(String(entry.id))
  if (file?.team !== team.id || file.state !== 'uploaded') return refuse('file_not_found')
  const { fileReadyMs } = world.settings
  file.title = textOf(entry, 'title') ?? file.title
  file.state = 'complete'
  file.readyAt = fileReadyMs === 'never' ? Number.POSITIVE_INFINITY : world.now() + fileReadyMs
  return file
}

/** A file that is shared is a message of its own. */
const share = (
  shared: StoredFile[],
  args: Json & { channel: string },
  { world, team }: { world: World; team: Team },
) => {
  const channel = writable(team, args.channel)
  addMessage(world, {
    team: team.id,
    channel: channel.id,
    user: team.botUser,
    text: textOf(args, 'initial_comment') ?? '',
    threadTs: textOf(args, 'thread_ts'),
    files: shared.map(file => file.id),
    via: 'share',
  })
  for (const file of shared) file.sharedIn.push(channel.id)
}
