/** Something people call by several names. */
export type Named = { name: string; label: string; synonyms: readonly string[] }

/** A thing that was named in a text, and the words around the name. */
export type NameFound<T> = { found: T; rest: string }

/**
 * Finds the thing whose name, label or synonym the text begins with, else has anywhere; the longest name wins. Case, plurals and
 * `_` or `-` for spaces do not matter.
 */
export const findName = <T extends Named>(text: string, things: readonly T[]): NameFound<T> | undefined => {
  const spellings = things
    .flatMap(found => namesOf(found).map(name => ({ found, name })))
    .sort((a, b) => b.name.length - a.name.length)
  for (const start of ['^', '(?<=^|\\s)']) {
    for (const { found, name } of spellings) {
      const match = new RegExp(`${start}${pattern(name)}(?=$|[\\s?!.,:;])`, 'iu').exec(text)
      if (match) return { found, rest: without(text, match.index, match[0].length) }
    }
  }
  return undefined
}

/** The things with a name close to the first words of a text, nearest first, each with the words that follow. */
export const nearNames = <T extends Named>(
  text: string,
  things: readonly T[],
  near: (word: string, among: readonly string[]) => string[],
): { read: string; found: T; rest: string }[] => {
  const words = text.split(/\s+/).filter(Boolean)
  const results: { read: string; found: T; rest: string }[] = []
  for (let n = Math.min(words.length, mostWordsOfName); n > 0; n--) {
    const read = words.slice(0, n).join(' ')
    if (read.length > longestName) continue
    for (const name of near(read, things.flatMap(namesOf))) {
      const found = things.find(thing => namesOf(thing).includes(name))
      if (found && !results.some(r => r.found === found)) results.push({ read, found, rest: words.slice(n).join(' ') })
    }
  }
  return results
}

const mostWordsOfName = 4
const longestName = 80

const namesOf = ({ name, label, synonyms }: Named) => [name, label, ...synonyms].filter(Boolean)

const pattern = (name: string) => {
  const words = name
    .trim()
    .split(/[\s_-]+/)
    .map(word => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return `${words.join('[\\s_-]+')}s?`
}

const without = (text: string, at: number, length: number) =>
  `${text.slice(0, at)} ${text.slice(at + length).replace(/^[?!.,:;]+/, '')}`.replace(/\s+/g, ' ').trim()
