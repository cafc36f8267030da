import { describe, expect, test } from 'vitest'
import { type ChartWish, drawAs } from '#src/study/draw-as.ts'
import { type Made, monthly, studyOf } from './made.ts'

const drawn = async (made: Made, wish: Partial<ChartWish> & Pick<ChartWish, 'kind'>) =>
  drawAs({ x: null, y: ['revenue'], series: null, ...wish }, await studyOf(made))?.chart

const states: Made = {
  by: ['state'],
  rows: [
    ['Texas', 50],
    ['Ohio', 30],
  ],
}
const grid: Made = {
  by: ['state', 'channel'],
  rows: [
    ['Texas', 'web', 5],
    ['Texas', 'store', 3],
    ['Ohio', 'web', 2],
    ['Ohio', 'store', 1],
  ],
}

describe('a result is drawn as wished for', () => {
  test.each<[ChartWish['kind'], Made, Partial<ChartWish>, object]>([
    ['donut', states, { x: 'state' }, { kind: 'donut', slices: [{ name: 'Texas' }, { name: 'Ohio' }] }],
    [
      'map',
      { by: ['state'], rows: Array.from({ length: 15 }, (_, i) => [`S${i}`, i]) },
      { x: 'state' },
      { kind: 'tilemap' },
    ],
    [
      'heatmap',
      grid,
      { x: 'channel', series: 'state' },
      { kind: 'heatmap', columns: ['Texas', 'Ohio'], rows: ['web', 'store'] },
    ],
    ['stacked bar', grid, { x: 'state', series: 'channel' }, { kind: 'bar', layout: 'stacked' }],
    ['area', { over: 'month', rows: monthly([1, 2, 3]) }, { x: 'month' }, { kind: 'area' }],
    ['table', grid, { y: [] }, { kind: 'table' }],
  ])('%s', async (kind, made, wish, chart) => {
    expect(await drawn(made, { kind, ...wish })).toMatchObject(chart)
  })
})

describe('a wish is not met', () => {
  test.each<[string, Made, Partial<ChartWish> & Pick<ChartWish, 'kind'>]>([
    ['with a column that is not there', states, { kind: 'bar', x: 'planet' }],
    ['with a text for a number', grid, { kind: 'bar', x: 'state', y: ['channel'] }],
    ['with the same column twice', grid, { kind: 'heatmap', x: 'state', series: 'state' }],
    ['when bars would lie on each other', grid, { kind: 'bar', x: 'state' }],
    ['for a line without time', states, { kind: 'line', x: 'state' }],
    ['for a scatter of one number', states, { kind: 'scatter', x: 'revenue', y: [] }],
    ['for bars without a number', states, { kind: 'bar', x: 'state', y: [] }],
  ])('%s', async (_, made, wish) => {
    expect(await drawn(made, wish)).toBeUndefined()
  })
})
