-- What the KPIs find their rows by on PostgreSQL. The first of each log holds all that a KPI reads but the text, so that days and ranges are read
-- from it alone; VACUUM after a large load, so that PostgreSQL knows that it may.
CREATE INDEX ON interaction_log (time_stamp) INCLUDE (id, user_id, session_id, user_feedback, query_category, environment);
CREATE INDEX ON interaction_log (user_id, time_stamp);
CREATE INDEX ON landscape_interaction_log (time_stamp) INCLUDE (id, user_id, session_id, user_feedback, query_category, environment);
CREATE INDEX ON landscape_interaction_log (user_id, time_stamp);
