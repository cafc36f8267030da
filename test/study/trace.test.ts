import { describe, expect, test } from 'vitest'
import { keepTraced, untraced } from '#src/study/trace.ts'
import type { Fact } from '#src/vocabulary/fact.ts'
import type { Table } from '#src/vocabulary/table.ts'

const fact: Fact = {
  id: 'change:revenue',
  kind: 'change',
  measure: 'revenue',
  value: -1_234_567,
  format: { kind: 'currency', currency: 'USD' },
  parts: { ratio: -0.123, share: 0.0213, rank: 2, usual: 27.6 },
  about: { product: 'iPhone 14' },
  words: { versus: 'Oct 2023' },
  noteworthy: 0.5,
}
const table: Table = {
  columns: [
    { name: 'state', type: 'text', role: 'dimension', label: 'State' },
    { name: 'revenue', type: 'number', role: 'measure', label: 'Revenue' },
  ],
  rows: [['Route 66', 42.25]],
  truncated: false,
}
const left = (text: string, cites = [fact.id]) => untraced({ text, cites }, { facts: [fact], table })

describe('the numbers of a sentence', () => {
  test.each([
    'It fell $1.2M.',
    'It fell $1,234,567.',
    'It was −$1,234,567.00.',
    'It fell 12%.',
    'It fell 12.3%.',
    'It fell 2.1 points.',
    'About 28 is usual, 27.6 to be exact.',
    'It is 2nd; two are ahead.',
  ])('check when they are a cited value, rounded as written: %s', text => {
    expect(left(text)).toEqual([])
  })
  test.each([
    ['It fell $1.3M.', '$1.3M'],
    ['It fell $1,234,568.', '$1,234,568'],
    ['It fell 13%.', '13%'],
    ['It fell 12.4%.', '12.4%'],
    ['It rose by three.', 'three'],
    ['It has −28 on hand.', '−28'],
    ['It fell 12,000%.', '12,000%'],
  ])('do not check when they are not: %s', (text, number) => {
    expect(left(text)).toEqual([number])
  })
  test('check only against what the sentence cites', () => {
    expect(left('It fell 12%.', [])).toEqual(['12%'])
  })
  test('check against a cited cell', () => {
    expect(left('It is $42.25.', ['cell:0:revenue'])).toEqual([])
    expect(left('It is $42.25.', ['cell:1:revenue'])).toEqual(['$42.25'])
    expect(left('It is $42.25.', ['cell:0:profit'])).toEqual(['$42.25'])
  })
  test('leave out digits that are part of a cited name', () => {
    expect(left('iPhone 14 fell 12% from Oct 2023.')).toEqual([])
    expect(left('iPhone 15 fell 12% from Oct 2023.')).toEqual(['15'])
    expect(left('iPhone 145 fell 12%.')).toEqual(['145'])
    expect(left('Route 66 has $42.25.', ['cell:0:revenue', 'cell:0:state'])).toEqual([])
  })
})

test('a story loses the sentences that do not check, and a headline that does not is replaced', () => {
  const good = { text: 'It fell 12%.', cites: [fact.id] }
  const bad = { text: 'It fell 99%.', cites: [fact.id] }
  const story = { headline: bad, summary: [good, bad], insights: [bad], implications: [good] }
  expect(keepTraced(story, { facts: [fact], table }, 'Revenue in Nov 2023')).toEqual({
    headline: { text: 'Revenue in Nov 2023', cites: [] },
    summary: [good],
    insights: [],
    implications: [good],
  })
})
