import type { ModalView } from '@slack/types'
import { callbackIds, reasonFields } from './action-ids.ts'
import type { SlackBlock } from './block-kit.ts'
import { named, prose } from './blocks.ts'
import { plain } from './elements.ts'
import { limits } from './limits.ts'

/** What can be wrong with an answer. */
export const reasons = ['number', 'reading', 'chart', 'words', 'other'] as const
export type Reason = (typeof reasons)[number]

const labels: Record<Reason, string> = {
  number: 'The number is wrong',
  reading: 'The question was misread',
  chart: 'The chart does not fit',
  words: 'The words are unclear',
  other: 'Something else',
}

/** What a form is about, as its `private_metadata` carries it: the answer, and the conversation in which it was asked for. */
export type ReasonAbout = { answer: string; channel?: string; thread?: string }

/** What a thumb down asks. `private_metadata` is a {@link ReasonAbout} as JSON, the two replies are where `reasonFields` says. */
export const reasonModal = (about: ReasonAbout, headline: string): ModalView => ({
  type: 'modal',
  callback_id: callbackIds.reason,
  title: plain('What was wrong?', limits.viewTitle),
  submit: plain('Send', limits.viewTitle),
  close: plain('Cancel', limits.viewTitle),
  private_metadata: JSON.stringify(about),
  blocks: [...named(prose([[headline]], 'picture', 300), `${about.answer}.reason`), kind, words],
})

const kind: SlackBlock = {
  type: 'input',
  block_id: reasonFields.kind.block,
  label: plain('What was wrong?', limits.inputLabel),
  element: {
    type: 'radio_buttons',
    action_id: reasonFields.kind.action,
    options: reasons.map(value => ({ text: plain(labels[value], limits.optionText), value })),
  },
}

const words: SlackBlock = {
  type: 'input',
  block_id: reasonFields.words.block,
  optional: true,
  label: plain('In your words', limits.inputLabel),
  hint: plain('What should it have said? The people who run Chartroom read this.', limits.inputLabel),
  element: { type: 'plain_text_input', action_id: reasonFields.words.action, multiline: true, max_length: 1000 },
}
