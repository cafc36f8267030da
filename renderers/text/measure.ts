import stringWidth from 'string-width'

/** Terminal cells that a text takes: 2 for wide characters and emoji, 0 for marks. */
export const cells = (text: string): number => stringWidth(text)

export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)))
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - cells(text))) + text

/** The text, or as much as fits and "…". Never splits a character of several code points. */
export const cut = (text: string, width: number): string =>
  cells(text) <= width ? text : `${head(text, width - 1)[0]}…`

/** Lines of at most `width` cells, broken between words; longer words are broken within. */
export const wrap = (text: string, width: number): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text
    .split(' ')
    .filter(Boolean)
    .flatMap(w => pieces(w, width))) {
    if (line && cells(line) + 1 + cells(word) > width) {
      lines.push(line)
      line = ''
    }
    line = line ? `${line} ${word}` : word
  }
  return line ? [...lines, line] : lines
}

/** Wrapped with what stands before the first line, and as many spaces before the others. */
export const hang = (before: string, text: string, width: number): string[] => {
  const indent = cells(before)
  return wrap(text, Math.max(10, width - indent)).map((line, i) => (i === 0 ? before : ' '.repeat(indent)) + line)
}

const pieces = (word: string, width: number): string[] => {
  const parts: string[] = []
  let rest = word
  while (cells(rest) > width) {
    const [part, after] = head(rest, width)
    if (!part) break
    parts.push(part)
    rest = after
  }
  return [...parts, rest]
}

const graphemes = new Intl.Segmenter()

const head = (text: string, width: number): [string, string] => {
  let used = 0
  for (const { segment, index } of graphemes.segment(text)) {
    used += cells(segment)
    if (used > width) return [text.slice(0, index), text.slice(index)]
  }
  return [text, '']
}
