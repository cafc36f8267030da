-- How many sessions did the pool bot have per day in May 2023?
SELECT CAST(time_stamp AS date) AS day, count(DISTINCT session_id) AS sessions
FROM interaction_log
WHERE time_stamp >= TIMESTAMPTZ '2023-05-01 00:00:00+00' AND time_stamp < TIMESTAMPTZ '2023-06-01 00:00:00+00'
GROUP BY 1
ORDER BY 1;

-- What is the negative feedback rate by category of the landscape bot?
SELECT query_category,
       count(DISTINCT session_id) FILTER (WHERE user_feedback = 'negative') * 1.0 / count(DISTINCT session_id) AS negative_feedback_rate
FROM landscape_interaction_log
GROUP BY 1
ORDER BY 2 DESC;

-- How long do answers of both bots take on average, by week?
SELECT date_trunc('week', time_stamp) AS week, avg(response_time) AS response_time
FROM interactions
GROUP BY 1
ORDER BY 1;

-- Which share of the landscape bot's messages came from the mobile app, by month?
SELECT date_trunc('month', time_stamp) AS month, avg(CASE WHEN is_mobile_app THEN 1.0 ELSE 0.0 END) AS app_share
FROM landscape_interaction_log
GROUP BY 1
ORDER BY 1;

-- How many users of the pool bot came back?
SELECT count(*) AS returning_users
FROM (
  SELECT user_id
  FROM interaction_log
  WHERE user_id IS NOT NULL AND session_id IS NOT NULL
  GROUP BY user_id
  HAVING count(DISTINCT session_id) > 1
) AS users;
