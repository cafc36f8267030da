-- Every text that somebody sent, how often, the most frequent first (ties: the earliest). Which cluster it belongs to is decided afterwards.
-- A text is told by its key, the beginning of a hash, so that hundreds of thousands of them need not leave the database: 'key:queries' in bundles.
-- Only the thousand most frequent, from which the examples are taken, stand alone and come with their text.
WITH grouped AS (
  SELECT input, count(*) AS queries, min(time_stamp) AS first_seen, min(id) AS first_id
  FROM log
  GROUP BY input
), totals AS (
  SELECT
    coalesce(sum(queries), 0) AS messages,
    coalesce(sum(CASE WHEN input IS NULL THEN queries END), 0) AS messages_without_text
  FROM grouped
), ranked AS (
  SELECT
    input,
    left(md5(input), 13) || ':' || CAST(queries AS text) AS entry,
    row_number() OVER (ORDER BY queries DESC, first_seen, first_id) AS place
  FROM grouped
  WHERE input IS NOT NULL
), bundled AS (
  SELECT
    CASE WHEN place <= 1000 THEN place ELSE 1000 + ceil(CAST(place - 1000 AS float8) / 4000) END AS bundle,
    max(CASE WHEN place <= 1000 THEN input END) AS input,
    string_agg(entry, ' ' ORDER BY place) AS entries
  FROM ranked
  GROUP BY 1
)
SELECT totals.messages, totals.messages_without_text, bundled.input, bundled.entries
FROM totals
LEFT JOIN bundled ON TRUE
ORDER BY bundled.bundle
