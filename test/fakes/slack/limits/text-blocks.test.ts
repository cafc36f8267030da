import { describe, expect, it } from 'vitest'
import { at, errorsOf, image, type Limit, marked, plain, rich, section, testLimits, times, x } from './samples.ts'

describe('blocks that show something', () => {
  const limits: Limit[] = [
    [
      'text of a section',
      section({ text: marked(x(3000)) }),
      section({ text: marked(x(3001)) }),
      [`failed to match all allowed schemas ${at('/text')}`, `must be less than 3001 characters ${at('/text/text')}`],
    ],
    [
      'an empty text',
      section(),
      section({ text: plain('') }),
      [`failed to match all allowed schemas ${at('/text')}`, `must be more than 0 characters ${at('/text/text')}`],
    ],
    ['a section without words', section(), section({}), [`must define either \`text\` or \`fields\` ${at('/type')}`]],
    [
      'fields of a section',
      section({ fields: times(10, () => marked('a')) }),
      section({ fields: times(11, () => marked('a')) }),
      [`no more than 10 items allowed ${at('/fields')}`],
    ],
    [
      'text of a field',
      section({ fields: [marked(x(2000))] }),
      section({ fields: [marked(x(2001))] }),
      [
        `failed to match all allowed schemas ${at('/fields/0')}`,
        `must be less than 2001 characters ${at('/fields/0/text')}`,
      ],
    ],
    [
      'emoji, for plain text only',
      section({ text: { ...plain('a'), emoji: true } }),
      section({ text: { ...marked('a'), emoji: true } }),
      [`failed to match all allowed schemas ${at('/text')}`, `invalid additional property: emoji ${at('/text')}`],
    ],
    [
      'verbatim, for mrkdwn only',
      section({ text: { ...marked('a'), verbatim: true } }),
      section({ text: { ...plain('a'), verbatim: true } }),
      [`failed to match all allowed schemas ${at('/text')}`, `invalid additional property: verbatim ${at('/text')}`],
    ],
    [
      'a header',
      { type: 'header', text: plain(x(150)) },
      { type: 'header', text: plain(x(151)) },
      [`must be less than 151 characters ${at('/text/text')}`],
    ],
    [
      'a header in plain text',
      { type: 'header', text: plain('a') },
      { type: 'header', text: marked('a') },
      [`must be a valid enum value ${at('/text/type')}`],
    ],
    [
      'elements of a context',
      { type: 'context', elements: times(10, () => marked('a')) },
      { type: 'context', elements: times(11, () => marked('a')) },
      [`no more than 10 items allowed ${at('/elements')}`],
    ],
    [
      'a divider and nothing else',
      { type: 'divider' },
      { type: 'divider', text: 'a' },
      [`invalid additional property: text ${at('')}`],
    ],
    [
      'block_id',
      { type: 'divider', block_id: x(255) },
      { type: 'divider', block_id: x(256) },
      [`must be less than 256 characters ${at('/block_id')}`],
    ],
    [
      'alternative text',
      image({ slack_file: { id: 'F00000001' }, alt_text: x(2000) }),
      image({ slack_file: { id: 'F00000001' }, alt_text: x(2001) }),
      [`must be less than 2001 characters ${at('/alt_text')}`],
    ],
    [
      'an image with alternative text',
      image(),
      { type: 'image', slack_file: { id: 'F00000001' } },
      [`missing required field: alt_text ${at('')}`],
    ],
    [
      'a file by id or address, not both',
      image(),
      image({ slack_file: { id: 'F00000001', url: 'https://a' } }),
      [`must define only one of \`id\` or \`url\` ${at('/slack_file')}`],
    ],
    [
      'an image by file or address, not both',
      image(),
      image({ slack_file: { id: 'F00000001' }, image_url: 'https://example.com/a.png' }),
      [`must define only one of \`image_url\` or \`slack_file\` ${at('')}`],
    ],
    [
      'an address that Slack reaches',
      image({ image_url: 'https://example.com/a.png' }),
      image({ image_url: 'http://localhost/a.png' }),
      [`downloading image failed ${at('/image_url')}`],
    ],
    [
      'a file that is there',
      image(),
      image({ slack_file: { id: 'F00000002' } }),
      [`invalid slack file ${at('/slack_file')}`],
    ],
    [
      'markdown',
      { type: 'markdown', text: x(12_000) },
      { type: 'markdown', text: x(12_001) },
      [`must be less than 12001 characters ${at('/text')}`],
    ],
    ['formatted text', rich('a'), rich(''), [`must be more than 0 characters ${at('/elements/0/elements/0/text')}`]],
    [
      'what a container holds',
      { type: 'container', title: plain('a'), child_blocks: [section()] },
      { type: 'container', title: plain('a'), child_blocks: [{ type: 'markdown', text: 'a' }] },
      [`unsupported type: markdown ${at('/child_blocks/0/type')}`],
    ],
    [
      'body of a card',
      { type: 'card', body: marked(x(200)) },
      { type: 'card', body: marked(x(201)) },
      [`must be less than 201 characters ${at('/body/text')}`],
    ],
  ]
  testLimits(limits)
})

describe('what is no block', () => {
  it.each([
    ['no object', 'a', `must provide an object ${at('')}`],
    ['no type', { text: plain('a') }, `missing required field: type ${at('')}`],
    ['an unknown type', { type: 'sections' }, `unsupported type: sections ${at('/type')}`],
    ['a type that objects have anyway', { type: 'constructor' }, `unsupported type: constructor ${at('/type')}`],
    [
      'a file block, which cannot be sent',
      { type: 'file', source: 'remote', external_id: 'a' },
      `unsupported type: file ${at('/type')}`,
    ],
  ])('%s', (_, block, error) => {
    expect(errorsOf(block)).toEqual([error])
  })
})
