/** A list of names written as text, spaces between them. */
export const words = (...texts: string[]): ReadonlySet<string> =>
  new Set(texts.flatMap(text => text.trim().split(/\s+/)))
