-- Every text that somebody sent, how often, the most frequent first (ties: the earliest). Which cluster it belongs to is decided afterwards.
SELECT
  input,
  count(*) AS queries
FROM log
GROUP BY input
ORDER BY queries DESC, min(time_stamp), min(id)
