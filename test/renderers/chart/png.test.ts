import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodePng } from '#renderers/chart/encode-png.ts'
import { createPainters, type Painters } from '#renderers/chart/png.ts'
import { looks } from '#renderers/chart/theme.ts'
import type { Chart } from '#src/vocabulary/chart.ts'
import { galleryCharts } from '#test/gallery/charts.ts'
import { rowsOf } from './pictures.ts'
import { readPng } from './read-png.ts'

let painters: Painters
beforeAll(() => {
  painters = createPainters()
  return painters.ready()
})
afterAll(() => painters.close())

const sample = (name: string): Chart => {
  const found = galleryCharts.find(s => s.name === name)
  if (!found) throw new Error(`no sample ${name}`)
  return found.chart
}

describe('the PNG encoder', () => {
  it('writes what a reader reads back', () => {
    const rgba = new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 16, 32, 48, 255])
    const png = readPng(encodePng(rgba, 2, 2))
    expect([png.width, png.height, png.bitDepth, png.colourType]).toEqual([2, 2, 8, 2])
    expect([png.at(0, 0), png.at(1, 0), png.at(0, 1), png.at(1, 1)]).toEqual([
      '#FF0000',
      '#00FF00',
      '#0000FF',
      '#102030',
    ])
  })
})

describe('a painted picture', () => {
  it.each(['light', 'dark'] as const)(
    'of every chart in the gallery is 1200 × 720, opaque, framed by the %s background and not blank',
    async theme => {
      for (const { name, chart } of galleryCharts) {
        const png = readPng(await painters.paint(chart, theme))
        expect([name, png.width, png.height, png.bitDepth, png.colourType]).toEqual([name, 1200, 720, 8, 2])
        const ground = looks[theme].background
        for (const [x, y] of [
          [0, 0],
          [1199, 0],
          [0, 719],
          [1199, 719],
          [600, 4],
          [4, 360],
        ] as const)
          expect([name, png.at(x, y)]).toEqual([name, ground])
        expect([name, inkOf(png.data, ground) > 2000]).toEqual([name, true])
      }
    },
    60_000,
  )

  it('has the highlight colour in the longest bar and the tint in the others', async () => {
    const chart = sample('bar')
    const png = readPng(await painters.paint(chart, 'light'))
    const fills = rowsOf(chart, 'bars').map(bar => {
      const middle = { x: Number(bar.x) + Number(bar.width) / 2, y: Number(bar.y) + Number(bar.height) / 2 }
      return png.at(Math.round(middle.x * 2), Math.round(middle.y * 2))
    })
    expect(fills).toEqual([looks.light.primary, ...Array.from({ length: 6 }, () => looks.light.tint)])
  })

  it('is drawn anew over the one before', async () => {
    const first = Buffer.from(await painters.paint(sample('hard-no-rows'), 'light'))
    await painters.paint(sample('heatmap'), 'dark')
    expect(Buffer.from(await painters.paint(sample('hard-no-rows'), 'light')).equals(first)).toBe(true)
  })

  it.each(['القاهرة', 'חיפה', '上海', '東京です', '서울', '😀', 'Łódź', 'Αθήνα', 'Москва'])(
    'writes %s with letters, not with empty boxes',
    async name => {
      const of = async (text: string) => {
        const png = readPng(
          await painters.paint(
            { kind: 'kpi', title: text, subtitle: '', alt: '', value: 1, format: { kind: 'number' } },
            'light',
          ),
        )
        return titleRegion(png)
      }
      const box = await of('\u{10FFFD}'.repeat([...name].length))
      expect(await of(name)).not.toBe(box)
    },
  )

  it('is small enough to send: at most 250 kB', async () => {
    for (const { name, chart } of galleryCharts) {
      const { length } = await painters.paint(chart, 'light')
      expect([name, length < 250_000]).toEqual([name, true])
    }
  }, 60_000)
})

const inkOf = (data: Uint8Array, ground: string): number => {
  const blank = Number.parseInt(ground.slice(1, 3), 16)
  let ink = 0
  for (let at = 1; at < data.length; at += 3) if (data[at] !== blank && data[at] !== 0) ink += 1
  return ink
}

const titleRegion = (png: ReturnType<typeof readPng>): string => {
  let out = ''
  for (let y = 36; y < 80; y += 2) for (let x = 42; x < 300; x += 2) out += png.at(x, y) === '#FFFFFF' ? '.' : '#'
  return out
}
