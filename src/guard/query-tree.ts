/** What a SELECT gives, and what that is made of, free of the parsers' own shapes: enough to tell what a number is, not to write it again. */
export type QueryTree = {
  ctes: { name: string; columns: string[]; query: QueryTree }[]
  from: Source[]
  outputs: Output[]
}

export type Source = { name: string } & ({ table: string } | { query: QueryTree; columns: string[] })

/** `star`: all columns of a source, or of all. */
export type Output = { star: true; of?: string } | { name?: string; made: Made }

/** How a value is made. */
export type Made =
  | { by: 'column'; path: string[] }
  | { by: 'number' }
  /** A function or an operator, in lower case. What WITHIN GROUP sorts by is its first argument. */
  | { by: 'call'; name: string; of: Made[] }
  /** One of several: CASE, COALESCE, and a cast or NULLIF, which give what they take. */
  | { by: 'choice'; of: Made[] }
  | { by: 'query'; query: QueryTree }
  | { by: 'unknown' }

export const unknown: Made = { by: 'unknown' }
