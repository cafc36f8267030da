import { setTimeout as sleep } from 'node:timers/promises'
import type { Rung } from '#renderers/slack/block-kit.ts'
import { slackMessage } from '#renderers/slack/message.ts'
import type { AnswerView, FailureView } from '#renderers/view/view.ts'
import { climbDown } from '../chat/ladder.ts'
import { CallError, isFormRefused } from './call-error.ts'
import type { Doer } from './identity.ts'
import type { Place } from './messages.ts'
import type { Slack } from './slack-parts.ts'
import { deleteFile, pictureBudgetMs } from './upload.ts'
import type { Writer } from './writer.ts'

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
