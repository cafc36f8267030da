-- Users by how many sessions they have in the range. The shares sum to 100.
WITH segments AS (
  SELECT place, segment, least_sessions, most_sessions
  FROM (VALUES
    (1, 'power', 10, NULL),
    (2, 'regular', 3, 9),
    (3, 'casual', 2, 2),
    (4, 'one_time', 1, 1)
  ) AS listed(place, segment, least_sessions, most_sessions)
), pairs AS (
  SELECT user_id, session_id, count(*) AS messages
  FROM log
  GROUP BY user_id, session_id
), users AS (
  SELECT user_id, count(*) AS sessions
  FROM pairs
  WHERE user_id IS NOT NULL AND session_id IS NOT NULL
  GROUP BY user_id
), frequencies AS (
  SELECT sessions, count(*) AS users
  FROM users
  GROUP BY sessions
), counted AS (
  SELECT
    segments.place,
    segments.segment,
    segments.least_sessions,
    segments.most_sessions,
    CAST(coalesce(sum(frequencies.users), 0) AS bigint) AS users
  FROM segments
  LEFT JOIN frequencies
    ON frequencies.sessions >= segments.least_sessions
    AND (segments.most_sessions IS NULL OR frequencies.sessions <= segments.most_sessions)
  GROUP BY segments.place, segments.segment, segments.least_sessions, segments.most_sessions
), summed AS (
  SELECT counted.*, CAST(nullif(sum(users) OVER (), 0) AS bigint) AS whole
  FROM counted
), floored AS (
  SELECT
    summed.*,
    (users * 1000 - users * 1000 % whole) / whole AS tenths,
    row_number() OVER (ORDER BY users * 1000 % whole DESC, place) AS remainder_rank
  FROM summed
), totals AS (
  SELECT
    coalesce(sum(messages), 0) AS messages,
    coalesce(sum(CASE WHEN user_id IS NULL THEN messages END), 0) AS messages_without_user,
    coalesce(sum(CASE WHEN session_id IS NULL THEN messages END), 0) AS messages_without_session
  FROM pairs
)
SELECT
  floored.segment,
  floored.least_sessions,
  floored.most_sessions,
  floored.users,
  CAST(
    floored.tenths + CASE WHEN floored.remainder_rank <= 1000 - sum(floored.tenths) OVER () THEN 1 ELSE 0 END AS float8
  ) / 10 AS percent_of_users,
  totals.messages,
  totals.messages_without_user,
  totals.messages_without_session
FROM floored
CROSS JOIN totals
ORDER BY floored.place
