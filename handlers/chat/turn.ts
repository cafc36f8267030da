import { paintedOf, pictureOf } from '#renderers/view/picture.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import type { Effects } from '#src/effects.ts'
import type { Metrics } from '#src/metrics.ts'
import type { Answers, Owner } from '#src/store/answers.ts'
import type { Claims } from '#src/store/claims.ts'
import type { Answer, OnStory } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Asker, Question, Standing } from '#src/vocabulary/question.ts'
import { keepForAgain } from './again.ts'
import { type Incidents, toFailure } from './failures.ts'
import type { Lanes } from './lanes.ts'
import { plannerOf } from './planner.ts'
import type { Arrival, Queue } from './queue.ts'
import type { Running } from './running.ts'
import type { Seats } from './seats.ts'
import type { ChatUseCases } from './use-cases.ts'
import { viewOf } from './view-of.ts'

export type ChatWork = (telling: { signal: AbortSignal; onStatus: (words: string) => void }) => Promise<Answer>

/** One thing that somebody said or clicked in a chat. */
export type Said = {
  /** Names the delivery; one that was taken before is answered by nobody. */
  key: string
  /** The conversation: its turns are answered one after the other and follow up on each other. */
  thread: string
  text: string
  query?: Query
  /** The data it is about. Absent: what the place and the conversation say. */
  domain?: string
  /** What is done in place of asking the text: a file is read. */
  work?: ChatWork
  owner: Owner
  /** What else is known of who asks, and where: the channel or chat, and whether all in it will read the answer. */
  about?: Pick<Asker, 'place' | 'standing' | 'groups' | 'name'> & { audience?: Question['audience'] }
  /** Names the run, for a Stop button that was shown before; else a new id does. */
  run?: string
  /** Its place in the queue, when it took one before it was known who asks; under the same `run`. Whoever took it has it leave at the end. */
  arrival?: Arrival
}

/** What is to be shown, once. `png` is there when the answer has a picture and it could be painted. */
export type Shown = {
  view: AnswerView | FailureView
  answer?: Answer
  png?: Uint8Array
  /** The id under which a failure can be tried again. */
  again?: string
}

/** Where a turn is shown: the adapter's side of it. All of it is called one after the other, never side by side. */
export type Place = {
  /** Words for what goes on. What it throws is ignored. */
  status: (words: string) => Promise<void> | void
  /** It takes long: shows a message with a Stop button for the run, which `show` then replaces. At most once. */
  working: (words: string, run: string) => Promise<void>
  /** Shows in that message what is written of the answer so far, at once or not at all. What it throws ends this. */
  telling?: (sentences: readonly string[], run: string) => Promise<void>
  /** Shows the answer or failure: exactly one message, in the best form that is accepted. */
  show: (shown: Shown) => Promise<void>
}

/** What every chat is given by `main.ts`. */
export type ChatParts = {
  useCases: ChatUseCases
  claims: Claims
  answers: Answers
  running: Running
  queue: Queue
  /** For what only this process has to do one after the other. */
  lanes: Lanes
  seats: Seats
  metrics: Metrics
  incidents: Incidents
  /** Told of trouble that was survived; no texts, tokens or addresses. */
  warn: (event: string, error: unknown, about?: Record<string, string | number>) => void
  /** Milliseconds after which a question is shown as being worked on. Default 2500. */
  patience?: number
  /** Who is listened to at all. Default: members alone. */
  mayAsk?: (standing: Standing) => boolean | Promise<boolean>
  /** Whether somebody's rights hang on groups of the platform, so that these have to be looked up. Default: they do not. */
  groupsNeeded?: () => boolean
}

/** Whether somebody is listened to. */
export const isHeard = async (standing: Standing, { mayAsk }: Pick<ChatParts, 'mayAsk'>): Promise<boolean> =>
  mayAsk ? mayAsk(standing) : standing === 'member'

export type Outcome = 'answered' | 'failed' | 'stopped' | 'undelivered' | 'duplicate'

/** Takes one turn: once, stoppable, with an end that is always shown. Never throws. */
export const takeTurn = async (
  said: Said,
  { place, format }: { place: Place; format: 'full' | 'small' },
  parts: ChatParts & { effects: Pick<Effects, 'newId' | 'ticks'> },
): Promise<Outcome> => {
  const { platform } = said.owner
  // Whether it was taken up before cannot be known then; what comes next fails too, and with a sentence.
  const first = await parts.claims.claim(said.key).catch(error => {
    parts.warn('claim', error)
    return true
  })
  if (!first) {
    parts.metrics.duplicate(platform)
    return 'duplicate'
  }
  const started = parts.effects.ticks()
  const id = said.run ?? parts.effects.newId()
  const working = patiently(id, place, parts)
  const shown = await parts.running
    .run({ id, thread: said.thread, who: said.owner.user }, signal =>
      (said.arrival ?? parts.queue.arrive({ run: id, thread: said.thread, owner: said.owner })).run(signal, () =>
        seated(said, { signal, status: working.status, parts }, () =>
          work(said, { signal, onStatus: working.status, onStory: working.story, format }, parts),
        ),
      ),
    )
    .catch(error => ({ view: toFailure(error, platform, parts.incidents) }))
  await working.settled()
  const again = await againOf(shown, said, { run: id, parts })
  return parts.running.follow(deliver({ ...shown, again }, { platform, started, place }, parts))
}

type Sitting = { signal: AbortSignal; status: (words: string) => void; parts: ChatParts }

/** Reading a file takes long and is no question: it must not keep a seat from one. */
const seated = <T>(said: Said, { signal, status, parts }: Sitting, sat: () => Promise<T>): Promise<T> =>
  said.work
    ? sat()
    : parts.seats.take(sat, { signal, onWait: () => status('Many questions at once: this one waits its turn…') })

const againOf = async ({ view }: Shown, said: Said, { run, parts }: { run: string; parts: ChatParts }) => {
  if (view.status !== 'failed' || said.work) return undefined
  return keepForAgain(said, { view, run }, parts.answers).catch(error => {
    parts.warn('again', error)
    return undefined
  })
}

type Work = { signal: AbortSignal; onStatus: (words: string) => void; onStory: OnStory; format: 'full' | 'small' }

const work = async (
  { text, query, domain, work: doIt, thread, owner, about: { audience, ...about } = {} }: Said,
  { signal, onStatus, onStory, format }: Work,
  { useCases, answers, metrics, incidents, warn, effects }: ChatParts & { effects: Pick<Effects, 'ticks'> },
): Promise<Shown> => {
  try {
    signal.throwIfAborted()
    const asked = effects.ticks()
    const question = { text, query, thread, ...(domain && { domain }), asker: { ...owner, ...about }, audience }
    const answer = await (doIt ? doIt({ signal, onStatus }) : useCases.ask(question, { signal, onStatus, onStory }))
    metrics.step('answer', effects.ticks() - asked)
    await answers.put({ answer, owner, thread }).catch(error => warn('answers', error))
    const view = await viewOf({ answer, owner }, { useCases })
    const painting = paintedOf(view)
    if (!painting) return { view, answer }
    const painted = effects.ticks()
    const png = await useCases.paint(pictureOf(painting), 'light', { signal, format }).catch(error => {
      if (signal.aborted) throw error
      warn('picture', error)
      return undefined
    })
    metrics.step('paint', effects.ticks() - painted)
    return { view, answer, png }
  } catch (error) {
    const known = signal.aborted ? ChartroomError.of('engine/cancelled', undefined, error) : error
    return { view: toFailure(known, owner.platform, incidents) }
  }
}

type Delivery = { platform: Owner['platform']; started: number; place: Place }

const deliver = async (
  shown: Shown,
  { platform, started, place }: Delivery,
  { metrics, incidents, effects }: ChatParts & { effects: Pick<Effects, 'ticks'> },
): Promise<Outcome> => {
  const { status } = shown.view
  metrics.question({ platform, status, planner: plannerOf(shown.answer) })
  const posting = effects.ticks()
  try {
    await place.show(shown)
    metrics.step('deliver', effects.ticks() - posting)
    metrics.step('turn', effects.ticks() - started)
  } catch (error) {
    incidents.log({ incident: incidents.incident(), error, path: `${platform}/undelivered` })
    metrics.undelivered(platform)
    return 'undelivered'
  }
  if (status !== 'failed') return 'answered'
  return shown.view.message === ChartroomError.of('engine/cancelled').message ? 'stopped' : 'failed'
}

/** An edited message counts like a new one for a platform: one in two seconds leaves room for others, and a story takes about five. */
const tellEvery = 2000

/** Passes status words on, and after a while shows that it is being worked on, and then what is written of the answer. */
const patiently = (
  run: string,
  place: Place,
  { patience = 2500, warn, effects }: ChatParts & { effects: Pick<Effects, 'ticks'> },
) => {
  let words = 'Working on it…'
  let last: Promise<void> = Promise.resolve()
  let over = false
  const queue = (event: string, call: () => Promise<void> | void) => {
    last = last.then(() => (over ? undefined : call())).catch(error => warn(event, error))
  }
  let tells = false
  let toldAt = Number.NEGATIVE_INFINITY
  const work = async () => {
    await place.working(words, run)
    tells = place.telling !== undefined
  }
  const tell = async (sentences: readonly string[]) => {
    await place.telling?.(sentences, run).catch(error => {
      tells = false
      throw error
    })
  }
  const timer = setTimeout(() => queue('working', work), patience)
  return {
    status: (said: string) => {
      words = said
      queue('status', () => place.status(said))
    },
    story: (sentences: readonly string[]) => {
      if (!tells || effects.ticks() - toldAt < tellEvery) return
      toldAt = effects.ticks()
      queue('story', () => tell(sentences))
    },
    settled: () => {
      over = true
      clearTimeout(timer)
      return last
    },
  }
}
