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
  SELECT log.session_id, buckets.place, count(*) AS messages
  FROM log
  LEFT JOIN buckets ON buckets.category = log.query_category
  GROUP BY log.session_id, buckets.place
), sessions AS (
  SELECT count(place) AS tools
  FROM uses
  WHERE session_id IS NOT NULL
  GROUP BY session_id
), whole AS (
  SELECT
    count(*) AS sessions_total,
    CAST(count(CASE WHEN tools > 0 THEN 1 END) AS bigint) AS sessions,
    count(CASE WHEN tools > 1 THEN 1 END) AS sessions_with_several
  FROM sessions
), used AS (
  SELECT place, count(*) AS sessions
  FROM uses
  WHERE session_id IS NOT NULL
  GROUP BY place
), counted AS (
  SELECT buckets.place, buckets.category, CAST(coalesce(used.sessions, 0) AS bigint) AS sessions
  FROM buckets
  LEFT JOIN used ON used.place = buckets.place
), totals AS (
  SELECT
    coalesce(sum(messages), 0) AS messages,
    coalesce(sum(CASE WHEN session_id IS NULL THEN messages END), 0) AS messages_without_session,
    coalesce(sum(CASE WHEN place IS NULL THEN messages END), 0) AS messages_without_category
  FROM uses
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
  whole.sessions_total
FROM counted
CROSS JOIN whole
CROSS JOIN totals
ORDER BY counted.place
