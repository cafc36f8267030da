const always = ['Inter', 'Noto Sans Arabic', 'Noto Sans Hebrew', 'Twemoji'] as const

export type EastAsian = 'sc' | 'jp' | 'kr'

/** The family that each East Asian font is registered under. */
export const eastAsianFamily: Record<EastAsian, string> = {
  sc: 'Noto Sans SC',
  jp: 'Noto Sans JP',
  kr: 'Noto Sans KR',
}

/**
 * Which East Asian fonts a text needs, the leading one first. Han characters look different in each language: Japanese when
 * there are kana, Korean when there is Hangul, else Chinese. The others follow, for characters the first does not have.
 */
export const eastAsianFonts = (text: string): EastAsian[] => {
  if (!/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\u3000-\u303f\uff00-\uffef]/u.test(text)) return []
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)
  const korean = /\p{Script=Hangul}/u.test(text)
  return japanese ? ['jp', 'sc', 'kr'] : korean ? ['kr', 'sc', 'jp'] : ['sc', 'jp', 'kr']
}

/** The font list of a picture that has these words. Emoji come last: their font has no space. */
export const fontFamily = (text: string): string => {
  const [inter, arabic, hebrew, emoji] = always
  const east = eastAsianFonts(text).map(key => eastAsianFamily[key])
  return [inter, ...east, arabic, hebrew, emoji].map(name => (name.includes(' ') ? `"${name}"` : name)).join(', ')
}
