import { describe, expect, it } from 'vitest'
import { plain, section, table, x } from './samples.ts'
import { checkView } from './view.ts'

describe('views', () => {
  const input = {
    type: 'input',
    label: plain('Why'),
    element: { type: 'plain_text_input', action_id: 'why', max_length: 3000 },
  }
  const modal = { type: 'modal', title: plain('A'), submit: plain('Send'), blocks: [input] }
  const look = (view: object, type: 'modal' | 'home' = 'modal') =>
    checkView({ ...view }, { type, newBlocks: true, isShowable: () => true })

  it('a modal and a Home tab', () => {
    expect(look(modal)).toEqual([])
    expect(look({ type: 'home', blocks: [section()] }, 'home')).toEqual([])
  })

  it.each([
    ['a long title', { title: plain(x(25)) }, 'must be less than 25 characters [json-pointer:/view/title/text]'],
    [
      'long metadata',
      { private_metadata: x(3001) },
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    ['no way to submit', { submit: undefined }, 'missing required field: submit [json-pointer:/view]'],
    ['no title', { title: undefined }, 'missing required field: title [json-pointer:/view]'],
    ['something unknown', { footer: 'a' }, 'invalid additional property: footer [json-pointer:/view]'],
    ['a wrong block', { blocks: [table(1)] }, 'unsupported type: table [json-pointer:/view/blocks/0/type]'],
  ])('%s', (_, parts, error) => {
    expect(look({ ...modal, ...parts })).toEqual(['failed to match all allowed schemas [json-pointer:/view]', error])
  })
})
