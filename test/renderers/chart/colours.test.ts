import { describe, expect, it } from 'vitest'
import { contrast, mix, rampColour, readable } from '#renderers/chart/colour.ts'
import { looks } from '#renderers/chart/theme.ts'

describe('contrast', () => {
  it('is 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 6)
    expect(contrast('#1D4ED8', '#1D4ED8')).toBe(1)
  })
  it('knows the textbook grey that just passes on white', () => {
    expect(contrast('#767676', '#FFFFFF')).toBeCloseTo(4.54, 2)
  })
  it('picks the more readable of two colours', () => {
    expect(readable('#1E3A8A', ['#0F172A', '#FFFFFF'])).toBe('#FFFFFF')
    expect(readable('#DBEAFE', ['#0F172A', '#FFFFFF'])).toBe('#0F172A')
  })
})

describe('mixing', () => {
  it('goes straight between two colours', () => expect(mix('#000000', '#FF8000', 0.5)).toBe('#804000'))
  it('keeps the ends of a ramp, also beyond them', () => {
    expect(rampColour(['#112233', '#445566', '#778899'], 0)).toBe('#112233')
    expect(rampColour(['#112233', '#445566', '#778899'], 0.5)).toBe('#445566')
    expect(rampColour(['#112233', '#445566', '#778899'], 7)).toBe('#778899')
  })
})

describe.each(['light', 'dark'] as const)('the %s look', name => {
  const look = looks[name]
  it.each(['text', 'soft', 'faint', 'good', 'bad', 'primary'] as const)('writes %s at 4.5:1 or better', key => {
    expect(contrast(look[key], look.background)).toBeGreaterThanOrEqual(4.5)
  })
  it('names every series at 4.5:1 or better', () => {
    for (const ink of look.ink) expect(contrast(ink, look.background)).toBeGreaterThanOrEqual(4.5)
  })
  it('draws every series at 2.3:1 or better', () => {
    for (const colour of look.palette) expect(contrast(colour, look.background)).toBeGreaterThanOrEqual(2.3)
  })
  it('has seven series colours, each its own, and a label colour for each', () => {
    expect(new Set(look.palette).size).toBe(7)
    expect(look.ink).toHaveLength(7)
  })
  it('has text on any step of its ramps at 4.5:1 or better, but for the middle blues and ambers at 4:1', () => {
    for (const ramp of [look.ramp, look.negativeRamp])
      for (let i = 0; i <= 40; i += 1) {
        const ground = rampColour(ramp, i / 40)
        expect(contrast(readable(ground, ['#0F172A', '#FFFFFF']), ground)).toBeGreaterThanOrEqual(4)
      }
  })
})

it('uses the palettes that were found by search for colour-blind sight', () => {
  expect(looks.light.palette.join(' ')).toBe('#1D4ED8 #E58F12 #068674 #D51259 #3CA7F9 #4B2162 #9BA4B0')
  expect(looks.dark.palette.join(' ')).toBe('#90A4E0 #D6AF58 #07B19F #F3518C #EDF8FC #B257F8 #A9D8F9')
})
