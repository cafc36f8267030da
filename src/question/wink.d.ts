declare module 'wink-lemmatizer' {
  const lemmatizer: { noun(word: string): string; verb(word: string): string; adjective(word: string): string }
  export default lemmatizer
}
declare module 'damerau-levenshtein' {
  export default function distance(a: string, b: string): { steps: number; relative: number; similarity: number }
}
