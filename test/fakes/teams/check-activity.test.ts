import { describe, expect, test } from 'vitest'
import { refuseMessage, sizeOf } from './check-activity.ts'
import type { Json } from './world.ts'

const said = (activity: Json, options?: Parameters<typeof refuseMessage>[1]) => {
  const { status, body } = refuseMessage(activity, options) ?? { status: 201, body: undefined }
  return [status, (body as { error?: { message: string } } | undefined)?.error?.message]
}
const message = (more: Json): Json => ({ type: 'message', text: 'hello', ...more })
const root = { type: 'https://schema.org/Message', '@type': 'Message', '@context': 'https://schema.org' }
const claim = (position: number, name = 'Receipt') => ({
  '@type': 'Claim',
  position,
  appearance: { name, abstract: 'x' },
})

describe('the size of a message', () => {
  const textOf = (bytes: number) => 'x'.repeat(bytes / 2 - sizeOf({ type: 'message', text: '' }) / 2)

  test('is 100 KB as UTF-16 and not a letter more', () => {
    expect(said({ type: 'message', text: textOf(102_400) })).toEqual([201, undefined])
    expect(said({ type: 'message', text: `${textOf(102_400)}x` })).toEqual([413, 'Message size too large.'])
  })

  test('leaves base64 pictures out, unless they are to count', () => {
    const picture = { contentType: 'image/png', contentUrl: `data:image/png;base64,iVBORw0KGgo${'A'.repeat(60_000)}` }
    const activity = { type: 'message', attachments: [picture] }
    expect([said(activity)[0], said(activity, { countPictures: true })[0]]).toEqual([201, 413])
  })
})

test.each<[string, Json, string]>([
  ['nothing to show', { type: 'message' }, "Activity must include non empty 'text' field or at least 1 attachment"],
  ['an unknown text format', message({ textFormat: 'html' }), 'textFormat is "html"'],
  [
    'eleven attachments',
    message({ attachments: Array(11).fill({ contentType: 'application/vnd.microsoft.card.hero' }) }),
    '11 attachments, more than 10',
  ],
  [
    'an attachment of no known type',
    message({ attachments: [{ contentType: 'text/csv' }] }),
    'attachment of type "text/csv"',
  ],
  [
    'a picture over http',
    message({ attachments: [{ contentType: 'image/png', contentUrl: 'http://bot.example/a.png' }] }),
    'the attached picture comes over http: instead of https:',
  ],
  [
    'a broken card',
    message({ attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: {} }] }),
    'card: type is not AdaptiveCard',
  ],
  [
    'a suggestion that opens a page',
    message({ suggestedActions: { actions: [{ type: 'openUrl', title: 'a', value: 'b' }] } }),
    'suggested action of type "openUrl"',
  ],
  [
    'a suggestion without title',
    message({ suggestedActions: { actions: [{ type: 'imBack', value: 'b' }] } }),
    'suggested action without title',
  ],
  [
    'two root entities',
    message({ entities: [root, root] }),
    "Multiple root message entities found under 'entities' array.",
  ],
  [
    '21 citations',
    message({ entities: [{ ...root, citation: Array.from({ length: 21 }, (_, i) => claim(i + 1)) }] }),
    'Bot message with more than 20 citations.',
  ],
  [
    'a citation with a long name',
    message({ entities: [{ ...root, citation: [claim(1, 'x'.repeat(81))] }] }),
    'citation is too long',
  ],
  [
    'a mention that is not in the text',
    message({ entities: [{ type: 'mention', mentioned: { id: '29:1' }, text: '<at>Avery</at>' }] }),
    'mention whose text is not in the message',
  ],
  [
    'a feedback loop of an unknown kind',
    message({ channelData: { feedbackLoop: { type: 'stars' } } }),
    'feedbackLoop is "stars"',
  ],
])('%s is bad syntax, and said', (_, activity, problem) => {
  expect(said(activity)).toEqual([400, problem])
})

test('a message with AI label, citations, suggestions and thumbs is taken', () => {
  const full = message({
    text: '<at>Avery</at> revenue rose [1]',
    entities: [
      { ...root, additionalType: ['AIGeneratedContent'], citation: [claim(1)] },
      { type: 'mention', mentioned: { id: '29:1' }, text: '<at>Avery</at>' },
    ],
    suggestedActions: { to: ['29:1'], actions: [{ type: 'imBack', title: 'By state', value: 'and by state?' }] },
    channelData: { feedbackLoop: { type: 'custom' } },
  })
  expect(refuseMessage(full)).toBeUndefined()
})
