import type { App, BlockAction } from '@slack/bolt'
import { ourActions } from '#renderers/slack/action-ids.ts'
import { failureView } from '#renderers/view/failure.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Clicked, readClicked } from '../chat/clicked.ts'
import { viewOf } from '../chat/view-of.ts'
import { acknowledge } from './acknowledge.ts'
import { askDirectly } from './ask-directly.ts'
import { channelOf, type ElementClick, placeOf, readElementClick, spotOf } from './clicked-element.ts'
import { doDeed } from './deeds.ts'
import { conversationOf, type Doer, doerOf, ownerOf, placeKey } from './identity.ts'
import type { Known } from './people.ts'
import { answerAt } from './place.ts'
import { inThread } from './place-in-thread.ts'
import { type Over, overMessage, overPrivate } from './place-over.ts'
import { inBackground, type Slack } from './slack-parts.ts'
import { tell } from './tell.ts'
import { aboutOf, whoAsks } from './who-asks.ts'
import { writeAnswer } from './write-answer.ts'
import type { Writer } from './writer.ts'

/** Buttons and menus. */
export const hearClicks = (app: App, slack: Slack): void => {
  app.action<BlockAction>({ type: 'block_actions', action_id: ourActions }, async args => {
    await acknowledge(args, slack)
    const click = readElementClick(args.body)
    if (!click) return
    const doer = doerOf(args, click.user)
    const say = (sentence: string) => tell(slack, doer, { url: click.url, ...spotOf(click) }, sentence)
    inBackground(slack, 'slack/click', () => clicked(slack, doer, click, say), say)
  })
}

type Say = (sentence: string) => Promise<void>

const clicked = async (slack: Slack, doer: Doer, click: ElementClick, say: Say): Promise<void> => {
  const { parts } = slack
  const key = `slack:${doer.tenant}:click:${click.key}`
  if (!(await parts.claims.claim(key))) return parts.metrics.duplicate('slack')
  const { known, refusal } = await whoAsks(slack, doer, click.foreign)
  if (!known) return say(refusal)
  if (click.action.startsWith('home:')) return askDirectly(slack, doer, { text: click.value, key })
  const place = click.where.kind === 'message' ? placeKey(doer, click.where.place) : undefined
  const what = await readClicked(click.value, ownerOf(doer), { ...parts, place })
  if (what.kind === 'told') return say(what.message)
  if (what.kind === 'deed') return doDeed(slack, doer, click, { ...what, known, key, say })
  if (what.kind === 'ask') return ask(slack, doer, click, { what, known, key: `${key}:turn` })
  await stop(slack, doer, click, { run: what.run, say })
}

/** What was written to a command stays, so the message with the button is taken away when it has had its use. */
const stop = async (
  slack: Slack,
  doer: Doer,
  click: ElementClick,
  { run, say }: { run: string; say: Say },
): Promise<void> => {
  const { where, url } = click
  const isLeftOver = where.kind === 'private' && url !== undefined && !slack.latest.isChanging(run)
  const outcome = await slack.parts.queue.stop(run, ownerOf(doer))
  if (outcome === 'cut-off') return showCutOff(slack, doer, click, run)
  if (isLeftOver) await slack.calls.respond(url, { delete_original: true })
  if (outcome === 'nothing') await say(notStopped)
}

/** Nobody else will ever change the message that says it is being worked on. An answer that was to be changed comes back. */
const showCutOff = async (slack: Slack, doer: Doer, click: ElementClick, run: string): Promise<void> => {
  const { where } = click
  const kept = where.kind === 'message' ? await slack.parts.answers.at(placeKey(doer, where.place)) : undefined
  const before = kept && (await viewOf({ answer: kept.answer, owner: ownerOf(doer) }, slack.parts))
  const writer = writerOver(slack, doer, click, { before, thread: threadOf(click), isStillWanted: () => true })
  const view = { ...failureView(ChartroomError.of('chat/cut-off'), ''), retry: false }
  if (writer.giveBack) await writer.giveBack(view)
  else await writeAnswer(slack, doer, { view, id: run }, writer)
}

const notStopped = 'Nothing was stopped: it is over, or somebody else asked it.'

type Asking = { what: Extract<Clicked, { kind: 'ask' }>; known: Known; key: string }

const ask = (slack: Slack, doer: Doer, click: ElementClick, asking: Asking): Promise<void> => {
  if (click.where.kind === 'view') return askDirectly(slack, doer, { ...asking.what.asked, key: asking.key })
  return asking.what.mine ? change(slack, doer, click, asking) : askBeside(slack, doer, click, asking)
}

/** The asker's own click changes the message in place. A click before that is still worked on has been overtaken. */
const change = async (slack: Slack, doer: Doer, click: ElementClick, { what, known, key }: Asking): Promise<void> => {
  const { asked, kept, view } = what
  const run = slack.effects.newId()
  const message = placeKey(doer, placeOf(click))
  const turn = slack.latest.begin(message, run)
  if (turn.before !== undefined) slack.parts.running.stop(turn.before, doer.user)
  const isFailure = kept.answer.status === 'refused' && kept.answer.code === 'failed'
  const over = { before: isFailure ? undefined : view, thread: threadOf(click), isStillWanted: turn.isLatest }
  const about = aboutOf(known, { channel: channelOf(click), isPrivate: click.where.kind === 'private' })
  const said = { ...asked, key, thread: kept.thread ?? message, owner: ownerOf(doer), about, run }
  try {
    await answerAt(slack, doer, said, writerOver(slack, doer, click, over))
  } finally {
    turn.end()
  }
}

/** Anybody else gets an answer of their own in the thread, made with their own rights. */
const askBeside = async (
  slack: Slack,
  doer: Doer,
  click: ElementClick,
  { what, known, key }: Asking,
): Promise<void> => {
  const { channel, ts } = placeOf(click)
  const thread = threadOf(click) ?? ts
  const conversation = await conversationOf(slack, doer, { channel, ts: thread })
  const about = aboutOf(known, { channel })
  const said = { ...what.asked, key, thread: conversation, owner: ownerOf(doer), about }
  await answerAt(slack, doer, said, inThread(slack, doer, { channel, thread, isActive: thread !== ts }))
}

const writerOver = (slack: Slack, doer: Doer, click: ElementClick, over: Omit<Over, 'url'>): Writer => {
  const { where, url } = click
  if (where.kind === 'message') return overMessage(slack, doer, where.place, { ...over, url })
  return overPrivate(slack, doer, { ...over, url: url ?? '' })
}

const threadOf = ({ where }: ElementClick): string | undefined => (where.kind === 'message' ? where.thread : undefined)
