import type { Rule } from '../rule.ts'

/** Only plain types: a name could be anything that the database makes of it. */
export const types: Rule = {
  name: 'types',
  check: outline =>
    outline.types
      .filter(({ name, qualified }) => qualified || !allowed.has(name))
      .filter(({ name }, i, all) => all.findIndex(other => other.name === name) === i)
      .map(({ name, at }) => ({ message: `the type ${name} is not allowed`, at })),
}

const allowed = new Set([
  ...[
    'BOOLEAN',
    'TINYINT',
    'SMALLINT',
    'INTEGER',
    'BIGINT',
    'HUGEINT',
    'INTEGER_LITERAL',
    'FLOAT',
    'DOUBLE',
    'DECIMAL',
  ],
  ...['UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'UHUGEINT'],
  ...['VARCHAR', 'CHAR', 'STRING_LITERAL', 'UUID', 'NULL', 'LIST', 'ARRAY', 'JSON'],
  ...['DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'INTERVAL'],
  ...['TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ', 'TIME WITH TIME ZONE'],
])
