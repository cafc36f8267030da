-- Sessions per category, each in the one that most of its messages have (ties: the one that came first). The shares sum to 100.
WITH buckets AS (
  SELECT place, category
  FROM (VALUES
    (1, 'Product catalog'),
    (2, 'Compatible parts'),
    (3, 'Pricing / inventory'),
    (4, 'Invoice / payment'),
    (5, 'Product manuals'),
    (6, 'Orders'),
    (7, 'General conversation'),
    (8, 'Tutorial videos'),
    (9, 'Out of scope'),
    (10, 'Nearest branch')
  ) AS listed(place, category)
), uses AS (
  SELECT
    log.session_id,
    buckets.place,
    count(*) AS messages,
    min(log.time_stamp) AS first_seen,
    min(log.id) AS first_id
  FROM log
  LEFT JOIN buckets ON buckets.category = log.query_category
  GROUP BY log.session_id, buckets.place
), ranked AS (
  SELECT
    place,
    row_number() OVER (
      PARTITION BY session_id
      ORDER BY CASE WHEN place IS NULL THEN 1 ELSE 0 END, messages DESC, first_seen, first_id, place
    ) AS rank
  FROM uses
  WHERE session_id IS NOT NULL
), chosen AS (
  SELECT place, count(*) AS sessions
  FROM ranked
  WHERE rank = 1
  GROUP BY place
), counted AS (
  SELECT buckets.place, buckets.category, CAST(coalesce(chosen.sessions, 0) AS bigint) AS sessions
  FROM buckets
  LEFT JOIN chosen ON chosen.place = buckets.place
), summed AS (
  SELECT place, category, sessions, CAST(nullif(sum(sessions) OVER (), 0) AS bigint) AS whole
  FROM counted
), floored AS (
  SELECT
    place,
    category,
    sessions,
    (sessions * 1000 - sessions * 1000 % whole) / whole AS tenths,
    row_number() OVER (ORDER BY sessions * 1000 % whole DESC, place) AS remainder_rank
  FROM summed
), totals AS (
  SELECT
    coalesce(sum(messages), 0) AS messages,
    coalesce(sum(CASE WHEN session_id IS NULL THEN messages END), 0) AS messages_without_session,
    coalesce(sum(CASE WHEN place IS NULL THEN messages END), 0) AS messages_without_category,
    (SELECT coalesce(sum(sessions), 0) FROM chosen) AS sessions_total
  FROM uses
)
SELECT
  floored.category,
  floored.sessions,
  CAST(
    floored.tenths + CASE WHEN floored.remainder_rank <= 1000 - sum(floored.tenths) OVER () THEN 1 ELSE 0 END AS float8
  ) / 10 AS percent_of_sessions,
  totals.messages,
  totals.messages_without_session,
  totals.messages_without_category,
  totals.sessions_total
FROM floored
CROSS JOIN totals
ORDER BY floored.place
