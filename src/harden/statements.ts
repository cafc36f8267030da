import pg from 'pg'
import type { HardenPlan, Relation } from './plan.ts'
import { riskyFunctions } from './risky-functions.ts'

/**
 * SQL that makes a user who may read the tables of a plan and do nothing else. It may be run again. Each part says what it does; nothing of
 * it was run.
 */
export const hardenStatements = (plan: HardenPlan): string =>
  [roleOf, rightsOf, limitsOf, functionsOf, ...(plan.tenant ? [tenantsOf] : []), closing]
    .map(part => part(plan))
    .join('\n\n')
    .concat('\n')

const { escapeIdentifier: id, escapeLiteral: text } = pg

const roleOf = ({
  role,
  database,
}: HardenPlan) => `-- A user for Chartroom in ${oneLine(database)}. Nothing was run: read this, then run it as a superuser, in that database:
--   psql --single-transaction -v ON_ERROR_STOP=1 -f harden.sql "dbname=${oneLine(database)}"
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${text(role)}) THEN
    CREATE ROLE ${id(role)};
  END IF;
END $$;
ALTER ROLE ${id(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT CONNECTION LIMIT 10;`

/** A name in a comment. */
const oneLine = (name: string) => name.replace(/[\r\n]/g, ' ')

const rightsOf = ({ database, role, relations }: HardenPlan) => {
  const schemas = [...new Set(relations.map(({ schema }) => schema))].toSorted()
  return `-- It may read these tables; views with the rights of their owner. Nobody makes tables there who was not given the right by name.
GRANT CONNECT ON DATABASE ${id(database)} TO ${id(role)};
${schemas.map(schema => `REVOKE CREATE ON SCHEMA ${id(schema)} FROM PUBLIC, ${id(role)};\nGRANT USAGE ON SCHEMA ${id(schema)} TO ${id(role)};`).join('\n')}
${relations.map(relation => `REVOKE ALL ON ${nameOf(relation)} FROM ${id(role)};\nGRANT SELECT ON ${nameOf(relation)} TO ${id(role)};`).join('\n')}`
}

const nameOf = ({ schema, name }: Relation) => `${id(schema)}.${id(name)}`

const limitsOf = ({ role, relations }: HardenPlan) => {
  const schemas = [...new Set(relations.map(({ schema }) => schema))]
  const set = (setting: string, value: string) => `ALTER ROLE ${id(role)} SET ${setting} = ${value};`
  return `-- What one statement may take. Chartroom asks for less time where QUERY_TIMEOUT is shorter, never for more.
${[
  set('default_transaction_read_only', 'on'),
  set('statement_timeout', `'30s'`),
  set('lock_timeout', `'5s'`),
  set('idle_in_transaction_session_timeout', `'1min'`),
  set('work_mem', `'32MB'`),
  set('temp_file_limit', `'1GB'`),
  set('jit', 'off'),
  set('search_path', schemas.map(id).join(', ')),
].join('\n')}`
}

/** Nobody can be refused what everybody may do, so everybody else gets it by another way: being in a group. */
const functionsOf = ({
  role,
}: HardenPlan) => `-- Functions that everybody may call and no analysis needs. Whoever has an account now keeps them, by the group chartroom_others; for later
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
    WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ('{${riskyFunctions.join(',')}}')
  LOOP
    IF has_function_privilege('public', f, 'EXECUTE') THEN
      EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO chartroom_others', f);
    END IF;
    EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', f);
  END LOOP;
END $$;
REVOKE chartroom_others FROM ${id(role)};`

const tenantsOf = (plan: HardenPlan) => {
  const { role, tenant = '', relations } = plan
  const [concerned, others] = [true, false].map(has => relations.filter(r => r.columns.includes(tenant) === has))
  return `-- Rows by tenant: ${oneLine(role)} sees those whose ${oneLine(tenant)} is the setting app.tenant of the statement, and none without it.
-- Everybody else sees what they saw before. Views show all rows, unless they are made WITH (security_invoker).
${(others ?? []).map(relation => `-- All rows are seen of ${oneLine(nameOf(relation))}, which has no such column.\n`).join('')}CREATE SCHEMA IF NOT EXISTS chartroom_rows;
CREATE OR REPLACE FUNCTION chartroom_rows.tenant() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog AS $$ SELECT nullif(pg_catalog.current_setting('app.tenant', true), '') $$;
REVOKE ALL ON FUNCTION chartroom_rows.tenant() FROM PUBLIC;
GRANT USAGE ON SCHEMA chartroom_rows TO ${id(role)};
GRANT EXECUTE ON FUNCTION chartroom_rows.tenant() TO ${id(role)};
${(concerned ?? []).map(relation => policiesOf(relation, plan)).join('\n')}`
}

/** A policy that restricts stands beside those of others, which are left as they are. */
const policiesOf = (relation: Relation, { role, tenant = '' }: HardenPlan) => {
  const table = nameOf(relation)
  return `DO $$ BEGIN
  IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = ${text(table)}::regclass) THEN
    ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
    CREATE POLICY chartroom_everybody ON ${table} USING (true) WITH CHECK (true);
  END IF;
END $$;
DROP POLICY IF EXISTS chartroom_reads ON ${table};
CREATE POLICY chartroom_reads ON ${table} FOR SELECT TO ${id(role)} USING (true);
DROP POLICY IF EXISTS chartroom_tenant ON ${table};
CREATE POLICY chartroom_tenant ON ${table} AS RESTRICTIVE FOR SELECT TO ${id(role)}
  USING (${id(tenant)}::text = (SELECT chartroom_rows.tenant()));`
}

const closing = ({ role }: HardenPlan) => `-- Then give it a password, in psql: \\password ${oneLine(role)}
-- A statement can still fill the memory of the server: give the server a limit of its own (systemd MemoryMax, a container).`
