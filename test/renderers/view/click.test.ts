import { describe, expect, test } from 'vitest'
import { type Click, clickText, readClick } from '#renderers/view/click.ts'

const answer = '0b7a2f6e-4d3c-4c55-9a0f-2f1f6f6f1c11'

const written: [Click, string][] = [
  [{ kind: 'menu', menu: 'period', index: 2, answer }, `menu.period.2.${answer}`],
  [{ kind: 'menu', menu: 'split', index: 10, answer }, `menu.split.10.${answer}`],
  [{ kind: 'choice', index: 0, answer }, `choice.0.${answer}`],
  [{ kind: 'item', index: 3, answer }, `item.3.${answer}`],
  [{ kind: 'deed', deed: 'details', answer }, `deed.details.${answer}`],
  [{ kind: 'stop', run: 'r.1' }, 'stop.r.1'],
]

describe('a click', () => {
  test.each(written)('%j is carried as %s', (click, text) => {
    expect(clickText(click)).toBe(text)
    expect(readClick(text)).toEqual(click)
  })

  test.each([
    '',
    'menu',
    'menu.period.x.a',
    'menu.price.1.a',
    'menu.period.1.',
    'choice.-1.a',
    'choice.1e3.a',
    'deed.drop.a',
    'deed.constructor.a',
    'select 1',
    `choice.1.${'a'.repeat(200)}`,
  ])('“%s” is none of ours', text => {
    expect(readClick(text)).toBeUndefined()
  })
})
