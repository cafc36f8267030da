import type { Random } from '../random.ts'

/** The text as somebody in a hurry types it: some in small letters, without a question mark, with a letter lost, doubled or swapped. */
export const mistype = (text: string, random: Random): string => {
  const small = random.chance(45) ? text.toLowerCase() : text
  const open = random.chance(50) ? small.replace(/[?.!]+$/, '') : small
  const slipped = random.chance(22) ? slip(open, random) : open
  return random.chance(3) ? `${slipped}${random.pick(['  ', '!!', ' ??', ' pls', ' thx', ' 🙏'])}` : slipped
}

/** One slip in one word of plain letters; numbers stay as they are, or nobody would find the part. */
const slip = (text: string, random: Random): string => {
  const words = text.split(' ')
  const long = words.flatMap((word, i) => (/^\p{L}{4,}$/u.test(word) ? [i] : []))
  if (long.length === 0) return text
  const place = random.pick(long)
  return words.with(place, slipIn(words[place]!, random)).join(' ')
}

const slipIn = (word: string, random: Random): string => {
  const at = 1 + random.below(word.length - 2)
  const [before, letter, next, after] = [word.slice(0, at), word[at]!, word[at + 1]!, word.slice(at + 2)]
  return random.pick([before + next + after, before + letter + letter + next + after, before + next + letter + after])
}
