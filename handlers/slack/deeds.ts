import { type Detailed, detailsModal } from '#renderers/slack/details-modal.ts'
import { reasonModal } from '#renderers/slack/reason-modal.ts'
import type { AnswerView } from '#renderers/view/view.ts'
import { isMessageGone } from './call-error.ts'
import type { Deed, ElementClick } from './clicked-element.ts'
import { sendCsv } from './csv.ts'
import { type Doer, placeKey } from './identity.ts'
import { openModal } from './modals.ts'
import { titleOf } from './place.ts'
import { share } from './share.ts'
import type { Slack } from './slack-parts.ts'
import { dropPicture } from './write-answer.ts'

/** What a button does with an answer as a whole; who may is already known. Throws `CallError`. */
export const doDeed = async (slack: Slack, doer: Doer, click: ElementClick, what: Deed): Promise<void> => {
  const { view, deed, say } = what
  const { trigger } = click
  switch (deed) {
    case 'details':
      return isDetailed(view) ? openModal(slack, doer, { trigger, view: detailsModal(view) }) : undefined
    case 'csv':
      return sendCsv(slack, doer, click, what)
    case 'share':
      return share(slack, doer, click, what)
    case 'delete':
      return remove(slack, doer, click, view)
    case 'up':
      await slack.parts.useCases.feedback({ answerId: view.id, verdict: 'up' })
      return say('Thanks. That helps to know which answers are right.')
    case 'down':
      return openModal(slack, doer, { trigger, view: reasonModal({ id: view.id, headline: titleOf(view) }) })
    case 'again':
      return undefined
  }
}

const isDetailed = (view: AnswerView): view is Detailed => view.status === 'answered' || view.status === 'empty'

const remove = async (slack: Slack, doer: Doer, { where, url }: ElementClick, { id }: AnswerView): Promise<void> => {
  if (where.kind === 'private' && url) await slack.calls.respond(url, { delete_original: true })
  if (where.kind === 'message') {
    const { channel, ts } = where.place
    const gone = slack.calls.call(doer, { method: 'chat.delete', args: { channel, ts }, channel })
    await gone.catch(error => {
      if (!isMessageGone(error)) throw error
    })
    slack.shared.delete(placeKey(doer, { channel, ts: id }))
  }
  dropPicture(slack, doer, id)
}
