import { describe } from 'vitest'
import { actions, at, button, feedback, type Limit, menu, option, plain, testLimits, times, x } from './samples.ts'

describe('elements', () => {
  const limits: Limit[] = [
    [
      'elements of actions',
      actions(...times(25, i => button({ action_id: `${i}` }))),
      actions(...times(26, i => button({ action_id: `${i}` }))),
      [`no more than 25 items allowed ${at('/elements')}`],
    ],
    [
      'label of a button',
      actions(button({ text: plain(x(75)) })),
      actions(button({ text: plain(x(76)) })),
      [`must be less than 76 characters ${at('/elements/0/text/text')}`],
    ],
    [
      'value of a button',
      actions(button({ value: x(2000) })),
      actions(button({ value: x(2001) })),
      [`must be less than 2001 characters ${at('/elements/0/value')}`],
    ],
    [
      'action_id',
      actions(button({ action_id: x(255) })),
      actions(button({ action_id: x(256) })),
      [`must be less than 256 characters ${at('/elements/0/action_id')}`],
    ],
    [
      'address of a button',
      actions(button({ url: x(3000) })),
      actions(button({ url: x(3001) })),
      [`must be less than 3001 characters ${at('/elements/0/url')}`],
    ],
    [
      'style of a button',
      actions(button({ style: 'danger' })),
      actions(button({ style: 'warning' })),
      [`must be a valid enum value ${at('/elements/0/style')}`],
    ],
    [
      'options of a menu',
      actions(menu({ options: times(100, option) })),
      actions(menu({ options: times(101, option) })),
      [`no more than 100 items allowed ${at('/elements/0/options')}`],
    ],
    [
      'value of an option',
      actions(menu({ options: [option(1, { value: x(150) })] })),
      actions(menu({ options: [option(1, { value: x(151) })] })),
      [`must be less than 151 characters ${at('/elements/0/options/0/value')}`],
    ],
    [
      'label of an option',
      actions(menu({ options: [option(1, { text: plain(x(75)) })] })),
      actions(menu({ options: [option(1, { text: plain(x(76)) })] })),
      [`must be less than 76 characters ${at('/elements/0/options/0/text/text')}`],
    ],
    [
      'options or groups, not both',
      actions(menu({ options: undefined, option_groups: [{ label: plain('G'), options: [option(1)] }] })),
      actions(menu({ option_groups: [{ label: plain('G'), options: [option(1)] }] })),
      [`must define only one of \`options\` or \`option_groups\` ${at('/elements/0')}`],
    ],
    [
      'a menu without options',
      actions(menu()),
      actions(menu({ options: [] })),
      [`must have at least 1 item ${at('/elements/0/options')}`],
    ],
    [
      'placeholder',
      actions(menu({ placeholder: plain(x(150)) })),
      actions(menu({ placeholder: plain(x(151)) })),
      [`must be less than 151 characters ${at('/elements/0/placeholder/text')}`],
    ],
    [
      'options of an overflow menu',
      actions({ type: 'overflow', action_id: 'o', options: times(5, option) }),
      actions({ type: 'overflow', action_id: 'o', options: times(6, option) }),
      [`no more than 5 items allowed ${at('/elements/0/options')}`],
    ],
    [
      'options of radio buttons',
      actions({ type: 'radio_buttons', action_id: 'r', options: times(10, option) }),
      actions({ type: 'radio_buttons', action_id: 'r', options: times(11, option) }),
      [`no more than 10 items allowed ${at('/elements/0/options')}`],
    ],
    [
      'an element that fits',
      actions(button()),
      actions({ type: 'feedback_buttons', action_id: 'f' }),
      [`unsupported type: feedback_buttons ${at('/elements/0/type')}`],
    ],
    [
      'feedback buttons',
      { type: 'context_actions', elements: [feedback] },
      { type: 'context_actions', elements: [{ ...feedback, negative_button: { text: plain('Bad') } }] },
      [`missing required field: value ${at('/elements/0/negative_button')}`],
    ],
    [
      'elements of context actions',
      { type: 'context_actions', elements: times(5, i => ({ ...feedback, action_id: `${i}` })) },
      { type: 'context_actions', elements: times(6, i => ({ ...feedback, action_id: `${i}` })) },
      [`no more than 5 items allowed ${at('/elements')}`],
    ],
    [
      'text in a dialog',
      actions(button({ confirm: { text: plain(x(300)) } })),
      actions(button({ confirm: { text: plain(x(301)) } })),
      [
        `failed to match all allowed schemas ${at('/elements/0/confirm/text')}`,
        `must be less than 301 characters ${at('/elements/0/confirm/text/text')}`,
      ],
    ],
  ]
  testLimits(limits)
})
