import { splitGraphemes, textWidth } from './glyph-widths.ts'

const mostCharacters = 300

/**
 * Any string as one line that can be drawn: no line breaks, control or invisible direction characters, no lone surrogates,
 * at most three marks on a letter, at most 300 characters.
 */
export const clean = (text: string): string =>
  text
    .slice(0, 4 * mostCharacters)
    .toWellFormed()
    .replace(/\p{Cc}\[[\d;]*[A-Za-z]/gu, ' ')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+/gu, ' ')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, mostCharacters)
    .toWellFormed()

/** What stands for a name that has nothing to read. */
export const named = (name: string): string => (name === '' ? '(blank)' : name)

export type Type = { size: number; weight: number }

/** The text, or as much of its beginning as fits into `width` pixels with an ellipsis. Never cuts inside a character. */
export const shorten = (text: string, width: number, { size, weight }: Type): string => {
  if (textWidth(text, size, weight) <= width) return text
  const pieces = splitGraphemes(text)
  const room = width - textWidth('…', size, weight)
  let used = 0
  let kept = 0
  for (const piece of pieces) {
    used += textWidth(piece, size, weight)
    if (used > room) break
    kept += 1
  }
  return `${pieces.slice(0, kept).join('').trimEnd()}…`
}

/** The text in at most `lines` lines of `width` pixels, broken between words; the last line is shortened. */
export const wrap = (text: string, { width, lines, type }: { width: number; lines: number; type: Type }): string[] => {
  const out: string[] = []
  let rest = text.split(' ')
  while (rest.length > 0 && out.length < lines - 1) {
    const count = wordsThatFit(rest, width, type)
    if (count === 0) break
    out.push(rest.slice(0, count).join(' '))
    rest = rest.slice(count)
  }
  return rest.length > 0 ? [...out, shorten(rest.join(' '), width, type)] : out
}

const wordsThatFit = (words: string[], width: number, { size, weight }: Type): number => {
  let count = 0
  while (count < words.length && textWidth(words.slice(0, count + 1).join(' '), size, weight) <= width) count += 1
  return count
}

/** The widest of some texts, 0 for none. */
export const widest = (texts: readonly string[], { size, weight }: Type): number =>
  texts.reduce((most, text) => Math.max(most, textWidth(text, size, weight)), 0)
