/**
 * A value as JSON that PostgreSQL keeps as jsonb. Two things that JavaScript texts may hold and jsonb may not, NUL and halves of a pair
 * of code units, become U+FFFD (https://www.postgresql.org/docs/18/datatype-json.html).
 */
export const toJsonb = (value: unknown): string =>
  JSON.stringify(value).replace(/\\(u0000|ud[89a-f][0-9a-f]{2}|.)/g, (escaped, what: string) =>
    what.length === 5 && /^(u0000|ud[89a-f])/.test(what) ? '\ufffd' : escaped,
  )
