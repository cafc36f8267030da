-- Sessions per day of the zone, days without any included. A session counts on every day on which it has a message.
-- $5 zone, $6 first day, $7 last day.
WITH visits AS (
  SELECT
    CAST(timezone(CAST($5 AS text), time_stamp) AS date) AS day,
    session_id,
    count(*) AS messages
  FROM log
  GROUP BY 1, 2
), counted AS (
  SELECT day, count(session_id) AS sessions
  FROM visits
  GROUP BY day
), totals AS (
  SELECT
    count(DISTINCT session_id) AS sessions,
    coalesce(sum(messages), 0) AS messages,
    coalesce(sum(CASE WHEN session_id IS NULL THEN messages END), 0) AS messages_without_session
  FROM visits
), days AS (
  SELECT CAST(calendar.day AS date) AS day
  FROM generate_series(CAST($6 AS timestamp), CAST($7 AS timestamp), INTERVAL '1 day') AS calendar(day)
), daily AS (
  SELECT days.day, coalesce(counted.sessions, 0) AS sessions
  FROM days
  LEFT JOIN counted ON counted.day = days.day
)
SELECT
  daily.day,
  daily.sessions,
  row_number() OVER (ORDER BY daily.sessions DESC, daily.day) = 1 AS is_peak,
  row_number() OVER (ORDER BY daily.sessions, daily.day) = 1 AS is_lowest,
  floor(CAST(sum(daily.sessions) OVER () AS float8) * 100 / count(*) OVER () + 0.5) / 100 AS average_sessions_per_day,
  totals.sessions AS sessions_total,
  totals.messages AS messages_total,
  totals.messages_without_session
FROM daily
CROSS JOIN totals
ORDER BY daily.day
