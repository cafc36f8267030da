import { cut, plainText } from '../view/plain-text.ts'

/**
 * A text as one line of at most `most` characters, cut with "…". Of a text that is far longer only the beginning is looked at: a table can
 * hold thousands of them.
 */
export const clipped = (text: string, most: number): string => {
  const enough = most * 8 + 64
  if (!(text.length > enough)) return cut(plainText(text), most)
  return cut(`${plainText(text.slice(0, enough))}…`, most)
}
