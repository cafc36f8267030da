import { words } from '../words.ts'

/** Functions that may stand where a table stands. */
export const tableFunctions = words('generate_series range unnest')

/** Aggregates; all of them may also have an OVER. */
export const aggregates = words(
  'count count_star count_if countif sum fsum kahan_sum sumkahan avg mean favg min max any_value arbitrary first last',
  'median mode mad quantile quantile_cont quantile_disc approx_quantile approx_count_distinct',
  'stddev stddev_samp stddev_pop variance var_samp var_pop sem skewness kurtosis entropy product geomean geometric_mean',
  'covar_samp covar_pop corr regr_slope regr_intercept regr_r2 regr_count regr_avgx regr_avgy regr_sxx regr_syy regr_sxy',
  'arg_max arg_min argmax argmin max_by min_by bool_and bool_or bit_and bit_or bit_xor weighted_avg wavg',
  'string_agg listagg group_concat array_agg list histogram',
)

/**
 * Functions that analytics needs and that cannot reach outside, look at the session or the clock, or make much out of little.
 * Left out on purpose: repeat, printf, format, range as a value, list_transform and its kin, the levenshtein family (all of them filled
 * gigabytes or could not be interrupted); now, today, random (no two answers alike); everything about files, settings, catalogs, variables
 * and serialised SQL. lpad, rpad and replace are bounded by rules of their own.
 */
export const functions: ReadonlySet<string> = new Set([
  ...words('+ - * / // % ** ^ || = <> < > <= >= & | << >> ~ ! @ ~~ !~~ ~~* !~~* ~~~ ^@ -> ->> @> <@ &&'),
  // how LIKE … ESCAPE, SIMILAR TO, EXTRACT, AT TIME ZONE, [a, b], x[1] and row values are called inside
  ...words('like_escape not_like_escape ilike_escape not_ilike_escape regexp_full_match date_part timezone list_value'),
  ...words('array_extract array_slice list_extract list_element struct_extract struct_pack row'),
  ...aggregates,
  ...words(
    'abs add subtract multiply divide mod fdiv fmod ceil ceiling floor round round_even roundbankers trunc sign even',
    'sqrt cbrt exp ln log log2 log10 pow power pi degrees radians greatest least gcd lcm',
    'sin cos tan asin acos atan atan2 isnan isinf isfinite width_bucket bit_count equi_width_bins',
  ),
  ...words(
    'lower upper lcase ucase trim ltrim rtrim length len strlen char_length character_length left right lpad rpad',
    'substr substring position strpos instr contains prefix suffix starts_with ends_with concat concat_ws',
    'split split_part string_split str_split string_to_array array_to_string replace translate reverse',
    'strip_accents nfc_normalize ascii chr ord unicode initcap',
    'regexp_matches regexp_extract regexp_replace regexp_extract_all md5 hash',
  ),
  ...words('coalesce ifnull nullif if'),
  ...words(
    'date_trunc datetrunc datepart date_diff datediff date_sub datesub date_add age last_day days_in_month',
    'year quarter month week weekofyear yearweek isoyear day dayofmonth dayofweek isodow dayofyear weekday',
    'hour minute second millisecond decade century era epoch epoch_ms dayname monthname julian',
    'make_date make_time make_timestamp to_timestamp strftime strptime try_strptime time_bucket',
    'to_years to_quarters to_months to_weeks to_days to_hours to_minutes to_seconds to_decades',
  ),
  ...words('grouping grouping_id row_number rank dense_rank rank_dense percent_rank cume_dist ntile lag lead'),
  ...words('first_value last_value nth_value fill'),
  ...words('unnest list_sum list_avg list_min list_max list_count list_contains list_has array_contains list_distinct'),
  ...words('list_sort array_length cardinality list_unique list_has_any list_has_all'),
  ...words('json_extract json_extract_string json_extract_path json_extract_path_text json_array_length json_valid'),
  ...words('json_type typeof'),
])
