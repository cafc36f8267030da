import { words } from '../words.ts'

/** Functions that may stand where a table stands. */
export const tableFunctions = words(
  'generate_series unnest string_to_table regexp_split_to_table',
  'json_array_elements json_array_elements_text jsonb_array_elements jsonb_array_elements_text',
  'jsonb_object_keys jsonb_each_text',
)

/** Aggregates; all of them may also have an OVER, but for those WITHIN GROUP. */
export const aggregates = words(
  'count sum avg min max every bool_and bool_or bit_and bit_or bit_xor any_value string_agg array_agg',
  'stddev stddev_samp stddev_pop variance var_samp var_pop corr covar_samp covar_pop',
  'regr_slope regr_intercept regr_r2 regr_count regr_avgx regr_avgy regr_sxx regr_syy regr_sxy',
  'mode percentile_cont percentile_disc',
)

/**
 * Functions that analytics needs and that cannot reach outside, look at the session or the clock, or make much out of little.
 * Left out on purpose: everything named pg_* and lo_*, set_config and current_setting, query_to_xml and its kin (SQL inside of text),
 * row_to_json and its kin (whole rows), repeat, format, array_fill (gigabytes from a few letters), now, random, nextval, notifications,
 * locks, full-text search, XML. lpad, rpad and replace are bounded by rules of their own.
 */
export const functions: ReadonlySet<string> = new Set([
  ...words('+ - * / % ^ |/ ||/ @ || = <> != < > <= >= & | # ~ << >> ~~ !~~ ~~* !~~* ~* !~ !~*'),
  ...words('-> ->> #> #>> @> <@ && ? ?| ?&'),
  // how LIKE … ESCAPE, SIMILAR TO, EXTRACT, AT TIME ZONE, TRIM and OVERLAPS are called inside
  ...words('like_escape similar_to_escape extract date_part timezone btrim overlaps'),
  ...aggregates,
  ...words(
    'abs ceil ceiling floor round trunc sign sqrt cbrt exp ln log log10 pow power pi degrees radians mod div gcd lcm',
    'sin cos tan asin acos atan atan2 width_bucket trim_scale',
  ),
  ...words(
    'lower upper initcap ltrim rtrim length char_length character_length octet_length left right lpad rpad',
    'substring substr position strpos split_part concat concat_ws replace translate reverse overlay ascii chr md5',
    'starts_with string_to_array array_to_string to_char to_number',
    'regexp_replace regexp_match regexp_count regexp_like regexp_substr regexp_instr',
  ),
  ...words(
    'date_trunc date_bin age isfinite justify_days justify_hours justify_interval to_date to_timestamp',
    'make_date make_time make_timestamp make_timestamptz make_interval date_add date_subtract',
  ),
  ...words('row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value'),
  ...words('unnest array_length cardinality array_position array_remove array_append array_cat'),
  ...words(
    'json_array_length jsonb_array_length json_typeof jsonb_typeof json_extract_path json_extract_path_text',
    'jsonb_extract_path jsonb_extract_path_text',
  ),
])
