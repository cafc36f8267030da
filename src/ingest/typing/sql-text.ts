/** A string as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** A name as a quoted SQL identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** White space at the ends, the no-break kind too, is no part of a value. */
export const trimmed = (expression: string): string => `trim(${expression}, ' \t\r\n\u00a0\ufeff')`

/** A text without spaces at its ends. Most have none, and looking is four times as fast as trimming. */
export const trimmedSpaces = (name: string): string =>
  `CASE WHEN ${name} LIKE ' %' OR ${name} LIKE '% ' THEN trim(${name}) ELSE ${name} END`
