/** What of a dialect may be used: lists of names as the outline has them. What is on no list is refused. */
export type Language = {
  /** Node kinds, joins and clauses. */
  kinds: ReadonlySet<string>
  /** Functions and operators; names in lower case. */
  functions: ReadonlySet<string>
  /** Functions that may stand where a table stands. */
  tableFunctions: ReadonlySet<string>
  /** Those that make one row of many when they have no OVER. */
  aggregates: ReadonlySet<string>
  /** Types that values may be cast to. */
  types: ReadonlySet<string>
  /** Words without brackets that ask for the clock or the session. */
  sessionWords: ReadonlySet<string>
  /** Literals that mean the clock when they are cast to a date or time. */
  clockTexts: ReadonlySet<string>
  /** Names that act as functions when they stand behind a table's name: `orders.to_jsonb` is `to_jsonb(orders)` in PostgreSQL. */
  rowFunctions: ReadonlySet<string>
  /** The form in which two names are compared. */
  same(name: string): string
}
