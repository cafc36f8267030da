import { createLanes } from '#handlers/chat/lanes.ts'
import { createQueue } from '#handlers/chat/queue.ts'
import { createRunning, type Running } from '#handlers/chat/running.ts'
import { createSeats } from '#handlers/chat/seats.ts'
import type { ChatParts } from '#handlers/chat/turn.ts'
import type { ChatUseCases } from '#handlers/chat/use-cases.ts'
import type { Asked } from '#src/ask.ts'
import { type Effects, realEffects } from '#src/effects.ts'
import { createMetrics } from '#src/metrics.ts'
import type { Answers } from '#src/store/answers.ts'
import type { AtWork } from '#src/store/at-work.ts'
import type { Feedback } from '#src/store/feedback.ts'
import type { OnStory } from '#src/vocabulary/answer.ts'
import { createAnswers, createAtWork, createClaims } from './memory-store.ts'
import { againOf, createRoomEngine } from './room-engine.ts'

/** What a chat is given, with scripted answers (see `room-engine.ts`: the words decide), and what was seen of it. */
export type ChatEngine = {
  parts: ChatParts
  effects: Effects
  answers: Answers
  running: Running
  asked: Asked[]
  /** Ids of slow questions ("be slow") that were stopped. */
  stopped: string[]
  feedback: Feedback[]
  painted: string[]
  /** Failures, each with its incident. */
  logged: { incident: string; error: unknown }[]
  /** Trouble that was survived, by event. */
  warned: { event: string; error: unknown }[]
  finishSlow: () => void
  /** What is written of the answer so far to the question that was asked last. */
  write: OnStory
  /** From now on no picture can be painted. */
  breakPainter: () => void
}

/** `useCases` replaces single use cases: real ones, or ones that fail. */
export const createChatEngine = (
  {
    patience,
    seats,
    useCases = {},
    atWork = createAtWork()('alone'),
  }: { patience?: number; seats?: number; useCases?: Partial<ChatUseCases>; atWork?: AtWork } = {},
  effects: Effects = realEffects,
): ChatEngine => {
  const { useCases: scripted, incidents, logged, ...engine } = createRoomEngine()
  const warned: ChatEngine['warned'] = []
  const answers = createAnswers({}, effects)
  const running = createRunning()
  const warn: ChatParts['warn'] = (event, error) => void warned.push({ event, error })
  let broken = false
  const paint: ChatUseCases['paint'] = (chart, theme, options) =>
    broken ? Promise.reject(new Error('no painter')) : scripted.paint(chart, theme, options)
  const askAgain: ChatUseCases['askAgain'] = (answer, asker, running) =>
    (useCases.ask ?? scripted.ask)({ ...againOf(answer), asker, audience: 'asker' }, running)
  const parts: ChatParts = {
    useCases: { ...scripted, paint, askAgain, ...useCases },
    claims: createClaims({}, effects),
    answers,
    running,
    queue: createQueue({ atWork, running, warn }),
    lanes: createLanes(),
    seats: createSeats({ count: seats }),
    metrics: createMetrics(),
    incidents,
    warn,
    patience,
  }
  const breakPainter = () => {
    broken = true
  }
  return { ...engine, parts, effects, answers, running, logged, warned, breakPainter }
}
