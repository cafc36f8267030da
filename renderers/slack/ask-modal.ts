import type { ModalView } from '@slack/types'
import { plain } from './elements.ts'
import { limits } from './limits.ts'

/** `callback_id` of the form, and where the question stands in `view.state.values`. */
export const askForm = { callback: 'ask', block: 'ask.question', action: 'ask:question' } as const

/** "Ask Chartroom" from anywhere: a question to type. The answer comes as a direct message. */
export const askModal = (example = ''): ModalView => ({
  type: 'modal',
  callback_id: askForm.callback,
  title: plain('Ask Chartroom', limits.viewTitle),
  submit: plain('Ask', limits.viewTitle),
  close: plain('Cancel', limits.viewTitle),
  blocks: [
    {
      type: 'input',
      block_id: askForm.block,
      label: plain('What would you like to know?', limits.inputLabel),
      hint: plain('In plain words. The answer comes as a message that only you see.', limits.inputLabel),
      element: {
        type: 'plain_text_input',
        action_id: askForm.action,
        multiline: true,
        max_length: 2000,
        ...(example && { placeholder: plain(example, limits.placeholder) }),
      },
    },
  ],
})
