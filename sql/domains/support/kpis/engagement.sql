-- How many people talk to the bot, and how often. A conversation is a session.
WITH pairs AS (
  SELECT user_id, session_id, count(*) AS messages
  FROM log
  GROUP BY user_id, session_id
), anonymous AS (
  SELECT session_id
  FROM pairs
  WHERE session_id IS NOT NULL
  GROUP BY session_id
  HAVING count(user_id) = 0
), totals AS (
  SELECT
    coalesce(sum(messages), 0) AS messages,
    coalesce(sum(CASE WHEN user_id IS NULL THEN messages END), 0) AS messages_without_user,
    coalesce(sum(CASE WHEN session_id IS NULL THEN messages END), 0) AS messages_without_session,
    count(DISTINCT user_id) AS unique_users,
    count(DISTINCT session_id) AS conversations,
    count(CASE WHEN user_id IS NOT NULL AND session_id IS NOT NULL THEN 1 END) AS conversations_of_users
  FROM pairs
)
SELECT
  messages,
  messages_without_user,
  messages_without_session,
  unique_users,
  conversations,
  (SELECT count(*) FROM anonymous) AS conversations_without_user,
  floor(CAST(conversations_of_users * 100 AS float8) / nullif(unique_users, 0) + 0.5) / 100 AS conversations_per_user
FROM totals
