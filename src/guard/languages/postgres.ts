import type { Language } from '../language.ts'
import { words } from '../words.ts'
import { aggregates, functions, tableFunctions } from './postgres-functions.ts'
import { kinds } from './postgres-tree.ts'

/** What may be used of PostgreSQL 13 to 18. */
export const postgres: Language = {
  kinds,
  functions,
  tableFunctions,
  aggregates,
  types: words(
    'bool boolean int2 int4 int8 smallint int integer bigint numeric decimal float4 float8 real double money',
    'text varchar bpchar char uuid json jsonb date time timetz timestamp timestamptz interval',
  ),
  sessionWords: words(
    'current_date current_time current_timestamp localtime localtimestamp',
    'current_catalog current_role current_schema current_user session_user user',
  ),
  // https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-VALUES
  clockTexts: words('now today tomorrow yesterday'),
  // All of PostgreSQL 18 that take one row: https://www.postgresql.org/docs/current/rowtypes.html#ROWTYPES-USAGE
  rowFunctions: words(
    'any_value array_agg concat count hash_record json_agg json_agg_strict json_build_array jsonb_agg jsonb_agg_strict',
    'jsonb_build_array max min num_nonnulls num_nulls pg_column_compression pg_column_size pg_column_toast_chunk_id',
    'pg_typeof quote_literal quote_nullable record_out record_send row_to_json to_json to_jsonb',
  ),
  same: name => name,
}
