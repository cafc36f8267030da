/** All strings within a value made harmless by {@link harmlessText}; everything else as it is. */
export const harmless = <T>(value: T): T => clean(value) as T

/**
 * A text that a terminal shows as it is, on one line: control characters become their pictures (␛), line breaks and tabs spaces;
 * characters that are invisible or turn the reading direction go, and a right-to-left word cannot reorder what stands beside it.
 */
export const harmlessText = (text: string): string => {
  if (plain.test(text)) return text
  const shown = text
    .toWellFormed()
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(controls, pictureOf)
    .replace(/[\p{Default_Ignorable_Code_Point}\u061c]/gu, c => (joiners.has(c) ? c : ''))
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
  return rightToLeft.test(shown) ? `${leftToRightMark}${shown}${leftToRightMark}` : shown
}

const clean = (value: unknown): unknown => {
  if (typeof value === 'string') return harmlessText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, clean(part)]))
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f]/g

const pictureOf = (c: string) => {
  const code = c.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '␡' : '�'
}

const plain = /^[\u0020-\u007e]*$/
/** Emoji and several scripts need them between their parts. */
const joiners = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f'])
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
const leftToRightMark = '\u200e'
