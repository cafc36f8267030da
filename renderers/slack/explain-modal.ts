import type { ModalView } from '@slack/types'
import type { AnswerView } from '../view/view.ts'
import { callbackIds } from './action-ids.ts'
import { named, prose } from './blocks.ts'
import { explanation } from './details-modal.ts'
import { plain } from './elements.ts'
import { limits } from './limits.ts'

/** "Explain this number" on a message: how the answer in it was worked out, or that it holds none that can be explained. */
export const explainModal = (view: AnswerView | undefined): ModalView =>
  view?.status === 'answered' || view?.status === 'empty' ? explanation(view) : nothingToExplain(view)

const nothingToExplain = (view: AnswerView | undefined): ModalView => ({
  type: 'modal',
  callback_id: callbackIds.explain,
  title: plain('Explain this number', limits.viewTitle),
  close: plain('Close', limits.viewTitle),
  blocks: named(
    prose(
      [
        [view ? 'This reply of Chartroom holds no number.' : 'This message holds no answer that Chartroom remembers.'],
        [
          'Numbers that Chartroom worked out have a receipt: choose this on one of its answers, or ask it for the number.',
        ],
      ],
      'picture',
    ),
    `${view?.id ?? 'none'}.explain`,
  ),
})
