import { createCanvas } from 'canvas'
import { beforeAll, describe, expect, it } from 'vitest'
import { eastAsianFonts, fontFamily } from '#renderers/chart/font-family.ts'
import { registerFonts } from '#renderers/chart/fonts.ts'
import { textWidth } from '#renderers/chart/glyph-widths.ts'
import { clean, named, shorten, wrap } from '#renderers/chart/text.ts'

const type = { size: 14.5, weight: 500 }

describe('clean', () => {
  it('makes one line of line breaks, tabs and runs of spaces', () => expect(clean(' a\r\nb\tc   d ')).toBe('a b c d'))
  it('drops control characters, terminal colours and text that turns around', () => {
    expect(clean('\u001b[31mred\u0000\u0007 \u202Eabc\u202C')).toBe('red abc')
  })
  it('replaces half a surrogate pair', () => expect(clean('\uD83D x')).toBe('\uFFFD x'))
  it('keeps three marks on a letter', () =>
    expect(clean('e\u0301\u0302\u0303\u0304\u0305')).toBe('e\u0301\u0302\u0303'))
  it('keeps the joiner inside an emoji', () => expect(clean('👩‍👩‍👧')).toBe('👩‍👩‍👧'))
  it('ends after 300 characters', () => expect(clean('x'.repeat(10_000))).toHaveLength(300))
  it('leaves nothing of what cannot be seen, which is then called blank', () => {
    expect(clean('\u200B\u0000\u2060')).toBe('')
    expect(named('')).toBe('(blank)')
    expect(named('Texas')).toBe('Texas')
  })
})

describe('shorten', () => {
  it('leaves what fits', () => expect(shorten('Texas', 200, type)).toBe('Texas'))
  it('ends with an ellipsis and fits', () => {
    const short = shorten('International Business Machines', 120, type)
    expect(short).toMatch(/^International.*…$/)
    expect(textWidth(short, type.size, type.weight)).toBeLessThanOrEqual(120)
  })
  it('never cuts a family in two', () => expect(shorten('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 44, type)).toBe('👩‍👩‍👧👩‍👩‍👧…'))
  it('is an ellipsis when nothing fits', () => expect(shorten('Texas', 1, type)).toBe('…'))
})

describe('wrap', () => {
  it('breaks between words and shortens the last line', () => {
    expect(wrap('New warehouse in Ohio opened today at noon', { width: 120, lines: 2, type })).toEqual([
      'New warehouse',
      'in Ohio opened…',
    ])
  })
  it('shortens a single word that is too long', () => {
    expect(wrap('Donaudampfschifffahrt', { width: 60, lines: 2, type })).toEqual(['Donau…'])
  })
})

describe('the width of a text', () => {
  beforeAll(registerFonts)
  it.each([
    ['Revenue by channel, October 2026', 21, 700],
    ['Organic search brings a third of $545k', 15, 400],
    ['North Carolina', 14.5, 500],
    ['−$18.4k', 14.5, 600],
    ['São Paulo, Łódź, Reykjavík', 14.5, 500],
  ] as const)('of %j is within 3 %% of what the canvas draws', (text, size, weight) => {
    const context = createCanvas(10, 10).getContext('2d')
    context.font = `${weight} ${size}px ${fontFamily(text)}`
    const drawn = context.measureText(text).width
    expect(textWidth(text, size, weight) / drawn).toBeGreaterThan(0.97)
    expect(textWidth(text, size, weight) / drawn).toBeLessThan(1.03)
  })
  it.each(['المبيعات حسب المنطقة', 'מכירות לפי אזור', 'Москва продажи', '😀🇩🇪👩‍👩‍👧'])(
    'of %s is never guessed too small',
    text => {
      const context = createCanvas(10, 10).getContext('2d')
      context.font = `500 14px ${fontFamily(text)}`
      expect(textWidth(text, 14, 500)).toBeGreaterThanOrEqual(context.measureText(text).width * 0.97)
    },
  )
})

describe('fonts', () => {
  it('need no East Asian ones for other scripts', () => expect(eastAsianFonts('Łódź القاهرة חיפה 😀 €')).toEqual([]))
  it('lead with the language that the letters belong to', () => {
    expect(eastAsianFonts('東京')[0]).toBe('sc')
    expect(eastAsianFonts('東京です')[0]).toBe('jp')
    expect(eastAsianFonts('서울 東京')[0]).toBe('kr')
  })
  it('list emoji last, because their font has no space', () => {
    expect(fontFamily('abc')).toBe('Inter, "Noto Sans Arabic", "Noto Sans Hebrew", Twemoji')
  })
})
