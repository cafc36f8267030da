declare module 'damerau-levenshtein' {
  /** `steps` is the number of edits; swapping two neighbours is one. `similarity` runs from 0 to 1. */
  export default function distance(a: string, b: string): { steps: number; relative: number; similarity: number }
}
