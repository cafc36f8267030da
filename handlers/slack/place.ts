import { setTimeout as sleep } from 'node:timers/promises'
import type { Rung } from '#renderers/slack/block-kit.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import { workingMessage } from '#renderers/slack/working.ts'
import { cut } from '#renderers/view/plain-text.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import { climbDown } from '../chat/ladder.ts'
import { type Outcome, type Said, type Shown, type Place as TurnPlace, takeTurn } from '../chat/turn.ts'
import { CallError, isFormRefused, isUnclear } from './call-error.ts'
import { type Doer, placeKey } from './identity.ts'
import type { Place } from './messages.ts'
import type { Slack } from './slack-parts.ts'
import { tell } from './tell.ts'
import { deleteFile, pictureBudgetMs, uploadPicture } from './upload.ts'
import type { Writer } from './writer.ts'

/** Asks and shows what comes of it at a place. */
export const answerAt = (slack: Slack, doer: Doer, said: Said, writer: Writer): Promise<Outcome> => {
  const run = said.run ?? slack.effects.newId()
  const turn = { slack, doer, said: { ...said, run }, writer }
  // A command is answered with nothing at all until there is an answer, so it is sooner said that it takes a while.
  const patience = writer.isPrivate
    ? Math.min(slack.parts.patience ?? privatePatienceMs, privatePatienceMs)
    : slack.parts.patience
  const parts = { ...slack.parts, patience, effects: slack.effects }
  return takeTurn(turn.said, { place: placeOf(turn, run), format: 'full' }, parts)
}

const privatePatienceMs = 1200

type Turn = { slack: Slack; doer: Doer; said: Said; writer: Writer }

const placeOf = (turn: Turn, run: string): TurnPlace => {
  const { slack, doer, said, writer } = turn
  let isBusy = false
  return {
    status: words => writer.status?.(words),
    working: async words => {
      const question = writer.isPrivate || writer.isApart ? said.text : undefined
      await writer.write(workingMessage({ run, doing: words.replace(/…$/, ''), question }), run)
      isBusy = true
      await writer.busy?.(true)
    },
    show: async shown => {
      try {
        await show(turn, run, shown)
      } catch (error) {
        if (isUnclear(error)) void slack.parts.running.follow(tell(slack, doer, {}, perhaps(said.text)))
        throw error
      } finally {
        if (isBusy && writer.busy) void slack.parts.running.follow(writer.busy(false).catch(() => undefined))
      }
    },
  }
}

const perhaps = (question: string) =>
  `Slack did not say whether it took the answer to “${cut(question, 100)}”. If it is not there, please ask again.`

const show = async (turn: Turn, run: string, { view, answer, png }: Shown): Promise<void> => {
  const { slack, doer, said, writer } = turn
  if (writer.isStillWanted?.() === false) return
  if (view.status === 'failed' && writer.giveBack) return writer.giveBack(view)
  if (view.status === 'failed') await keepForAgain(slack, said, { view, run })
  const uploading = png && uploadPicture(slack, doer, { png, title: titleOf(view) })
  const fileId = uploading && (await (writer.isPrivate ? uploading : inTime(uploading)))
  if (fileId && answer) slack.pictures.keep(answer.id, fileId)
  const what = { view, id: answer?.id ?? run }
  const { place, by } = await writeAnswer(slack, doer, { ...what, fileId }, writer)
  const gone = writer.isStillWanted?.() === false ? answer?.id : writer.replaces
  if (gone) dropPicture(slack, doer, gone)
  if (place && answer) await slack.parts.answers.place(placeKey(doer, place), answer.id)
  const late = fileId ? undefined : await uploading
  if (!late || by.isStillWanted?.() === false) return
  if (answer) slack.pictures.keep(answer.id, late)
  await writeAnswer(slack, doer, { ...what, fileId: late }, by)
}

/** Nobody looks at nothing for long: an answer whose picture Slack is still processing is shown as a chart of Slack's, and the picture takes its place. */
const earlyMs = 3000

const inTime = (uploading: Promise<string | undefined>): Promise<string | undefined> =>
  Promise.race([uploading, sleep(earlyMs, undefined, { ref: false })])

/** "Try again" under a failure asks the same words: there is no answer that could be looked up, so the question is kept like one. */
const keepForAgain = async (
  { parts }: Slack,
  { text, owner, thread }: Said,
  { view, run }: { view: FailureView; run: string },
) => {
  if (!view.retry) return
  const { message } = view
  const answer = {
    status: 'refused',
    id: run,
    question: text,
    domain: '',
    code: 'failed',
    message,
    choices: [],
  } as const
  await parts.answers.put({ answer: { ...answer, choices: [] }, owner, thread })
}

export type Written = { view: AnswerView | FailureView; fileId?: string; id: string; revision?: string }

/** Writes an answer in the best form that Slack takes there, or elsewhere when it cannot be written there; gives where and by what it was. Throws `CallError`. */
export const writeAnswer = async (
  slack: Slack,
  doer: Doer,
  what: Written,
  writer: Writer,
): Promise<{ place: Place | undefined; by: Writer }> => {
  try {
    return { place: await inBestForm(slack, doer, what, writer), by: writer }
  } catch (error) {
    const instead = writer.instead?.(error)
    if (!instead) throw error
    slack.parts.warn('slack/elsewhere', error)
    return writeAnswer(slack, doer, what, instead)
  }
}

const inBestForm = async (slack: Slack, doer: Doer, what: Written, writer: Writer): Promise<Place | undefined> => {
  const { parts } = slack
  let taken: Rung = 'picture'
  const place = await climbDown(
    what.fileId ? 'picture' : 'native',
    rung => {
      taken = rung
      return writeForm(slack, doer, { ...what, rung }, writer)
    },
    {
      isRefused: isFormRefused,
      onRefused: (rung, error) => {
        parts.metrics.refused('slack', rung)
        parts.warn('slack/form-refused', error, { rung })
      },
    },
  )
  if (what.fileId && taken !== 'picture') dropPicture(slack, doer, what.id)
  return place
}

/** A picture that Slack has processed may still be refused for a moment. */
const lateMs = 500

const writeForm = async (
  slack: Slack,
  doer: Doer,
  { view, fileId, id, rung, revision }: Written & { rung: Rung },
  writer: Writer,
): Promise<Place | undefined> => {
  const until = slack.effects.ticks() + pictureBudgetMs
  const options = { rung, fileId, private: writer.isPrivate, asked: writer.isApart, asker: doer.user, id, revision }
  const message = slackMessage(view, options)
  // A response URL can be used five times, and refused messages may count.
  for (let left = writer.isPrivate ? 1 : Number.POSITIVE_INFINITY; ; left--) {
    try {
      return await writer.write(message, id)
    } catch (error) {
      const isLate = error instanceof CallError && error.isPictureLate
      if (!isLate || left <= 0 || slack.effects.ticks() >= until) throw error
      await sleep(lateMs)
    }
  }
}

/** One message less shows the picture of an answer; the last one takes the file along. */
export const dropPicture = (slack: Slack, doer: Doer, answer: string): void => {
  const file = slack.pictures.dropped(answer)
  if (file) void slack.parts.running.follow(deleteFile(slack, doer, file))
}

/** The main sentence of an answer. */
export const titleOf = (view: AnswerView | FailureView): string =>
  view.status === 'answered' ? view.headline : view.status === 'told' ? view.title : view.message
