-- Users with more than one session in the range: how often they come, who comes most (ties: who came first), and over how many days.
-- $5 zone.
WITH pairs AS (
  SELECT user_id, session_id, count(*) AS messages, min(time_stamp) AS first_seen, max(time_stamp) AS last_seen
  FROM log
  GROUP BY user_id, session_id
), users AS (
  SELECT user_id, count(*) AS sessions, min(first_seen) AS first_seen, max(last_seen) AS last_seen
  FROM pairs
  WHERE user_id IS NOT NULL AND session_id IS NOT NULL
  GROUP BY user_id
  HAVING count(*) > 1
), spans AS (
  SELECT
    user_id,
    sessions,
    first_seen,
    CAST(timezone(CAST($5 AS text), last_seen) AS date) - CAST(timezone(CAST($5 AS text), first_seen) AS date) AS days
  FROM users
), most AS (
  SELECT user_id, sessions
  FROM spans
  ORDER BY sessions DESC, first_seen, user_id
  LIMIT 1
), counted AS (
  SELECT
    count(*) AS returning_users,
    CAST(sum(sessions) AS float8) AS sessions,
    CAST(sum(days) AS float8) AS days,
    max(days) AS longest_span_days
  FROM spans
), totals AS (
  SELECT
    coalesce(sum(messages), 0) AS messages,
    coalesce(sum(CASE WHEN user_id IS NULL THEN messages END), 0) AS messages_without_user,
    coalesce(sum(CASE WHEN session_id IS NULL THEN messages END), 0) AS messages_without_session
  FROM pairs
)
SELECT
  totals.messages,
  totals.messages_without_user,
  totals.messages_without_session,
  counted.returning_users,
  floor(counted.sessions * 100 / nullif(counted.returning_users, 0) + 0.5) / 100 AS sessions_per_returning_user,
  floor(counted.days * 100 / nullif(counted.returning_users, 0) + 0.5) / 100 AS average_days_between_first_and_last_chat,
  counted.longest_span_days,
  most.user_id AS most_active_user_id,
  most.sessions AS most_active_user_sessions
FROM counted
CROSS JOIN totals
LEFT JOIN most ON TRUE
