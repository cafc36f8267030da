import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeIndexedPng } from '#renderers/chart/encode-indexed-png.ts'
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

describe('the PNG encoder with a palette', () => {
  const pixelsOf = (colours: number[]) =>
    new Uint8ClampedArray(colours.flatMap(c => [c >> 16, (c >> 8) & 255, c & 255, 255]))
  const texts = (png: ReturnType<typeof readPng>) =>
    Array.from({ length: png.width * png.height }, (_, i) => png.at(i % png.width, Math.floor(i / png.width)))

  it('writes what a reader reads back, colour for colour when nothing is tolerated', () => {
    const rgba = pixelsOf([0xff0000, 0x00ff00, 0x00fe00, 0x102030])
    const png = readPng(encodeIndexedPng(rgba, { width: 2, height: 2, tolerance: 0 }))
    expect([png.width, png.height, png.bitDepth, png.colourType, png.colours]).toEqual([2, 2, 8, 3, 4])
    expect(texts(png)).toEqual(['#FF0000', '#00FF00', '#00FE00', '#102030'])
  })

  it('keeps the commonest colour and turns those near to it into it', () => {
    const rgba = pixelsOf([0xfefefe, 0xffffff, 0xffffff, 0xf0f0f0])
    const png = readPng(encodeIndexedPng(rgba, { width: 4, height: 1, tolerance: 4 }))
    expect(texts(png)).toEqual(['#FFFFFF', '#FFFFFF', '#FFFFFF', '#F0F0F0'])
  })

  it('takes the nearest of several that would do', () => {
    const rgba = pixelsOf([0x000000, 0x000000, 0x080000, 0x080000, 0x050000])
    const png = readPng(encodeIndexedPng(rgba, { width: 5, height: 1, tolerance: 7 }))
    expect(texts(png)).toEqual(['#000000', '#000000', '#080000', '#080000', '#080000'])
  })

  it('never has more than 256 colours, however many there are', () => {
    const rgba = pixelsOf(Array.from({ length: 4096 }, (_, i) => (i % 64) * 4 * 65536 + Math.floor(i / 64) * 4))
    const png = readPng(encodeIndexedPng(rgba, { width: 64, height: 64, tolerance: 0 }))
    expect(png.colours).toBeLessThanOrEqual(256)
    expect(png.colours).toBeGreaterThan(100)
  })
})

describe('a painted picture', () => {
  it.each(['light', 'dark'] as const)(
    'of every chart in the gallery is 1200 × 720, at most 250 kB, opaque, framed by the %s background and not blank',
    async theme => {
      for (const { name, chart } of galleryCharts) {
        const bytes = await painters.paint(chart, theme)
        const png = readPng(bytes)
        expect([name, png.width, png.height, png.bitDepth, png.colourType]).toEqual([name, 1200, 720, 8, 2])
        expect([name, bytes.length < 250_000]).toEqual([name, true])
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

  // One of every kind, and those with the most ink and colours: they are what does not fit.
  const light = ['kpi', 'bar', 'line-forecast', 'donut', 'heatmap', 'histogram-many', 'tilemap', 'table']
  const dark = ['area', 'bar-stacked-rows', 'scatter-2000', 'facet-24', 'hard-annotations']
  it.each([...light.map(name => [name, 'light'] as const), ...dark.map(name => [name, 'dark'] as const)])(
    'in small (%s, %s) has a palette, at most 24 kB and 1020 × 612, and the background to its edges',
    async (name, theme) => {
      const ground = looks[theme].background
      const bytes = await painters.paint(sample(name), theme, { format: 'small' })
      const png = readPng(bytes)
      const sizes = ['1020 × 612', '800 × 480', '600 × 360']
      expect([name, png.colourType, bytes.length <= 24_000]).toEqual([name, 3, true])
      expect(sizes).toContain(`${png.width} × ${png.height}`)
      const [right, bottom] = [png.width - 1, png.height - 1]
      const edges = [png.at(0, 0), png.at(right, 0), png.at(0, bottom), png.at(right, bottom), png.at(4, bottom)]
      expect([name, ...edges]).toEqual([name, ...edges.map(() => ground)])
      expect([name, inkOf(png.data, ground) > 600]).toEqual([name, true])
    },
  )

  it.each(['bar', 'kpi', 'donut', 'line', 'heatmap'])('in small keeps all 1020 × 612 for a %s', async name => {
    const png = readPng(await painters.paint(sample(name), 'light', { format: 'small' }))
    expect([png.width, png.height]).toEqual([1020, 612])
  })

  it('in small has the very colours of the theme in its areas', async () => {
    const chart = sample('bar')
    const png = readPng(await painters.paint(chart, 'light', { format: 'small' }))
    const fills = rowsOf(chart, 'bars').map(bar => {
      const middle = { x: Number(bar.x) + Number(bar.width) / 2, y: Number(bar.y) + Number(bar.height) / 2 }
      return png.at(Math.round(middle.x * 1.7), Math.round(middle.y * 1.7))
    })
    expect(fills).toEqual([looks.light.primary, ...Array.from({ length: 6 }, () => looks.light.tint)])
  })
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
