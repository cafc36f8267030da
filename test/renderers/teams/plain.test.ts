import { describe, expect, it } from 'vitest'
import { lineOf, plainMessage } from '#renderers/teams/plain.ts'
import { clarify, longTable, refused, told } from '#test/fakes/room-answers.ts'
import { answeredView, emptyView, viewOf } from '#test/renderers/view/views.ts'

describe('an answer without a card', () => {
  it('has the finding, the story, the rows, the receipt and what to ask next', () => {
    expect(plainMessage(answeredView())).toBe(`Electronics brought $48.2k in Texas in December, 41% of the total
Revenue by category, December 2023, US dollars

Revenue came to $118,382 over five categories. That is 4.7% more than in November, and all of the growth is Electronics and Toys.

Electronics: Revenue $48,210.50 · Revenue, Nov 2023 $41,007.00
Clothing: Revenue $31,876.25 · Revenue, Nov 2023 $36,510.75
Home & Kitchen: Revenue $22,140.00 · Revenue, Nov 2023 $21,980.40
Toys: Revenue $12,034.99 · Revenue, Nov 2023 $9,120.00
Books: Revenue $4,120.10 · Revenue, Nov 2023 $4,388.05

✓ Electronics grew by $7,203.50 (17.6%) on November.
! Clothing fell by $4,634.50 (12.7%), the largest loss of any category.
• The first two categories make 68% of revenue.
→ If Clothing had held its November level, revenue would have grown by 8.8%.

Read “texs” as Texas.
Not used: “please”.

Read as: Revenue by category in Texas, December 2023
Measures: Revenue: sum of order line amounts, cancelled orders left out
Period: December 2023 (1 Dec to 31 Dec)
Filters: State is Texas
Rows: 5
Data: Sample orders, until 31 Dec 2023
Origin: Certified: compiled from the definitions of the semantic model
Time: 84 ms

Ask next:
• and by month?
• only Electronics
• why did revenue of Clothing fall in December?`)
  })

  it('shows twenty rows and counts the rest', () => {
    const text = plainMessage(viewOf(longTable('a1', 'list')))
    expect(text.match(/^1 Jan 2023: /gm)).toHaveLength(1)
    expect(text).toContain('280 more rows: ask for fewer to see them.')
  })

  it('of other kinds has the words and what to ask', () => {
    expect(plainMessage(viewOf(clarify('c1', 'revenue')))).toBe(`Which revenue do you mean?

Not used: “blorp”.

You can ask:
• revenue by category last month
• net revenue by category last month
• revenue per customer last month`)
    expect(
      plainMessage(viewOf(refused('r1', 'q'))),
    ).toBe(`Next month has not happened yet. A forecast can be asked for as a forecast.

You can ask:
• forecast revenue for the next 4 weeks`)
    expect(plainMessage(viewOf(told('t1', 'help')))).toContain('Return rate: Returned lines divided by all lines.')
    expect(plainMessage(emptyView())).toContain('Filters: State is Texas')
    expect(
      plainMessage({ status: 'failed', message: 'Broken.', next: 'Try again.', retry: true, incident: 'i7' }),
    ).toBe('Broken.\nTry again.\n\nIncident i7')
  })

  it('says when it was shortened', () => {
    expect(plainMessage(answeredView(), 100)).toBe(
      'Electronics brought $48.2k in Texas in December, 41% of the total\nRevenue by cat…\n\nShortened to fit.',
    )
  })
})

describe('an answer in one line', () => {
  it.each([
    [
      answeredView(),
      'Electronics brought $48.2k in Texas in December, 41% of the total. Revenue came to $118,382 over five categories.',
    ],
    [{ ...answeredView(), headline: 'What rose?', summary: [] }, 'What rose?'],
    [viewOf(clarify('c1', 'revenue')), 'Which revenue do you mean?'],
    [
      viewOf(told('t1', 'help')),
      'What you can ask about orders. Name a measure, and if you like a split, a filter and a period: “revenue by state last quarter”.',
    ],
    [{ status: 'failed' as const, message: 'Broken.', next: 'Try again.', retry: true }, 'Broken. Try again.'],
  ])('$status', (view, line) => {
    expect(lineOf(view)).toBe(line)
  })
})
