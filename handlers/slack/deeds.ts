import { type Detailed, detailsModal } from '#renderers/slack/details-modal.ts'
import { reasonModal } from '#renderers/slack/reason-modal.ts'
import type { AnswerView } from '#renderers/view/view.ts'
import { viewOf } from '../chat/view-of.ts'
import { isMessageGone } from './call-error.ts'
import { type Deed, type ElementClick, placeOf, spotOf } from './clicked-element.ts'
import { sendCsv } from './csv.ts'
import { answerOf } from './deed-answer.ts'
import { type Doer, ownerOf, placeKey } from './identity.ts'
import { openModal } from './modals.ts'
import { titleOf } from './place.ts'
import { share } from './share.ts'
import type { Slack } from './slack-parts.ts'
import { takeWaiting } from './waiting-files.ts'
import { dropPicture } from './write-answer.ts'

/** What a button does with an answer as a whole; who may is already known. Throws `CallError`. */
export const doDeed = async (slack: Slack, doer: Doer, click: ElementClick, what: Deed): Promise<void> => {
  const { view, deed, say, isOpen } = what
  const { trigger } = click
  switch (deed) {
    case 'details':
      return details(slack, doer, click, what)
    case 'csv':
      return sendCsv(slack, doer, click, what)
    case 'share':
      return share(slack, doer, click, what)
    case 'delete':
      return remove(slack, doer, click, view)
    case 'up':
      await slack.parts.useCases.feedback({ answerId: view.id, verdict: 'up', by: ownerOf(doer) })
      return say('Thanks. That helps to know which answers are right.')
    case 'down':
      return openModal(slack, doer, {
        trigger,
        view: reasonModal({ answer: view.id, ...spotOf(click) }, isOpen ? titleOf(view) : ''),
      })
    case 'alone':
    case 'together':
      return takeWaiting(slack, doer, click, what)
    case 'again':
      return undefined
  }
}

const details = async (slack: Slack, doer: Doer, click: ElementClick, what: Deed): Promise<void> => {
  const view = what.isOpen
    ? what.view
    : await viewOf({ answer: await answerOf(slack, doer, click, what), owner: ownerOf(doer) }, slack.parts)
  if (isDetailed(view)) return openModal(slack, doer, { trigger: click.trigger, view: detailsModal(view) })
  if ('message' in view) await what.say(view.message)
}

const isDetailed = (view: AnswerView): view is Detailed => view.status === 'answered' || view.status === 'empty'

/** A click before that is still worked on is not to bring back what goes away. */
const remove = async (slack: Slack, doer: Doer, click: ElementClick, { id }: AnswerView): Promise<void> => {
  const turn = slack.latest.begin(placeKey(doer, placeOf(click)), slack.effects.newId())
  if (turn.before !== undefined) slack.parts.running.stop(turn.before, doer.user)
  try {
    await takeAway(slack, doer, click)
  } finally {
    turn.end()
  }
  slack.shared.forget(placeKey(doer, { ...placeOf(click), ts: id }))
  dropPicture(slack, doer, id)
}

const takeAway = async (slack: Slack, doer: Doer, { where, url }: ElementClick): Promise<void> => {
  if (where.kind === 'private' && url) await slack.calls.respond(url, { delete_original: true })
  if (where.kind !== 'message') return
  const { channel, ts } = where.place
  const gone = slack.calls.call(doer, { method: 'chat.delete', args: { channel, ts }, channel })
  await gone.catch(error => {
    if (!isMessageGone(error)) throw error
  })
}
