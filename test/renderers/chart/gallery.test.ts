import { describe, expect, it } from 'vitest'
import { problemsOf } from '#renderers/chart/check.ts'
import { draw } from '#renderers/chart/draw.ts'
import { textWidth } from '#renderers/chart/glyph-widths.ts'
import type { Row } from '#renderers/chart/spec.ts'
import { chartKinds } from '#src/vocabulary/chart.ts'
import { galleryCharts } from '#test/gallery/charts.ts'
import { rowsOf } from './pictures.ts'

type Area = { text: string; left: number; right: number; top: number; bottom: number }

const areaOf = (row: Row): Area => {
  const [x, y, size] = [Number(row.x), Number(row.y), Number(row.fontSize)]
  const width = textWidth(String(row.text), size, Number(row.fontWeight))
  const left = row.align === 'right' ? x - width : row.align === 'center' ? x - width / 2 : x
  return { text: String(row.text), left, right: left + width, top: y - size * 0.42, bottom: y + size * 0.36 }
}

const touch = (a: Area, b: Area) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

describe('the gallery', () => {
  it('has every kind', () => {
    expect(new Set(galleryCharts.map(sample => sample.chart.kind))).toEqual(new Set(chartKinds))
  })
  it('has names that are all different', () => {
    expect(new Set(galleryCharts.map(sample => sample.name)).size).toBe(galleryCharts.length)
  })
  describe.each(galleryCharts)('$name', ({ chart }) => {
    it('passes the check', () => {
      expect(problemsOf(draw(chart, 'light'))).toEqual([])
      expect(problemsOf(draw(chart, 'dark'))).toEqual([])
    })
    it('keeps all words inside the picture', () => {
      for (const area of rowsOf(chart, 'text').map(areaOf)) {
        expect(area.left, area.text).toBeGreaterThanOrEqual(4)
        expect(area.right, area.text).toBeLessThanOrEqual(596)
        expect(area.top, area.text).toBeGreaterThanOrEqual(4)
        expect(area.bottom, area.text).toBeLessThanOrEqual(356)
      }
    })
    it('has no words on other words', () => {
      const areas = rowsOf(chart, 'text').map(areaOf)
      const touching = areas.flatMap((a, i) =>
        areas.slice(i + 1).flatMap(b => (touch(a, b) ? [`${a.text} / ${b.text}`] : [])),
      )
      expect(touching).toEqual([])
    })
    it('has no words smaller than 11.5 pixels', () => {
      expect(Math.min(...rowsOf(chart, 'text').map(row => Number(row.fontSize)))).toBeGreaterThanOrEqual(11.5)
    })
  })
})
