-- The texts of some keys, as `pain-points` gives them.
-- $5 the keys, with a space between two.
SELECT left(md5(input), 13) AS text_key, min(input) AS input
FROM log
WHERE left(md5(input), 13) IN (SELECT wanted.text_key FROM unnest(string_to_array(CAST($5 AS text), ' ')) AS wanted(text_key))
GROUP BY 1
