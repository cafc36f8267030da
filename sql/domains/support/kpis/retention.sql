-- Users with more than one session in the range, and with exactly one. The two shares sum to 100.
WITH pairs AS (
  SELECT user_id, session_id, count(*) AS messages
  FROM log
  GROUP BY user_id, session_id
), users AS (
  SELECT user_id, count(*) AS sessions
  FROM pairs
  WHERE user_id IS NOT NULL AND session_id IS NOT NULL
  GROUP BY user_id
), counted AS (
  SELECT
    CAST(count(*) AS bigint) AS users,
    CAST(count(CASE WHEN sessions > 1 THEN 1 END) AS bigint) AS returning_users
  FROM users
), shares AS (
  -- tenths of a percent; of two parts with the same remainder the first one gets it
  SELECT users, returning_users, floor(CAST(returning_users * 1000 AS float8) / nullif(users, 0) + 0.5) AS tenths
  FROM counted
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
  shares.users,
  shares.returning_users,
  shares.users - shares.returning_users AS one_time_users,
  shares.tenths / 10 AS returning_percent,
  (1000 - shares.tenths) / 10 AS one_time_percent
FROM shares
CROSS JOIN totals
