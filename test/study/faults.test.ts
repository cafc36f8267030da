import { describe, expect, test } from 'vitest'
import { faultsOf } from '#src/study/faults.ts'
import { type Made, monthly, studyOf } from './made.ts'
import { month } from './small-world.ts'

/** Texas 500 → 400, Ohio 300 → 330, Utah 200 → 200. */
const compared: Made = {
  by: ['state'],
  rows: [
    ['Texas', 400, 500],
    ['Ohio', 330, 300],
    ['Utah', 200, 200],
  ],
  query: { period: month(11, 'Nov 2023'), compare: { period: month(10, 'Oct 2023') } },
}
const rising: Made = { over: 'month', rows: monthly([100, 110, 120, 130, 140, 150, 160, 170]) }

const judge = async (made: Made, text: string, cites: string[]) => {
  const { material, facts } = await studyOf(made)
  return faultsOf({ text, cites }, { material, facts, reading: 'Revenue by state, Nov 2023' })
}

const [texas, ohio] = ['change:revenue:Texas', 'change:revenue:Ohio']

describe('a sentence holds', () => {
  test.each<[string, string[]]>([
    ['Texas fell 20% to $400.', [texas]],
    ['Texas fell from $500 to $400.', [texas]],
    ['Texas fell 20%, while Ohio rose 10%.', [texas, ohio]],
    ['Ohio made $330, and Utah made $200.', ['cell:1:revenue', 'cell:2:revenue']],
    ['Texas has the highest revenue with $400.', ['top:revenue:Texas']],
    ['Together the states made $930.', ['total:revenue']],
  ])('%s', async (text, cites) => {
    expect(await judge(compared, text, cites)).toEqual([])
  })

  test('when two cells of different times say that it rose', async () => {
    expect(
      await judge(rising, 'Revenue rose from $100 in Jan 2023 to $170 in August 2023.', [
        'cell:0:revenue',
        'cell:7:revenue',
      ]),
    ).toEqual([])
  })
})

describe('a sentence does not hold', () => {
  test.each<[string, string, string[], RegExp]>([
    ['a number that is nowhere', 'Texas fell 25%.', [texas], /number 25%/],
    ['a number of something that is not cited', 'Ohio made $330.', [texas], /number \$330/],
    ['another unit', 'Texas fell €400 short.', [texas], /number €400/],
    ['money without its sign', 'Texas made 400 orders, less than before.', [texas], /number 400/],
    ['a change the other way', 'Texas rose 20%.', [texas], /direction up/],
    ['changes that are swapped', 'Texas rose 10%, while Ohio fell 20%.', [texas, ohio], /number 10%/],
    ['a number of another part', 'Texas made $330 and Ohio made $400.', [texas, ohio], /number \$330/],
    ['a change that no fact tells', 'Texas fell to $400.', ['cell:0:revenue'], /direction/],
    ['a part that nothing cited is about', 'Utah and Texas fell 20%.', [texas], /name Utah/],
    ['a name that is nowhere', 'Texas fell 20% after Amazon left.', [texas], /name Amazon/],
    ['a name that is nowhere, at the start', 'Amazon fell 20%.', [texas], /name Amazon/],
    ['another month', 'In December Texas fell 20%.', [texas], /name Dec/],
    ['another year', 'Texas fell 20% in 2022.', [texas], /number 2022/],
    ['a cause', 'Texas fell 20% because of the weather.', [texas], /cause/],
    ['a forecast', 'Texas fell 20% and will fall again.', [texas], /forecast/],
    ['an amount in words', 'Ohio nearly doubled.', [ohio], /amount in words/],
    ['praise that no fact gives', 'Texas fell 20%, an improvement.', [texas], /better/],
    ['the wrong end of a ranking', 'Utah has the highest revenue with $200.', ['cell:2:revenue'], /highest/],
    ['no source', 'The states differ.', [], /no source/],
    ['a link', 'Texas fell 20%, see https://evil.example.', [texas], /markup/],
    ['markup', 'Texas fell <b>20%</b>.', [texas], /markup/],
  ])('with %s', async (_, text, cites, fault) => {
    expect((await judge(compared, text, cites)).join()).toMatch(fault)
  })

  test('when a loss is told as if it were none', async () => {
    const made: Made = { by: ['state'], rows: [['Texas', -50]], measure: { label: 'Profit' } }
    expect(await judge(made, 'Texas made $50.', ['cell:0:revenue'])).toEqual(['number $50'])
    expect(await judge(made, 'Texas made a loss of $50.', ['cell:0:revenue'])).toEqual([])
  })
})
