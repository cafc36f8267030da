-- A user for Chartroom in shop. Nothing was run: read this, then run it as a superuser, in that database:
--   psql --single-transaction -v ON_ERROR_STOP=1 -f harden.sql "dbname=shop"
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chartroom_reader') THEN
    CREATE ROLE "chartroom_reader";
  END IF;
END $$;
ALTER ROLE "chartroom_reader" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT CONNECTION LIMIT 10;

-- It may read these tables; views with the rights of their owner. Nobody makes tables there who was not given the right by name.
GRANT CONNECT ON DATABASE "shop" TO "chartroom_reader";
REVOKE CREATE ON SCHEMA "sales" FROM PUBLIC, "chartroom_reader";
GRANT USAGE ON SCHEMA "sales" TO "chartroom_reader";
REVOKE ALL ON "sales"."orders" FROM "chartroom_reader";
GRANT SELECT ON "sales"."orders" TO "chartroom_reader";
REVOKE ALL ON "sales"."products" FROM "chartroom_reader";
GRANT SELECT ON "sales"."products" TO "chartroom_reader";

-- What one statement may take. Chartroom asks for less time where QUERY_TIMEOUT is shorter, never for more.
ALTER ROLE "chartroom_reader" SET default_transaction_read_only = on;
ALTER ROLE "chartroom_reader" SET statement_timeout = '30s';
ALTER ROLE "chartroom_reader" SET lock_timeout = '5s';
ALTER ROLE "chartroom_reader" SET idle_in_transaction_session_timeout = '1min';
ALTER ROLE "chartroom_reader" SET work_mem = '32MB';
ALTER ROLE "chartroom_reader" SET temp_file_limit = '1GB';
ALTER ROLE "chartroom_reader" SET jit = off;
ALTER ROLE "chartroom_reader" SET search_path = "sales";

-- Functions that everybody may call and no analysis needs. Whoever has an account now keeps them, by the group chartroom_others; for later
-- accounts: GRANT chartroom_others TO …
-- Where no real superuser is to be had (RDS, Cloud SQL, Azure) this changes nothing, and the guard of Chartroom has to do.
DO $$ DECLARE r name; f regprocedure; BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'chartroom_others') THEN
    CREATE ROLE chartroom_others NOLOGIN;
    FOR r IN SELECT rolname FROM pg_roles WHERE rolcanlogin AND NOT rolsuper LOOP
      EXECUTE format('GRANT chartroom_others TO %I', r);
    END LOOP;
  END IF;
  FOR f IN
    SELECT oid FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ('{set_config,current_setting,cursor_to_xml,table_to_xml,query_to_xml,schema_to_xml,database_to_xml,cursor_to_xmlschema,table_to_xmlschema,query_to_xmlschema,schema_to_xmlschema,database_to_xmlschema,table_to_xml_and_xmlschema,query_to_xml_and_xmlschema,schema_to_xml_and_xmlschema,database_to_xml_and_xmlschema,ts_stat,ts_rewrite,pg_sleep,pg_sleep_for,pg_sleep_until,pg_advisory_lock,pg_advisory_lock_shared,pg_advisory_xact_lock,pg_advisory_xact_lock_shared,pg_try_advisory_lock,pg_try_advisory_lock_shared,pg_try_advisory_xact_lock,pg_try_advisory_xact_lock_shared,pg_advisory_unlock,pg_advisory_unlock_shared,pg_advisory_unlock_all,lo_creat,lo_create,lo_from_bytea,lo_open,lo_close,lo_get,lo_put,lo_unlink,lo_lseek,lo_lseek64,lo_tell,lo_tell64,lo_truncate,lo_truncate64,loread,lowrite,pg_notify,pg_notification_queue_usage,pg_listening_channels,pg_cancel_backend,pg_terminate_backend,pg_logical_emit_message,pg_export_snapshot,pg_current_xact_id,txid_current}')
  LOOP
    IF has_function_privilege('public', f, 'EXECUTE') THEN
      EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO chartroom_others', f);
    END IF;
    EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', f);
  END LOOP;
END $$;
REVOKE chartroom_others FROM "chartroom_reader";

-- Rows by tenant: chartroom_reader sees those whose tenant is the setting app.tenant of the statement, and none without it.
-- Everybody else sees what they saw before. Views show all rows, unless they are made WITH (security_invoker).
-- All rows are seen of "sales"."products", which has no such column.
CREATE SCHEMA IF NOT EXISTS chartroom_rows;
CREATE OR REPLACE FUNCTION chartroom_rows.tenant() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog AS $$ SELECT nullif(pg_catalog.current_setting('app.tenant', true), '') $$;
REVOKE ALL ON FUNCTION chartroom_rows.tenant() FROM PUBLIC;
GRANT USAGE ON SCHEMA chartroom_rows TO "chartroom_reader";
GRANT EXECUTE ON FUNCTION chartroom_rows.tenant() TO "chartroom_reader";
DO $$ BEGIN
  IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = '"sales"."orders"'::regclass) THEN
    ALTER TABLE "sales"."orders" ENABLE ROW LEVEL SECURITY;
    CREATE POLICY chartroom_everybody ON "sales"."orders" USING (true) WITH CHECK (true);
  END IF;
END $$;
DROP POLICY IF EXISTS chartroom_reads ON "sales"."orders";
CREATE POLICY chartroom_reads ON "sales"."orders" FOR SELECT TO "chartroom_reader" USING (true);
DROP POLICY IF EXISTS chartroom_tenant ON "sales"."orders";
CREATE POLICY chartroom_tenant ON "sales"."orders" AS RESTRICTIVE FOR SELECT TO "chartroom_reader"
  USING ("tenant"::text = (SELECT chartroom_rows.tenant()));

-- Then give it a password, in psql: \password chartroom_reader
-- A statement can still fill the memory of the server: give the server a limit of its own (systemd MemoryMax, a container).
