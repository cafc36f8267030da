/**
 * Functions of PostgreSQL that everybody may call and no analysis needs, by name, in all their forms: they change settings, run SQL that they
 * are handed as text, write in a transaction that only reads, wait, hold locks, talk to other sessions. `current_setting` tells the
 * settings of others' tools. Names that a version does not have are passed over. (https://www.postgresql.org/docs/18/functions.html)
 */
export const riskyFunctions: readonly string[] = [
  ...['set_config', 'current_setting'],
  ...['cursor', 'table', 'query', 'schema', 'database'].map(what => `${what}_to_xml`),
  ...['cursor', 'table', 'query', 'schema', 'database'].map(what => `${what}_to_xmlschema`),
  ...['table', 'query', 'schema', 'database'].map(what => `${what}_to_xml_and_xmlschema`),
  ...['ts_stat', 'ts_rewrite'],
  ...['pg_sleep', 'pg_sleep_for', 'pg_sleep_until'],
  ...['pg_advisory_lock', 'pg_advisory_lock_shared', 'pg_advisory_xact_lock', 'pg_advisory_xact_lock_shared'],
  ...['pg_try_advisory_lock', 'pg_try_advisory_lock_shared'],
  ...['pg_try_advisory_xact_lock', 'pg_try_advisory_xact_lock_shared'],
  ...['pg_advisory_unlock', 'pg_advisory_unlock_shared', 'pg_advisory_unlock_all'],
  ...['lo_creat', 'lo_create', 'lo_from_bytea', 'lo_open', 'lo_close', 'lo_get', 'lo_put', 'lo_unlink'],
  ...['lo_lseek', 'lo_lseek64', 'lo_tell', 'lo_tell64', 'lo_truncate', 'lo_truncate64', 'loread', 'lowrite'],
  ...['pg_notify', 'pg_notification_queue_usage', 'pg_listening_channels'],
  ...['pg_cancel_backend', 'pg_terminate_backend', 'pg_logical_emit_message', 'pg_export_snapshot'],
  ...['pg_current_xact_id', 'txid_current'],
]
