-- What the pool bot was asked, as every KPI reads it: `log`.
-- $1 from, $2 until (exclusive), $3 environment or NULL, $4 user or NULL.
SELECT
  id,
  CAST(time_stamp AS timestamptz) AS time_stamp,
  user_id,
  session_id,
  input,
  user_feedback,
  query_category
FROM interaction_log
WHERE time_stamp >= CAST($1 AS timestamptz)
  AND time_stamp < CAST($2 AS timestamptz)
  AND (CAST($3 AS text) IS NULL OR environment = CAST($3 AS text))
  AND (CAST($4 AS text) IS NULL OR user_id = CAST($4 AS text))
