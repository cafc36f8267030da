/** A name for a file that people download: letters, digits and dashes of the words, at most 60. */
export const fileName = (words: string): string =>
  words
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+/, '')
    .slice(0, 60)
    .replace(/-+$/, '')
    .toLowerCase() || 'answer'
