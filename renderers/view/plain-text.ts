/**
 * A text as one line that a chat shows as it is: no control characters, none that turn the reading direction or are invisible, at most
 * three marks on one letter. Emoji and the joiners that scripts and emoji need stay.
 */
export const plainText = (text: string): string =>
  plainLines(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim()

/** The same with its line breaks; a tab is two spaces, and no more than one line in a row is empty. */
export const plainLines = (text: string): string => {
  if (harmless.test(text)) return text
  return text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', '  ')
    .replace(controls, '')
    .replace(/[\p{Default_Ignorable_Code_Point}\u061c]/gu, c => (joiners.has(c) ? c : ''))
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\n{3,}/g, '\n\n')
}

/** The text, or as much as fits with "…"; no character is split. `size` measures what the limit counts, character by character. */
export const cut = (text: string, most: number, size: (text: string) => number = length): string => {
  if (size === length && text.length <= most) return text
  const room = most - size('…')
  let used = 0
  let kept = 0
  // Segments come one by one: of a text that is far too long only the beginning is read.
  for (const { segment, index } of graphemes.segment(text)) {
    used += size(segment)
    if (used > most) return `${text.slice(0, kept).trimEnd()}…`
    if (used <= room) kept = index + segment.length
  }
  return text
}

/**
 * A line that runs from left to right although words in it run the other way: what is behind such a word stays behind it. A text with
 * nothing else in it is left as it is.
 */
export const leftToRight = (text: string): string =>
  rightToLeft.test(text) && otherwise.test(text) ? `${mark}${text.replace(rightToLeftRun, `$&${mark}`)}` : text

/** Bytes in UTF-8. */
export const bytes = (text: string): number => Buffer.byteLength(text)

const length = (text: string) => text.length
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const harmless = /^[\u0020-\u007e]*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g
const mark = '\u200e'
const letter = '[\\p{sc=Arab}\\p{sc=Hebr}\\p{sc=Syrc}\\p{sc=Thaa}\\p{sc=Nkoo}]'
const rightToLeft = new RegExp(letter, 'u')
const rightToLeftRun = new RegExp(`${letter}(?:(?:${letter}|[\\p{M}\\p{P}\\s])*${letter}\\p{M}*)?`, 'gu')
const otherwise = new RegExp(`(?!${letter})[\\p{L}\\p{N}]`, 'u')
const joiners = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f'])
