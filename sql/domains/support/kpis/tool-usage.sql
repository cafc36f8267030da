-- Sessions that use each tool: those with any message of its category. A session may use several, so the shares may pass 100.
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
  SELECT session_id, query_category, count(*) AS messages
  FROM log
  GROUP BY session_id, query_category
), known AS (
  SELECT uses.session_id, buckets.place
  FROM uses
  JOIN buckets ON buckets.category = uses.query_category
  WHERE uses.session_id IS NOT NULL
), sessions AS (
  SELECT session_id, count(*) AS tools
  FROM known
  GROUP BY session_id
), whole AS (
  SELECT
    CAST(count(*) AS bigint) AS sessions,
    count(CASE WHEN tools > 1 THEN 1 END) AS sessions_with_several
  FROM sessions
), counted AS (
  SELECT buckets.place, buckets.category, CAST(count(known.place) AS bigint) AS sessions
  FROM buckets
  LEFT JOIN known ON known.place = buckets.place
  GROUP BY buckets.place, buckets.category
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
  counted.category AS tool,
  counted.sessions,
  floor(CAST(counted.sessions * 1000 AS float8) / nullif(whole.sessions, 0) + 0.5) / 10 AS percent_of_sessions,
  whole.sessions AS sessions_with_tool,
  whole.sessions_with_several,
  totals.messages,
  totals.messages_without_session,
  totals.messages_without_category,
  totals.sessions_total
FROM counted
CROSS JOIN whole
CROSS JOIN totals
ORDER BY counted.place
