import { describe, expect, test } from 'vitest'
import { mrkdwn } from '#renderers/slack/escape.ts'
import { bytes } from '#renderers/view/plain-text.ts'

const zero = '\u200b'

describe('a text where Slack reads markup', () => {
  test.each([
    ['Revenue rose 12.5% to $1,200', 'Revenue rose 12.5% to $1,200'],
    ['<!channel> <!here>', '&lt;!channel&gt; &lt;!here&gt;'],
    ['<@U123|you> <#C1> <!subteam^S1>', `&lt;@${zero}U123|you&gt; &lt;#C1&gt; &lt;!subteam^S1&gt;`],
    ['<https://x.example|y>', `&lt;https:${zero}//x.example|y&gt;`],
    ['&lt;!channel&gt;', '&amp;lt;!channel&amp;gt;'],
    ['see https://x.example', `see https:${zero}//x.example`],
    ['@here @channel', `@${zero}here @${zero}channel`],
    [':tada: :+1::skin-tone-2:', `:${zero}tada: :${zero}+1::${zero}skin-tone-2:`],
    ['*bold* ~gone~ `code`', '∗bold∗ ∼gone∼ ˋcodeˋ'],
    ['_slanted_ order_lines', 'ˍslantedˍ order_lines'],
    ['> quoted', '&gt; quoted'],
    ['\u202e<!channel\u202c>\u0000', '&lt;!channel&gt;'],
    ['one\ntwo', 'one two'],
  ])('%j is %j', (text, inert) => {
    expect(mrkdwn(text, 3900)).toBe(inert)
  })

  test.each(['&', '<', '*', ':', '日', '👩‍👧', '_', '@a', 'x'])(
    'never takes more bytes than it may, full of %s',
    piece => {
      const text = mrkdwn(piece.repeat(5000), 400)
      expect(bytes(text)).toBeLessThanOrEqual(400)
      expect(text.endsWith('…')).toBe(true)
      expect(text).not.toMatch(/&(?!(amp|lt|gt);)/)
    },
  )
})
