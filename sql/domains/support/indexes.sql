-- What the KPIs find their rows by on PostgreSQL: those of a range, and those of one user in a range.
CREATE INDEX ON interaction_log (time_stamp);
CREATE INDEX ON interaction_log (user_id, time_stamp);
CREATE INDEX ON landscape_interaction_log (time_stamp);
CREATE INDEX ON landscape_interaction_log (user_id, time_stamp);
