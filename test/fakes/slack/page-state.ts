import { viewJson } from './methods/views.ts'
import type { FakeSlack } from './slack.ts'
import { currentStatus } from './status.ts'
import { isReady, mediaTypeOf } from './stored-file.ts'
import type { Json, Message, OpenView, Team } from './world.ts'

/** What one person sees in one conversation. */
export const pageState = (slack: FakeSlack, { as, place }: { as: string; place: string }) => {
  const { world } = slack
  const [team] = world.teams.values()
  if (team === undefined) throw new Error('There is no workspace.')
  const people = [...team.users.values()].filter(user => !user.bot && !user.deleted)
  const me = people.find(user => user.id === as)?.id ?? 'U0ASKER'
  const places = placesOf(team, me)
  const here = places.find(each => each.id === place)?.id ?? places[0]?.id ?? ''
  const seen = slack.messages(here).filter(message => message.visibleTo === undefined || message.visibleTo === me)
  const views = [...world.views.values()].filter(view => view.user === me && view.open)
  return {
    me,
    people: people.map(({ id, name }) => ({ id, name })),
    places,
    place: here,
    messages: seen.map(message => messageState(slack, team, message)),
    prompts: world.prompts.findLast(each => each.channel === here)?.prompts ?? [],
    modal: viewState(
      slack,
      views.findLast(view => view.type === 'modal'),
    ),
    home: viewState(
      slack,
      views.find(view => view.type === 'home'),
    ),
    notices: world.notices.filter(notice => notice.user === me).map(notice => notice.text),
    isConnected: world.settings.to !== undefined || slack.connections() > 0,
    calls: world.calls.slice(-20).map(({ method, outcome, ms }) => ({ method, outcome, ms })),
  }
}

const placesOf = (team: Team, me: string) =>
  [...team.channels.values()]
    .filter(channel => channel.members.has(me) && !channel.archived)
    .map(channel => ({
      id: channel.id,
      name: channel.kind === 'im' ? 'Chartroom (direct message)' : `# ${channel.name}`,
      hasBot: channel.members.has(team.botUser),
    }))
    .toSorted((a, b) => Number(b.hasBot) - Number(a.hasBot))

const messageState = (slack: FakeSlack, team: Team, message: Message) => ({
  ts: message.ts,
  thread: message.threadTs,
  author: message.bot ? 'Chartroom' : (team.users.get(message.user)?.name ?? message.user),
  isBot: message.bot,
  text: message.bot ? message.text : withNames(team, message.text),
  blocks: message.blocks,
  files: message.files.flatMap(id => fileState(slack, id)),
  isPrivate: message.visibleTo !== undefined,
  isEdited: message.edited !== undefined,
  isStreaming: message.stream?.state === 'open',
  tasks: (message.stream?.chunks ?? []).filter(chunk => chunk.type === 'task_update'),
  status: currentStatus(slack.world, { team: team.id, channel: message.channel, threadTs: message.ts })?.status,
})

/** Mentions with the names that Slack shows for them. */
const withNames = (team: Team, text: string) =>
  text.replaceAll(
    /<@(U\w+)>/g,
    (_, id) => `<@${id}|@${id === team.botUser ? 'Chartroom' : (team.users.get(id)?.name ?? id)}>`,
  )

const fileState = ({ world }: FakeSlack, id: string) => {
  const file = world.files.get(id)
  if (file === undefined || file.state === 'deleted') return []
  return [{ id, name: file.name, isPicture: mediaTypeOf(file).startsWith('image/'), isReady: isReady(world, file) }]
}

const viewState = (slack: FakeSlack, view: OpenView | undefined): Json | undefined =>
  view && { ...viewJson(slack.world, view), errors: view.view.shownErrors ?? {} }
