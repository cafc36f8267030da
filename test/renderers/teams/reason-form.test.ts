import { describe, expect, it } from 'vitest'
import { problemsOf } from '#renderers/teams/check-card.ts'
import { reasonForm, reasonOf } from '#renderers/teams/reason-form.ts'
import { checkCard } from '#test/fakes/teams/check-card.ts'

const words = {
  type: 'Input.Text',
  id: 'words',
  label: 'In your words (you may leave this empty)',
  isMultiline: true,
  maxLength: 500,
}

describe('the form that opens on a thumb', () => {
  it('asks for words on a thumb up', () => {
    expect(reasonForm('like')).toEqual({
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: 'What was good about this answer?', wrap: true }, words],
      actions: [{ type: 'Action.Submit', title: 'Send', data: {} }],
    })
  })

  it('offers reasons on a thumb down', () => {
    const [title, reasons, text] = reasonForm('dislike').body
    expect(title).toMatchObject({ text: 'What was wrong with this answer?' })
    expect(reasons).toEqual({
      type: 'Input.ChoiceSet',
      id: 'reasons',
      label: 'What was it?',
      style: 'expanded',
      isMultiSelect: true,
      choices: [
        { title: 'The number is wrong', value: 'number' },
        { title: 'It understood something else', value: 'reading' },
        { title: 'The chart does not fit', value: 'chart' },
        { title: 'The text is wrong or unclear', value: 'words' },
        { title: 'It took too long', value: 'slow' },
      ],
    })
    expect(text).toEqual(words)
  })

  it.each(['like', 'dislike'] as const)('on a %s is a card that Teams takes', reaction => {
    expect([...problemsOf(reasonForm(reaction)), ...checkCard(reasonForm(reaction))]).toEqual([])
  })
})

describe('what was filled in', () => {
  it.each<[string, unknown, string | undefined]>([
    [
      'JSON in a text',
      '{"reasons":"number,slow","words":"off by 10"}',
      'The number is wrong; It took too long; off by 10',
    ],
    ['an object', { reasons: 'chart', words: '' }, 'The chart does not fit'],
    ['the form of Teams itself', '{"feedbackText":"good"}', 'good'],
    ['only words, on lines', '{"words":" good\\nstuff "}', 'good stuff'],
    ['reasons that are none', '{"reasons":"number,constructor,x"}', 'The number is wrong'],
    ['nothing', '{}', undefined],
    ['an empty form', '{"reasons":"","words":" "}', undefined],
    ['no JSON', 'number', undefined],
    ['no texts', '{"reasons":["number"],"words":5}', undefined],
    ['nothing at all', undefined, undefined],
    ['null', 'null', undefined],
  ])('is read from %s', (_, feedback, reason) => {
    expect(reasonOf(feedback)).toBe(reason)
  })

  it('is at most 500 characters of words', () => {
    expect(reasonOf({ words: 'x'.repeat(600) })).toBe(`${'x'.repeat(499)}…`)
  })
})
