-- Sessions, those with feedback of each kind, and how long they last: from the first to the last message inside the range.
WITH sessions AS (
  SELECT
    session_id,
    count(*) AS messages,
    max(CASE WHEN user_feedback = 'negative' THEN 1 ELSE 0 END) AS negative,
    max(CASE WHEN user_feedback = 'positive' THEN 1 ELSE 0 END) AS positive,
    -- whole milliseconds, so that sums are the same in every order and on every engine
    floor(
      (CAST(extract(epoch FROM max(time_stamp)) AS float8) - CAST(extract(epoch FROM min(time_stamp)) AS float8)) * 1000 + 0.5
    ) AS milliseconds
  FROM log
  GROUP BY session_id
), totals AS (
  SELECT
    coalesce(sum(messages), 0) AS messages,
    coalesce(sum(CASE WHEN session_id IS NULL THEN messages END), 0) AS messages_without_session,
    CAST(count(session_id) AS bigint) AS sessions,
    CAST(coalesce(sum(CASE WHEN session_id IS NOT NULL THEN negative END), 0) AS bigint) AS negative,
    CAST(coalesce(sum(CASE WHEN session_id IS NOT NULL THEN positive END), 0) AS bigint) AS positive,
    CAST(sum(CASE WHEN session_id IS NOT NULL THEN milliseconds END) AS float8) AS milliseconds
  FROM sessions
)
SELECT
  messages,
  messages_without_session,
  sessions,
  negative AS sessions_with_negative_feedback,
  positive AS sessions_with_positive_feedback,
  floor(CAST(negative * 1000 AS float8) / nullif(sessions, 0) + 0.5) / 10 AS sessions_with_negative_feedback_percent,
  floor(CAST(positive * 1000 AS float8) / nullif(sessions, 0) + 0.5) / 10 AS sessions_with_positive_feedback_percent,
  floor(milliseconds / 10 / nullif(sessions, 0) + 0.5) / 100 AS average_duration_seconds
FROM totals
