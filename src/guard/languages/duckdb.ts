import type { Language } from '../language.ts'
import { folded } from '../outline.ts'
import { words } from '../words.ts'
import { aggregates, functions, tableFunctions } from './duckdb-functions.ts'

/** What may be used of DuckDB 1.5. */
export const duckdb: Language = {
  // Left out on purpose: PIVOT, SHOW and DESCRIBE, recursive CTEs, samples (no two answers alike), `#1`, LIMIT in percent, NATURAL and
  // POSITIONAL joins, COLLATE, COLUMNS with a pattern.
  kinds: new Set([
    ...['SELECT_NODE', 'SET_OPERATION_NODE'],
    ...['BASE_TABLE', 'SUBQUERY', 'JOIN', 'TABLE_FUNCTION', 'EXPRESSION_LIST', 'EMPTY'],
    ...['REGULAR JOIN', 'CROSS JOIN', 'ASOF JOIN'],
    ...['INNER JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN', 'SEMI JOIN', 'ANTI JOIN'],
    ...['ORDER_MODIFIER', 'LIMIT_MODIFIER', 'DISTINCT_MODIFIER', 'ORDER_DEFAULT', 'ASCENDING', 'DESCENDING'],
    ...['BETWEEN', 'CASE', 'CAST', 'COLUMN_REF', 'COMPARISON', 'CONJUNCTION', 'CONSTANT', 'FUNCTION', 'LAMBDA'],
    ...['OPERATOR', 'PARAMETER', 'STAR', 'WINDOW'],
  ]),
  functions,
  tableFunctions,
  aggregates,
  types: new Set([
    ...words('BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT INTEGER_LITERAL FLOAT DOUBLE DECIMAL'),
    ...words('UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT VARCHAR CHAR STRING_LITERAL UUID NULL LIST ARRAY JSON'),
    ...words('DATE TIME TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS INTERVAL TIMESTAMPTZ'),
    ...['TIMESTAMP WITH TIME ZONE', 'TIME WITH TIME ZONE'],
  ]),
  sessionWords: words(
    'current_date current_time current_timestamp localtime localtimestamp',
    'current_catalog current_role current_schema current_user session_user user',
  ),
  clockTexts: new Set(),
  rowFunctions: new Set(),
  same: folded,
}
