import { tokens } from './labels.ts'
import type { NameParts } from './name-parts.ts'

/** A header as people would write it in a title: units_in_stock → "Units in stock", "Cost Total $" → "Cost Total", "freight_cost_usd" → "Freight cost", US Gross stays. */
export const humanise = (label: string, parts?: NameParts): string => {
  const plain = label
    .replace(/\s*[([][^)\]]*[)\]]\s*$/, '')
    .replace(/[$€£¥₹%]/g, ' ')
    .replace(/_+/g, ' ')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/\s+/g, ' ')
    .trim()
  const shouted = plain === plain.toUpperCase() && plain.length > 5 && /\p{L}/u.test(plain)
  const text = withoutUnit(shouted ? plain.toLowerCase() : plain, parts)
  return capital(text || label.trim())
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** What a flag says when it is set: "is_active" → active, "hazmat_flag" → hazmat. */
export const flagWords = (label: string): string =>
  tokens(label)
    .filter((w, i, all) => w !== 'flag' && !(i === 0 && all.length > 1 && ['is', 'has', 'was', 'are'].includes(w)))
    .join(' ')

/** A label inside a sentence: "Units in stock" → units in stock, "US Gross" → US gross. */
export const inSentence = (label: string): string =>
  label.replace(/\p{L}+/gu, w => (/^\p{Lu}\p{Ll}+$/u.test(w) ? w.toLowerCase() : w))

const withoutUnit = (text: string, parts?: NameParts) => {
  const words = text.split(' ')
  return parts && parts.told > 0 && parts.told < words.length ? words.slice(0, -parts.told).join(' ') : text
}
