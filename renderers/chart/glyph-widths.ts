const regular = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610, 618, 646, 593, 620,
  566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601, 590, 746, 743, 269, 571, 672, 565, 903,
  753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682, 679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612,
  583, 370, 613, 591, 242, 242, 549, 242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426,
  333, 426, 662,
]
const bold = [
  237, 338, 552, 649, 655, 1016, 672, 339, 377, 377, 559, 679, 334, 468, 334, 388, 674, 431, 630, 646, 676, 622, 649,
  582, 651, 649, 334, 343, 679, 679, 679, 560, 1016, 747, 662, 740, 722, 607, 587, 750, 747, 281, 584, 719, 565, 932,
  762, 771, 648, 777, 657, 655, 667, 732, 747, 1038, 738, 731, 664, 377, 388, 377, 487, 476, 365, 581, 630, 588, 630,
  596, 398, 632, 623, 271, 271, 580, 271, 913, 623, 613, 630, 630, 407, 560, 366, 623, 600, 850, 580, 602, 573, 469,
  372, 469, 679,
]

const emoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u
const zero = /^[\p{M}\p{Cf}]$/u
const wide = /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\u3000-\u303f\uff01-\uff60]$/u
const rightToLeft = /^[\p{scx=Arab}\p{scx=Hebr}]$/u
const upper = /^\p{Lu}$/u
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * How wide a text is in CSS pixels when drawn in Inter: the font's own advances for ASCII (regular and bold, straight between),
 * a safe guess by script for the rest. Layout needs it where no canvas is at hand.
 */
export const textWidth = (text: string, fontSize: number, weight: number): number => {
  const share = Math.min(1, Math.max(0, (weight - 400) / 300))
  let units = 0
  for (const { segment } of graphemes.segment(text)) units += graphemeUnits(segment, share)
  return (units * fontSize) / 1000
}

/** The pieces a reader sees as one character. */
export const splitGraphemes = (text: string): string[] => [...graphemes.segment(text)].map(s => s.segment)

const graphemeUnits = (grapheme: string, share: number): number => {
  if (emoji.test(grapheme)) return 1030
  if (wide.test(grapheme)) return 1000
  let units = 0
  for (const char of grapheme.normalize('NFD')) units += charUnits(char, share)
  return units
}

const charUnits = (char: string, share: number): number => {
  const thin = regular[char.charCodeAt(0) - 32]
  if (thin !== undefined) return thin + ((bold[char.charCodeAt(0) - 32] ?? thin) - thin) * share
  if (zero.test(char)) return 0
  if (wide.test(char)) return 1000
  if (rightToLeft.test(char)) return 560
  if (char === '…') return 920
  return (upper.test(char) ? 760 : 640) + 30 * share
}
