import { describe, expect, it } from 'vitest'
import { clickButton, clicksOf, deedButton } from '#renderers/teams/clicks.ts'
import { workingCard } from '#renderers/teams/working.ts'

describe('what a button sends back', () => {
  it.each<[string, unknown, string[]]>([
    ['a button', { click: 'deed.csv.a1' }, ['deed.csv.a1']],
    [
      'menus, in their order',
      { chart: 'menu.chart.1.a', period: 'menu.period.0.a' },
      ['menu.period.0.a', 'menu.chart.1.a'],
    ],
    ['a menu in which nothing was chosen', { period: '', split: 'menu.split.2.a' }, ['menu.split.2.a']],
    ['a menu of choices', { choice: 'choice.3.a' }, ['choice.3.a']],
    ['a menu of items', { item: 'item.3.a' }, ['item.3.a']],
    [
      'a button, whatever the menus beside it say',
      { click: 'deed.csv.a1', period: 'menu.period.0.a' },
      ['deed.csv.a1'],
    ],
    ['nothing', undefined, []],
    ['nothing of ours', { verb: 'x', toString: 'y' }, []],
    ['no texts', { click: { a: 1 } }, []],
    ['a text', 'click', []],
    ['a list', ['click'], []],
  ])('is read: %s', (_, data, clicks) => {
    expect(clicksOf(data)).toEqual(clicks)
  })
})

describe('a button', () => {
  it('carries a click and, for a mouse that waits, what it does', () => {
    expect(deedButton('CSV', 'csv', { answer: 'a1', hint: 'All rows' })).toEqual([
      { type: 'Action.Execute', title: 'CSV', tooltip: 'All rows', verb: 'click', data: { click: 'deed.csv.a1' } },
    ])
  })

  it('is not there when what it carries could not be read back', () => {
    expect(clickButton('CSV', { kind: 'deed', deed: 'csv', answer: 'x'.repeat(300) })).toEqual([])
  })
})

describe('while it takes long', () => {
  it('the card says what goes on and can be stopped', () => {
    expect(workingCard('Asking the database…', 'r1')).toEqual({
      type: 'AdaptiveCard',
      version: '1.5',
      fallbackText: 'Asking the database…',
      body: [
        { type: 'TextBlock', text: 'Asking the database…', wrap: true, isSubtle: true },
        {
          type: 'ActionSet',
          actions: [
            {
              type: 'Action.Execute',
              title: 'Stop',
              tooltip: 'Stop working on this question',
              verb: 'click',
              data: { click: 'stop.r1' },
            },
          ],
        },
      ],
    })
  })

  it('it says something even without words', () => {
    expect(workingCard(' ', 'r1').body[0]).toMatchObject({ text: 'Working on it…' })
  })
})
