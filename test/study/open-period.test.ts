import { expect, test } from 'vitest'
import { studyOf } from './made.ts'

test('a period that began some day and runs on is said by the days that are in, not as one that is not over', async () => {
  const period = { start: '2023-07-01', end: '2024-01-02', label: 'since 1 Jul 2023' }
  const { story } = await studyOf({
    by: ['state'],
    rows: [
      ['Texas', 50],
      ['Ohio', 30],
    ],
    query: { period },
    today: '2024-01-01',
    range: { from: '2023-01-01', until: '2023-12-31' },
  })
  const words = [...story.summary, ...story.insights].map(s => s.text).join(' ')
  expect(words).toContain('184 of 185 days since 1 Jul 2023 are in the data.')
  expect(words).not.toContain('so far')
  expect(words).not.toContain('is not over')
})
