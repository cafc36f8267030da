import { describe, expect, test } from 'vitest'
import { problemsOf } from '#renderers/slack/check-message.ts'
import { fileChoiceMessage } from '#renderers/slack/file-choice.ts'

const json = (names: string[]) => JSON.stringify(fileChoiceMessage({ id: 'w1', names }))

describe('the question whose data files are to be', () => {
  test('names the file and offers both', () => {
    const { text, blocks } = fileChoiceMessage({ id: 'w1', names: ['sales.csv'] })
    expect(text).toBe('Who may ask about “sales.csv”?')
    expect(blocks.map(b => b.type)).toEqual(['header', 'actions', 'context'])
    expect(blocks[1]).toMatchObject({
      elements: [
        { text: { text: 'Only me' }, action_id: 'answer:alone', value: 'deed.alone.w1' },
        { text: { text: 'Everybody in this channel' }, action_id: 'answer:together', value: 'deed.together.w1' },
      ],
    })
  })

  test('lists several', () => {
    expect(json(['a.csv', 'b.csv'])).toContain('Who may ask about these 2 files?')
    expect(json(['a.csv', 'b.csv'])).toContain('“a.csv”, “b.csv”')
  })

  test.each([
    [['']],
    [['<!channel> <@U1> *b* `c`.csv']],
    [['x'.repeat(5000)]],
    [['\u202Egnp.csv', '😀'.repeat(200)]],
    [Array.from({ length: 10 }, (_, i) => `${'long name '.repeat(30)}${i}.csv`)],
  ])('is one that Slack takes, whatever the names: %#', names => {
    expect(problemsOf(fileChoiceMessage({ id: 'w1', names }))).toEqual([])
    expect(fileChoiceMessage({ id: 'w1', names }).text).not.toMatch(/<[!@]/)
  })
})
