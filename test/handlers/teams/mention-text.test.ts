import { describe, expect, test } from 'vitest'
import { isMentioned, mentionText } from '#handlers/teams/mention-text.ts'

const recipient = { id: '28:bot' }
const mention = (id: string, text: string) => ({ type: 'mention' as const, mentioned: { id }, text })
const ours = mention('28:bot', '<at>Chartroom</at>')
const read = (text: string, ...entities: ReturnType<typeof mention>[]) => mentionText({ text, entities, recipient })

describe('what somebody wrote', () => {
  test.each([
    ['<at>Chartroom</at> revenue', 'revenue'],
    ['<at>Chartroom</at>&nbsp;revenue by state ', 'revenue by state'],
    ['revenue <at>Chartroom</at>', 'revenue'],
    ['<at>Chartroom</at>', ''],
    ['<at>Chartroom</at>\u00a0\n kpi', 'kpi'],
    ['R&amp;D &lt;5%&gt; &quot;x&quot; &#39;y&#39; &#x1F4C8;', 'R&D <5%> "x" \'y\' 📈'],
  ])('%j is %j', (text, words) => expect(read(text, ours)).toBe(words))

  test('is decoded once', () => expect(read('&amp;lt;b&amp;gt; &amp;nbsp;')).toBe('&lt;b&gt; &nbsp;'))

  test('with a tag that was typed stays as typed', () => {
    expect(read('&lt;at&gt;Chartroom&lt;/at&gt; revenue', ours)).toBe('<at>Chartroom</at> revenue')
  })

  test('with a mention of somebody else keeps the name', () => {
    expect(read('<at>Chartroom</at> orders of <at>Blake</at>', ours, mention('29:blake', '<at>Blake</at>'))).toBe(
      'orders of Blake',
    )
  })

  test('in other scripts, with emoji and from right to left is kept', () => {
    expect(read('<at>Chartroom</at> הכנסות 📊 売上', ours)).toBe('הכנסות 📊 売上')
  })

  test.each(['&#0;', '&#xFFFFFF;', '&bogus;', '&#99999999;'])('with %s, which is no character, keeps that', text => {
    expect(read(text)).toBe(text)
  })

  test('is cut at 10,000 characters, and may be missing', () => {
    expect(read('x'.repeat(50_000))).toHaveLength(10_000)
    expect(mentionText({ text: null, entities: null, recipient })).toBe('')
  })
})

test('the bot is mentioned only when its own id is', () => {
  expect(isMentioned({ entities: [mention('29:blake', '<at>Chartroom</at>')], recipient })).toBe(false)
  expect(isMentioned({ entities: [undefined, ours], recipient })).toBe(true)
})
