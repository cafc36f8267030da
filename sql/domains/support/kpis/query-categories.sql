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
    session_id,
    query_category,
    count(*) AS messages,
    min(time_stamp) AS first_seen,
    min(id) AS first_id
  FROM log
  GROUP BY session_id, query_category
), ranked AS (
  SELECT
    buckets.place,
    row_number() OVER (
      PARTITION BY uses.session_id ORDER BY uses.messages DESC, uses.first_seen, uses.first_id, buckets.place
    ) AS rank
  FROM uses
  JOIN buckets ON buckets.category = uses.query_category
  WHERE uses.session_id IS NOT NULL
), counted AS (
  SELECT buckets.place, buckets.category, CAST(count(ranked.place) AS bigint) AS sessions
  FROM buckets
  LEFT JOIN ranked ON ranked.place = buckets.place AND ranked.rank = 1
  GROUP BY buckets.place, buckets.category
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
    coalesce(sum(uses.messages), 0) AS messages,
    coalesce(sum(CASE WHEN uses.session_id IS NULL THEN uses.messages END), 0) AS messages_without_session,
    coalesce(sum(CASE WHEN buckets.place IS NULL THEN uses.messages END), 0) AS messages_without_category,
    count(DISTINCT uses.session_id) AS sessions_total
  FROM uses
  LEFT JOIN buckets ON buckets.category = uses.query_category
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
