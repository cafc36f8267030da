import { setTimeout as sleep } from 'node:timers/promises'
import type { SlackMessage } from '#renderers/slack/block-kit.ts'
import { workingMessage } from '#renderers/slack/working.ts'
import { cut, plainText } from '#renderers/view/plain-text.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import { type Outcome, type Said, type Shown, type Place as TurnPlace, takeTurn } from '../chat/turn.ts'
import { isMessageGone, isUnclear } from './call-error.ts'
import { type Doer, placeKey } from './identity.ts'
import { type Place, update } from './messages.ts'
import type { Slack } from './slack-parts.ts'
import { tell } from './tell.ts'
import { uploadPicture } from './upload.ts'
import { dropPicture, type Written, writeAnswer } from './write-answer.ts'
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
      if (writer.isOnce) return
      const question = writer.isPrivate || writer.isApart ? said.text : undefined
      await writer.write(workingMessage({ run, doing: words.replace(/…$/, ''), question }), run)
      isBusy = true
      await writer.busy?.(true)
    },
    telling: async story => {
      if (!isBusy || writer.isStillWanted?.() === false) return
      const question = writer.isApart ? said.text : undefined
      await writer.rewrite?.(workingMessage({ run, doing: 'Putting it into words', question, story }))
    },
    show: async shown => {
      try {
        await show(turn, run, shown)
      } catch (error) {
        void slack.parts.running.follow(tell(slack, doer, {}, notShown(said.text, isUnclear(error))))
        throw error
      } finally {
        if (isBusy && writer.busy) void slack.parts.running.follow(writer.busy(false).catch(() => undefined))
      }
    },
  }
}

const notShown = (question: string, isUnclear: boolean) => {
  const asked = `“${cut(plainText(question), 100)}”`
  return isUnclear
    ? `Slack did not say whether it took the answer to ${asked}. If it is not there, please ask again.`
    : `Slack did not take the answer to ${asked}. Please ask again in a while.`
}

const show = async (turn: Turn, run: string, { view: whole, answer, png, again }: Shown): Promise<void> => {
  const { slack, doer } = turn
  // Without a question that was kept there is nothing that a button could try again.
  const view = whole.status === 'failed' && again === undefined ? { ...whole, retry: false } : whole
  if (turn.writer.isStillWanted?.() === false) return
  const writer = answer?.onlyForAsker && turn.writer.aside ? await turn.writer.aside() : turn.writer
  if (view.status === 'failed' && writer.giveBack) return writer.giveBack(view)
  const uploading = png && uploadPicture(slack, doer, { png, title: titleOf(view) })
  const fileId = uploading && (await (writer.isPrivate ? uploading : inTime(uploading)))
  if (fileId && answer) slack.pictures.keep(answer.id, fileId)
  const what = { view, id: answer?.id ?? run }
  const { place, by } = await writeAnswer(slack, doer, { ...what, fileId }, writer)
  const gone = writer.isStillWanted?.() === false ? answer?.id : writer.replaces
  if (gone) dropPicture(slack, doer, gone)
  if (place && answer) await slack.parts.answers.place(placeKey(doer, place), answer.id)
  const late = fileId ? undefined : await uploading
  if (late) await addPicture(turn, { ...what, fileId: late, run, isApart: by.isApart, place })
}

/** Nobody looks at nothing for long: an answer whose picture Slack is still processing is shown as a chart of Slack's, and the picture takes its place. */
const earlyMs = 3000

const inTime = (uploading: Promise<string | undefined>): Promise<string | undefined> =>
  Promise.race([uploading, sleep(earlyMs, undefined, { ref: false })])

type Late = Written & { fileId: string; run: string; isApart?: boolean; place?: Place }

/** A message that is gone by now stays away, and one that shows or is about to show something else stays as it is. */
const addPicture = async ({ slack, doer }: Turn, { run, place, isApart, ...what }: Late): Promise<void> => {
  const { parts, pictures, latest } = slack
  pictures.keep(what.id, what.fileId)
  const key = place && placeKey(doer, place)
  const shown = key ? await parts.answers.at(key) : undefined
  if (!key || shown?.answer.id !== what.id || (latest.changing(key) ?? run) !== run)
    return dropPicture(slack, doer, what.id)
  const write = async (message: SlackMessage) => {
    await update(slack, doer, { ...place, message })
    return place
  }
  try {
    await writeAnswer(slack, doer, what, { isPrivate: false, isApart, write })
  } catch (error) {
    parts.warn('slack/late-picture', error)
    if (isMessageGone(error)) dropPicture(slack, doer, what.id)
  }
}

/** The main sentence of an answer. */
export const titleOf = (view: AnswerView | FailureView): string =>
  view.status === 'answered' ? view.headline : view.status === 'told' ? view.title : view.message
