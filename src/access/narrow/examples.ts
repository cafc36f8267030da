/** Something that has names in questions. */
type Thing = { name: string; label: string; synonyms: readonly string[] }

/** Whether a question names none of the things, in words, whatever their case and number. */
export const namesNothing = (things: readonly Thing[]): ((question: string) => boolean) => {
  const names = things.flatMap(({ name, label, synonyms }) => [name, label, ...synonyms]).map(words)
  return question => {
    const text = ` ${words(question)} `
    return !names.some(name => name !== '' && (text.includes(` ${name} `) || text.includes(` ${name}s `)))
  }
}

const words = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
