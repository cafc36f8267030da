import type { Message, Status, World } from './world.ts'

/** A status that nobody renews goes away after two minutes (https://docs.slack.dev/reference/methods/assistant.threads.setStatus). */
const statusLivesMs = 120_000

/** What the app says it is doing in a thread, or nothing. */
export const currentStatus = (
  world: World,
  { team, channel, threadTs }: Pick<Status, 'team' | 'channel' | 'threadTs'>,
): Status | undefined => {
  const last = world.statuses.findLast(s => s.team === team && s.channel === channel && s.threadTs === threadTs)
  return last?.status && world.now() - last.at < statusLivesMs ? last : undefined
}

/** A reply of the app in the thread ends its status. */
export const clearStatus = (world: World, { team, channel, threadTs }: Message) => {
  if (threadTs === undefined || !currentStatus(world, { team, channel, threadTs })) return
  world.statuses.push({ team, channel, threadTs, status: '', loadingMessages: [], at: world.now() })
}
