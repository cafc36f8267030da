import { describe, expect, test } from 'vitest'
import { askForm, askModal } from '#renderers/slack/ask-modal.ts'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { sentenceMessage } from '#renderers/slack/sentence.ts'

const hostile = ['<!channel> & <@U1>', '\u202e\u0000\u0007', '', '😀'.repeat(5000), '<https://evil.example|x>']

describe('a sentence for the one who acted', () => {
  test('is read out as it stands in the message', () => {
    expect(sentenceMessage('Thanks. That helps.')).toEqual({
      text: 'Thanks. That helps.',
      blocks: [
        {
          type: 'rich_text',
          block_id: 'said.0',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'Thanks. That helps.' }] }],
        },
      ],
    })
  })

  test.each(hostile.filter(Boolean))('%j may be sent', text => {
    expect(problemsOf(sentenceMessage(text))).toEqual([])
  })
})

describe('the form that asks', () => {
  test('has one field, under the names that are read back', () => {
    const { blocks, callback_id, submit } = askModal('Revenue last month')
    expect([callback_id, submit?.text]).toEqual(['ask', 'Ask'])
    expect(blocks).toMatchObject([
      {
        type: 'input',
        block_id: askForm.block,
        element: { type: 'plain_text_input', action_id: askForm.action, placeholder: { text: 'Revenue last month' } },
      },
    ])
  })

  test.each(hostile)('an example like %j may be shown', example => {
    expect(problemsOf(askModal(example))).toEqual([])
  })
})
