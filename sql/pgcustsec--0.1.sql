-- sql/src/00_guard.sql
\echo Use "CREATE EXTENSION pgcustsec" to load this file. \quit

-- sql/src/05_owner.sql
-- Everything here belongs to one role that nobody logs in as. Roles are the cluster's: another database may have made it
-- already, or be making it now. A restore by a superuser comes through here too, so it ends with the same owners.
DO $block$
DECLARE
    -- Since 16 a membership says by itself whether it lets one act as the role.
    later constant boolean := pg_catalog.current_setting('server_version_num')::integer >= 160000;
    wrong text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles AS r WHERE r.rolname = 'pgcustsec_owner') THEN
        BEGIN
            CREATE ROLE pgcustsec_owner NOLOGIN;
            COMMENT ON ROLE pgcustsec_owner IS 'Owns pgcustsec in every database of the cluster. Nobody logs in as it.';
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;

    SELECT pg_catalog.concat_ws(', ',
            CASE WHEN r.rolsuper THEN 'SUPERUSER' END, CASE WHEN r.rolcanlogin THEN 'LOGIN' END,
            CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END, CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END,
            CASE WHEN r.rolcreatedb THEN 'CREATEDB' END, CASE WHEN r.rolreplication THEN 'REPLICATION' END)
        INTO wrong
        FROM pg_catalog.pg_roles AS r
        WHERE r.rolname = 'pgcustsec_owner';
    IF wrong <> '' THEN
        RAISE 'role pgcustsec_owner must own pgcustsec and nothing else, but it is %', wrong
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'ALTER ROLE pgcustsec_owner NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION';
    END IF;

    IF NOT pg_catalog.pg_has_role(CURRENT_USER, 'pgcustsec_owner', CASE WHEN later THEN 'SET' ELSE 'MEMBER' END) THEN
        EXECUTE pg_catalog.format('GRANT pgcustsec_owner TO CURRENT_USER%s',
            CASE WHEN later THEN ' WITH INHERIT FALSE, SET TRUE' END);
    END IF;
END;
$block$;

-- sql/src/10_schema.sql
-- Made by the script itself and without IF NOT EXISTS: whoever made a schema first would own what is in it.
CREATE SCHEMA pgcustsec AUTHORIZATION pgcustsec_owner;
CREATE SCHEMA pgcustsec_internal AUTHORIZATION pgcustsec_owner;
CREATE SCHEMA pgcustsec_views AUTHORIZATION pgcustsec_owner;

-- Whoever runs this, a restoring superuser included, makes the rest as the owner. CREATE EXTENSION takes the setting back
-- at the end of the script, `pgcustsec install` when it is done.
SET LOCAL ROLE pgcustsec_owner;

COMMENT ON SCHEMA pgcustsec IS 'pgcustsec: the functions that people and applications call.';
REVOKE ALL ON SCHEMA pgcustsec FROM PUBLIC;

COMMENT ON SCHEMA pgcustsec_internal IS
    'pgcustsec: its tables, and what views, policies and triggers call. Application roles have no USAGE.';
REVOKE ALL ON SCHEMA pgcustsec_internal FROM PUBLIC;

COMMENT ON SCHEMA pgcustsec_views IS
    'pgcustsec: where each role''s views work out, once per row, whether the row is served. Nobody has USAGE but their owners.';
REVOKE ALL ON SCHEMA pgcustsec_views FROM PUBLIC;

-- sql/src/20_types/10_operation.sql
-- A domain, because PostgreSQL keeps its condition at hand; a table's CHECK it reads anew for every statement that writes
-- a row (5 us a change).
CREATE DOMAIN pgcustsec_internal.operation AS text CHECK (VALUE IN ('made', 'changed', 'removed'));
COMMENT ON DOMAIN pgcustsec_internal.operation IS 'What happened to a record, or to a column of it.';
REVOKE ALL ON DOMAIN pgcustsec_internal.operation FROM PUBLIC;

-- sql/src/30_tables/10_branch.sql
CREATE TABLE pgcustsec_internal.branch (
    branch_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.branch IS 'Branches (分公司), from the role matrix (1.4).';
COMMENT ON COLUMN pgcustsec_internal.branch.branch_code IS 'The code that customer rows and staff carry.';
COMMENT ON COLUMN pgcustsec_internal.branch.title IS 'What people call it.';

-- sql/src/30_tables/11_department.sql
CREATE TABLE pgcustsec_internal.department (
    department_code text COLLATE "C" PRIMARY KEY,
    title text NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.department IS 'Departments (部门), from the role matrix (1.4).';
COMMENT ON COLUMN pgcustsec_internal.department.department_code IS 'The code that staff carry.';
COMMENT ON COLUMN pgcustsec_internal.department.title IS 'What people call it.';

-- sql/src/30_tables/12_role.sql
CREATE TABLE pgcustsec_internal.role (
    role_code text COLLATE "C" PRIMARY KEY,
    group_role name NOT NULL UNIQUE,
    department_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.department,
    supervises boolean NOT NULL,
    place integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE pgcustsec_internal.role IS 'Roles of the matrix (5.3).';
COMMENT ON COLUMN pgcustsec_internal.role.role_code IS 'The role''s name in the matrix, and its schema''s name.';
COMMENT ON COLUMN pgcustsec_internal.role.group_role IS 'The NOLOGIN role of the cluster that logins are members of.';
COMMENT ON COLUMN pgcustsec_internal.role.department_code IS 'The department whose part the role is.';
COMMENT ON COLUMN pgcustsec_internal.role.supervises IS 'Sees evidence, not customers (5.1).';
COMMENT ON COLUMN pgcustsec_internal.role.place IS
    'Its place in the matrix: the search path of who holds several roles follows it.';

-- sql/src/30_tables/20_staff.sql
CREATE TABLE pgcustsec_internal.staff (
    staff_id text COLLATE "C" PRIMARY KEY CHECK (staff_id <> ''),
    full_name text NOT NULL,
    login name UNIQUE,
    department_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.department,
    branch_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.branch,
    manager_id text COLLATE "C" REFERENCES pgcustsec_internal.staff CHECK (manager_id <> staff_id),
    active boolean NOT NULL DEFAULT true,
    roles text[] NOT NULL DEFAULT '{}',
    serves_direct text[] NOT NULL DEFAULT '{}',
    serves_chain text[] NOT NULL DEFAULT '{}'
)
-- Few people to a page, so that the planner takes the index: every statement asks who asks, and a list of fifty people
-- in four pages was read whole each time (9.6 us instead of 3.6; a write asks up to four times).
WITH (fillfactor = 10);
CREATE INDEX staff_manager_id ON pgcustsec_internal.staff (manager_id);
CREATE INDEX staff_department_code ON pgcustsec_internal.staff (department_code);
COMMENT ON TABLE pgcustsec_internal.staff IS 'People who work here. One login per person, at most (2.3).';
COMMENT ON COLUMN pgcustsec_internal.staff.staff_id IS 'Staff number, as customer rows name who serves them.';
COMMENT ON COLUMN pgcustsec_internal.staff.full_name IS 'For lists and reports.';
COMMENT ON COLUMN pgcustsec_internal.staff.login IS 'The person''s own login, compared with session_user; NULL: cannot connect.';
COMMENT ON COLUMN pgcustsec_internal.staff.department_code IS 'The department (部门) they belong to.';
COMMENT ON COLUMN pgcustsec_internal.staff.branch_code IS 'The branch (分公司) they belong to.';
COMMENT ON COLUMN pgcustsec_internal.staff.manager_id IS 'Their manager; NULL at the top.';
COMMENT ON COLUMN pgcustsec_internal.staff.active IS 'False once they left: nobody to every policy, and serving no one.';
COMMENT ON COLUMN pgcustsec_internal.staff.roles IS
    'Roles held, from staff_role by trigger: every statement asks for them, and one row answers.';
COMMENT ON COLUMN pgcustsec_internal.staff.serves_direct IS
    'Whose customers they serve as a direct manager: their own number, and active staff whose manager they are, by trigger.';
COMMENT ON COLUMN pgcustsec_internal.staff.serves_chain IS
    'The same with active staff anywhere below, by trigger. The chain goes through people who left; they serve nobody.';

-- sql/src/30_tables/21_staff_role.sql
CREATE TABLE pgcustsec_internal.staff_role (
    staff_id text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.staff ON DELETE CASCADE,
    role_code text COLLATE "C" NOT NULL REFERENCES pgcustsec_internal.role,
    granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    granted_by name NOT NULL DEFAULT session_user,
    PRIMARY KEY (staff_id, role_code)
);
CREATE INDEX staff_role_role_code ON pgcustsec_internal.staff_role (role_code);
COMMENT ON TABLE pgcustsec_internal.staff_role IS
    'Which person holds which role. It, not the membership of a login, decides what a view shows (5.3).';
COMMENT ON COLUMN pgcustsec_internal.staff_role.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.role_code IS 'The role of the matrix.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.granted_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.staff_role.granted_by IS 'The login of the administrator who gave it.';

-- sql/src/30_tables/30_applied_matrix.sql
CREATE TABLE pgcustsec_internal.applied_matrix (
    applied_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    matrix jsonb NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    applied_by name NOT NULL DEFAULT session_user
);
COMMENT ON TABLE pgcustsec_internal.applied_matrix IS 'Every matrix ever applied here, newest last: what was allowed when.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_id IS 'Order of application.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.matrix IS 'What each role was given, per table and column.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_by IS 'The login that applied it.';

-- sql/src/30_tables/31_applied_object.sql
CREATE TABLE pgcustsec_internal.applied_object (
    object text COLLATE "C" PRIMARY KEY,
    source_digest text NOT NULL,
    present_digest text NOT NULL,
    server_major integer NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.applied_object IS
    'Bodies as applied: a body is ours as long as its source and what the server makes of it are both unchanged.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.object IS 'Kind and identity of the object.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.source_digest IS 'SHA-256 of what was compiled.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.present_digest IS 'SHA-256 of what the server printed of it afterwards.';
COMMENT ON COLUMN pgcustsec_internal.applied_object.server_major IS 'The server version that printed it.';

-- sql/src/30_tables/40_change.sql
CREATE TABLE pgcustsec_internal.change (
    change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    operation pgcustsec_internal.operation NOT NULL,
    column_name name,
    old_value text,
    new_value text,
    old_blind bytea,
    new_blind bytea,
    key_id integer,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C",
    login name NOT NULL DEFAULT session_user,
    session_id uuid,
    application_name text,
    reason text
);
CREATE INDEX change_record ON pgcustsec_internal.change (relation, record_key);
COMMENT ON TABLE pgcustsec_internal.change IS
    'Who made, changed or removed a record with tier-1 or tier-2 values, when and why (3.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.change.change_id IS 'What confirm_change() takes.';
COMMENT ON COLUMN pgcustsec_internal.change.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.change.record_key IS 'The row''s key; a key of several columns as a JSON array.';
COMMENT ON COLUMN pgcustsec_internal.change.operation IS 'made or removed: the record; changed: the column.';
COMMENT ON COLUMN pgcustsec_internal.change.column_name IS 'The column that was changed; NULL: the record as a whole.';
COMMENT ON COLUMN pgcustsec_internal.change.old_value IS 'Value before; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec_internal.change.new_value IS 'Value after; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec_internal.change.old_blind IS 'Of tier 1 and names: keyed blind index of the value before.';
COMMENT ON COLUMN pgcustsec_internal.change.new_blind IS 'Of tier 1 and names: keyed blind index of the value after.';
COMMENT ON COLUMN pgcustsec_internal.change.key_id IS 'The key of both blind indexes.';
COMMENT ON COLUMN pgcustsec_internal.change.changed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.change.staff_id IS 'The person; NULL: a login of no member of staff.';
COMMENT ON COLUMN pgcustsec_internal.change.login IS 'The login that it came over.';
COMMENT ON COLUMN pgcustsec_internal.change.session_id IS 'The session at work.';
COMMENT ON COLUMN pgcustsec_internal.change.application_name IS 'What the client called itself.';
COMMENT ON COLUMN pgcustsec_internal.change.reason IS 'What the client set as pgcustsec.change_reason.';
COMMENT ON INDEX pgcustsec_internal.change_record IS 'Finds what happened to a record.';

-- sql/src/30_tables/41_change_confirmation.sql
CREATE TABLE pgcustsec_internal.change_confirmation (
    change_id bigint NOT NULL REFERENCES pgcustsec_internal.change,
    confirmed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    word text NOT NULL CHECK (word <> '')
);
CREATE INDEX change_confirmation_change_id ON pgcustsec_internal.change_confirmation (change_id);
COMMENT ON TABLE pgcustsec_internal.change_confirmation IS
    'On whose word a changed value stands (3.1): what confirm_change() recorded. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.change_id IS 'The change.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.confirmed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.staff_id IS 'Who recorded it.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.word IS 'How the customer confirmed, in the person''s words.';

-- sql/src/40_functions/api/_why_nobody.sql
CREATE FUNCTION pgcustsec_internal._why_nobody(has_left boolean, OUT reason text, OUT next_step text)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    IF has_left THEN
        reason := format('the person behind login %I has left', session_user);
        next_step := 'if they are back, an administrator registers them anew: pgcustsec staff add';
    ELSE
        reason := format('login %I is registered to no member of staff (2.3)', session_user);
        next_step := 'use your own login: an application''s is nobody by itself; or ask an administrator: pgcustsec staff add';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._why_nobody(boolean) IS 'Why this login is nobody, and what to do.';
REVOKE ALL ON FUNCTION pgcustsec_internal._why_nobody(boolean) FROM PUBLIC;

-- sql/src/40_functions/api/confirm_change.sql
CREATE FUNCTION pgcustsec.confirm_change(change_id bigint, word text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person text := (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user AND s.active);
BEGIN
    IF person IS NULL THEN
        RAISE EXCEPTION 'login % is registered to no active member of staff (2.3)', session_user
            USING ERRCODE = 'CS001', HINT = 'Use your own login.';
    END IF;
    -- Whose word it was is known to who made the change, and to nobody who merely guesses a number.
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.change AS c
        WHERE c.change_id = confirm_change.change_id AND c.operation = 'changed' AND c.staff_id = person)
    THEN
        RAISE EXCEPTION 'there is no change % of yours', confirm_change.change_id
            USING ERRCODE = 'CS201', HINT = 'Its number is among those of pgcustsec.my_changes().';
    END IF;
    IF coalesce(trim(confirm_change.word), '') = '' THEN
        RAISE EXCEPTION 'the customer''s word is missing' USING ERRCODE = 'CS206', HINT = 'Say how the customer confirmed it.';
    END IF;
    INSERT INTO pgcustsec_internal.change_confirmation (change_id, staff_id, word)
        VALUES (confirm_change.change_id, person, confirm_change.word);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.confirm_change(bigint, text) IS
    'Records the customer''s confirmation of a value that this login''s person changed, and how they gave it (3.1).';
REVOKE ALL ON FUNCTION pgcustsec.confirm_change(bigint, text) FROM PUBLIC;

-- sql/src/40_functions/api/my_changes.sql
CREATE FUNCTION pgcustsec.my_changes()
    RETURNS TABLE (change_id bigint, changed_at timestamptz, relation text, record_key text, column_name name, confirmed boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- No values: whom one served once is not whom one serves now.
    RETURN QUERY
        SELECT
            c.change_id, c.changed_at, c.relation, c.record_key, c.column_name,
            EXISTS (SELECT FROM pgcustsec_internal.change_confirmation AS f WHERE f.change_id = c.change_id)
        FROM pgcustsec_internal.change AS c
        WHERE c.operation = 'changed'
            AND c.staff_id = (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user AND s.active)
        ORDER BY c.change_id DESC;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.my_changes() IS
    'Changes that this login''s person made, newest first and without values: the numbers that confirm_change() takes (3.1).';
REVOKE ALL ON FUNCTION pgcustsec.my_changes() FROM PUBLIC;

-- sql/src/40_functions/api/version.sql
CREATE FUNCTION pgcustsec.version()
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN '0.1';
COMMENT ON FUNCTION pgcustsec.version() IS 'The version that was delivered here, the same for both deliveries.';
REVOKE ALL ON FUNCTION pgcustsec.version() FROM PUBLIC;

-- sql/src/40_functions/api/whoami.sql
CREATE FUNCTION pgcustsec.whoami()
    RETURNS TABLE (
        staff_id text,
        full_name text,
        roles text[],
        department text,
        branch text,
        session uuid,
        cleared boolean,
        reason text,
        next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person pgcustsec_internal.staff;
BEGIN
    SELECT s.* INTO person FROM pgcustsec_internal.staff AS s WHERE s.login = session_user;

    -- One who left is told no more than a stranger: nothing about them is theirs to read any longer.
    IF NOT coalesce(person.active, false) THEN
        RETURN QUERY SELECT NULL::text, NULL::text, '{}'::text[], NULL::text, NULL::text, NULL::uuid, false, w.reason, w.next_step
            FROM pgcustsec_internal._why_nobody(person.staff_id IS NOT NULL) AS w;
        RETURN;
    END IF;

    RETURN QUERY
        SELECT person.staff_id, person.full_name, held.roles, person.department_code, person.branch_code, NULL::uuid,
            held.roles <> '{}',
            CASE WHEN held.roles = '{}' THEN 'you hold no role of the matrix (5.3)' END,
            CASE WHEN held.roles = '{}' THEN 'ask an administrator for the role that your work needs' END
        FROM (SELECT ARRAY(
            SELECT r.role_code
            FROM pgcustsec_internal.staff_role AS r
            WHERE r.staff_id = person.staff_id
            ORDER BY r.role_code) AS roles) AS held;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.whoami() IS
    'One row about this login''s person: roles, department, branch, whether cleared, and if not, why and what to do.';
REVOKE ALL ON FUNCTION pgcustsec.whoami() FROM PUBLIC;

-- sql/src/40_functions/context/_reports.sql
CREATE FUNCTION pgcustsec_internal._reports(manager text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- UNION, not UNION ALL: a circle of managers ends.
    RETURN ARRAY(
        WITH RECURSIVE below AS (
            SELECT s.staff_id, s.active FROM pgcustsec_internal.staff AS s WHERE s.manager_id = manager
            UNION
            SELECT s.staff_id, s.active
            FROM below
            JOIN pgcustsec_internal.staff AS s ON s.manager_id = below.staff_id)
        SELECT below.staff_id FROM below WHERE below.active ORDER BY 1);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._reports(text) IS 'Active staff anywhere below a manager (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._reports(text) FROM PUBLIC;

-- sql/src/40_functions/context/refuse_old_snapshot.sql
CREATE FUNCTION pgcustsec_internal.refuse_old_snapshot()
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'tier 1 and tier 2 show in READ COMMITTED transactions only'
        USING ERRCODE = 'CS107',
            HINT = 'Begin the transaction READ COMMITTED: an older snapshot would outlive a suspension.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_old_snapshot() IS
    'Ends a statement that asks who serves whom in a snapshot older than itself (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_old_snapshot() FROM PUBLIC;

-- sql/src/40_functions/history/_refuse_rewriting.sql
CREATE FUNCTION pgcustsec_internal._refuse_rewriting()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION '%.% is evidence: rows are added to it, never changed and never removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'CS604',
            HINT = 'Record a correction beside what is there.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_rewriting() IS 'Keeps evidence as it was written (5.2.4), its owner included.';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_rewriting() FROM PUBLIC;

-- sql/src/40_functions/history/clearing.sql
CREATE FUNCTION pgcustsec_internal.clearing()
    RETURNS text[]
    LANGUAGE sql
    STABLE
    PARALLEL SAFE
RETURN
    -- Blanks around a name are no part of it; blanks in it are.
    regexp_split_to_array(btrim(current_setting('pgcustsec.clear', true), ' '), ' *, *');
COMMENT ON FUNCTION pgcustsec_internal.clearing() IS
    'Columns that the client says it clears, by pgcustsec.clear; NULL: none (3.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.clearing() FROM PUBLIC;

-- sql/src/40_functions/history/record_change.sql
CREATE FUNCTION pgcustsec_internal.record_change(
    relation text, record_key text, operation text,
    column_name text DEFAULT NULL, old_value text DEFAULT NULL, new_value text DEFAULT NULL,
    old_blind bytea DEFAULT NULL, new_blind bytea DEFAULT NULL, key_id integer DEFAULT NULL)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    INSERT INTO pgcustsec_internal.change (
        relation, record_key, operation, column_name, old_value, new_value, old_blind, new_blind, key_id,
        staff_id, application_name, reason)
    VALUES (
        record_change.relation, record_change.record_key, record_change.operation, record_change.column_name,
        record_change.old_value, record_change.new_value, record_change.old_blind, record_change.new_blind,
        record_change.key_id,
        (SELECT s.staff_id FROM pgcustsec_internal.staff AS s WHERE s.login = session_user),
        current_setting('application_name'), nullif(current_setting('pgcustsec.change_reason', true), ''));
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.record_change(text, text, text, text, text, text, bytea, bytea, integer) IS
    'Writes down what this login does to a record (3.1). Called by what writes through views, as the role''s viewer.';
REVOKE ALL ON FUNCTION pgcustsec_internal.record_change(text, text, text, text, text, text, bytea, bytea, integer)
    FROM PUBLIC;

-- sql/src/40_functions/history/refuse_write.sql
-- Every refusal of a write in one place: what was asked, of which column, what to do next, and never a value.
CREATE FUNCTION pgcustsec_internal.refuse_write(state text, relation text, columns text[])
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    named constant text := array_to_string(columns, ', ');
    said text;
    next_step text;
BEGIN
    SELECT w.said, w.next_step
    INTO said, next_step
    FROM (VALUES
        ('40001', 'others changed this record of %1$s while this statement went on',
            'Read it again, and repeat the transaction. A statement that meets a row twice fails like this as well.'),
        ('CS401', 'what was written to %1$s.%2$s is a masked form, not a true value (3.1)',
            'Leave the column out, or write the value that the customer gave.'),
        ('CS402', '%1$s.%2$s is hidden in this row, and what is not seen is not changed (3.1)',
            'Leave the column as it was read.'),
        ('CS403', 'this would clear %1$s.%2$s (3.1)',
            format('If that is meant: SET LOCAL pgcustsec.clear = %L, in the same transaction.', named)),
        ('CS404', 'another record has this value of %1$s.%2$s already', 'Look for the record that has it.'),
        ('CS405', 'what was written to %1$s.%2$s has not the shape of its kind',
            'Check it for slips of the pen; blanks alone, stars and control characters are no value.'),
        ('CS406', 'this role may not write %1$s.%2$s (5.3)', 'Leave the column out, or as it was read; if somebody else has changed it meanwhile, read the row again.')
    ) AS w (state, said, next_step)
    WHERE w.state = refuse_write.state;

    RAISE EXCEPTION '%', format(said, relation, named) USING ERRCODE = state, HINT = next_step;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_write(text, text, text[]) IS
    'Ends a statement that writes what it may not (3.1, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_write(text, text, text[]) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_address.sql
-- The province stays and nothing below it: a city next to a birth date may say who. It must be written out (北京市, 广东省):
-- 上海路 is a street and 海南州 lies elsewhere. Twelve characters at least, so that the middle four are never among those
-- shown.
CREATE FUNCTION pgcustsec_internal.mask_address(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) >= 12 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯0-9A-Za-z#()（）、－-]'
            THEN
                CASE
                    WHEN left(value, 3) COLLATE "C" IN (
                        '北京市', '天津市', '上海市', '重庆市', '河北省', '山西省', '辽宁省', '吉林省', '江苏省',
                        '浙江省', '安徽省', '福建省', '江西省', '山东省', '河南省', '湖北省', '湖南省', '广东省',
                        '海南省', '四川省', '贵州省', '云南省', '陕西省', '甘肃省', '青海省', '台湾省'
                    )
                        THEN left(value, 3) || '******'
                    WHEN value COLLATE "C" LIKE '黑龙江省%' THEN '黑龙江******'
                    WHEN value COLLATE "C" LIKE '内蒙古自治区%' THEN '内蒙古******'
                    WHEN value COLLATE "C" LIKE '广西壮族自治区%' THEN '广西******'
                    WHEN value COLLATE "C" LIKE '西藏自治区%' THEN '西藏******'
                    WHEN value COLLATE "C" LIKE '宁夏回族自治区%' THEN '宁夏******'
                    WHEN value COLLATE "C" LIKE '新疆维吾尔自治区%' THEN '新疆******'
                    WHEN value COLLATE "C" LIKE '香港特别行政区%' THEN '香港******'
                    WHEN value COLLATE "C" LIKE '澳门特别行政区%' THEN '澳门******'
                    ELSE '***'
                END
        WHEN value COLLATE "C" IN (
            '北京市******', '天津市******', '上海市******', '重庆市******', '河北省******', '山西省******',
            '辽宁省******', '吉林省******', '江苏省******', '浙江省******', '安徽省******', '福建省******',
            '江西省******', '山东省******', '河南省******', '湖北省******', '湖南省******', '广东省******',
            '海南省******', '四川省******', '贵州省******', '云南省******', '陕西省******', '甘肃省******',
            '青海省******', '台湾省******', '黑龙江******', '内蒙古******', '广西******', '西藏******',
            '宁夏******', '新疆******', '香港******', '澳门******', '***'
        )
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_address(text) IS
    'Address (地址) as 北京市******; *** where no province is recognised or for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_address(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_bank_account.sql
-- The last four alone, behind as many stars as the shortest account needs: the first and last four of a twelve-digit
-- account would leave 10,000 numbers to try, a tenth of them with a right check digit. The length is not told.
CREATE FUNCTION pgcustsec_internal.mask_bank_account(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 12 AND 19 AND value COLLATE "C" !~ '[^0-9]'
            THEN '********' || right(value, 4)
        WHEN value COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_bank_account(text) IS
    'Bank account (银行账号) as ********5678; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_bank_account(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_email.sql
-- The domain goes as well: one's own domain is a name, and in most addresses the middle four characters, which the
-- policy hides, reach into it.
CREATE FUNCTION pgcustsec_internal.mask_email(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 8 AND 254
            AND value COLLATE "C" ~ '^[0-9A-Za-z][0-9A-Za-z._+-]+@[0-9A-Za-z-]+([.][0-9A-Za-z-]+)+$'
            THEN left(value, 1) || '***@***'
        WHEN value COLLATE "C" ~ '^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_email(text) IS
    'Email address (联系方式) as z***@***; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_email(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_id_document.sql
-- The province alone stays of a citizen's number. Next to the birth date and sex that tiers 2 and 3 show, the six
-- digits of the county would leave 500 numbers to try; the province leaves tens of thousands and tells no more than the
-- address does. The length stays: it tells an old number (15) from a new one (18). Of a passport or permit the first
-- letter stays, which is its type.
CREATE FUNCTION pgcustsec_internal.mask_id_document(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) IN (15, 18)
            AND left(value, 17) COLLATE "C" !~ '[^0-9]' AND right(value, 1) COLLATE "C" !~ '[^0-9Xx]'
            AND left(value, 2) COLLATE "C" IN (
                '11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34',
                '35', '36', '37', '41', '42', '43', '44', '45', '46', '50', '51', '52',
                '53', '54', '61', '62', '63', '64', '65', '71', '81', '82', '83'
            )
            THEN left(value, 2) || repeat('*', length(value) - 2)
        WHEN value COLLATE "C" ~ '^[A-Z]([0-9]{8}|[A-Z][0-9]{7}|[0-9]{10})$'
            THEN left(value, 1) || '********'
        WHEN value COLLATE "C" ~ '^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?'
            '|[A-Z][*]{8}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_id_document(text) IS
    'Identity document (身份证件) as 11**************** or E********; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_id_document(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_messenger.sql
-- Messenger ids have no shape to check, and many are a phone number: nothing of them is shown.
CREATE FUNCTION pgcustsec_internal.mask_messenger(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_messenger(text) IS
    'Messenger id (联系方式) as *** (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_messenger(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_name.sql
-- Every served row of every list shows a name: the common case costs one length and one character class.
--
-- The surname stays; more than two characters behind it count as two, so that a long name does not stand out. Compound
-- surnames (复姓) are those that can hardly be a single surname and a given name: where they can, as 乐正 or 段干, only the
-- first character is shown. Two characters are never taken for a compound surname alone.
-- Names with a dot and long names keep the first character, Latin ones the first letter before a mask of fixed length.
-- The masked form goes through the same rule and comes out as it was.
CREATE FUNCTION pgcustsec_internal.mask_name(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 2 AND 20 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯]'
            OR length(value) BETWEEN 3 AND 40 AND value COLLATE "C" ~ '^[㐀-䶿一-鿿𠀀-𳎯]+([·•‧・][㐀-䶿一-鿿𠀀-𳎯]+)+$'
            OR value COLLATE "C" ~ '^[㐀-䶿一-鿿𠀀-𳎯]{1,2}[*]{1,2}$'
            THEN
                CASE
                    WHEN length(value) = 2
                        THEN left(value, 1) || '*'
                    -- The code points of their first characters come first: numbers are at hand in every statement,
                    -- while the list of surnames is only made ready where one of them may stand.
                    WHEN ascii(value) IN (
                        19975, 19978, 19996, 20115, 20196, 20210, 20844, 21271, 21335, 21363, 21460, 21496, 21628, 22756,
                        22799, 22826, 23376, 23431, 23436, 23561, 24043, 24494, 24917, 25299, 26481, 27431, 27472, 28147,
                        28422, 28601, 28654, 29420, 29544, 30003, 30334, 30343, 31471, 31532, 32013, 32435, 32650, 32822,
                        32862, 33836, 35098, 35199, 35576, 35832, 36203, 36562, 36713, 36798, 36948, 37758, 37912, 38047,
                        38263, 38271, 38317, 38395, 38398, 38995, 39067, 39854, 40092
                    ) AND left(value, 2) COLLATE "C" IN (
                        '欧阳', '上官', '司马', '司徒', '司空', '司寇', '诸葛', '夏侯', '皇甫', '尉迟', '公孙', '公羊', '公冶',
                        '公西', '公良', '慕容', '令狐', '东方', '东郭', '东门', '西门', '南门', '南宫', '北宫', '长孙', '仲孙',
                        '叔孙', '颛孙', '宇文', '端木', '轩辕', '独孤', '钟离', '申屠', '濮阳', '闻人', '万俟', '淳于', '鲜于',
                        '太叔', '太史', '澹台', '赫连', '百里', '呼延', '拓跋', '闾丘', '亓官', '巫马', '漆雕', '壤驷', '子车',
                        '羊舌', '微生', '即墨', '达奚', '褚师', '第五', '完颜', '耶律', '纳兰', '歐陽', '司馬', '諸葛', '尉遲',
                        '公孫', '東方', '東郭', '東門', '西門', '南門', '南宮', '北宮', '長孫', '仲孫', '叔孫', '顓孫', '軒轅',
                        '獨孤', '鍾離', '鐘離', '濮陽', '聞人', '萬俟', '鮮于', '澹臺', '赫連', '閭丘', '巫馬', '壤駟', '子車',
                        '達奚', '褚師', '完顏', '納蘭'
                    )
                        THEN left(value, 2) || CASE length(value) WHEN 3 THEN '*' ELSE '**' END
                    ELSE left(value, 1) || '**'
                END
        WHEN length(value) BETWEEN 4 AND 60
            AND value COLLATE "C" ~ '^[A-Za-zÀ-ÖØ-öø-ž][A-Za-zÀ-ÖØ-öø-ž .''-]*[A-Za-zÀ-ÖØ-öø-ž.]$'
            THEN left(value, 1) || '***'
        WHEN value COLLATE "C" ~ '^[A-Za-zÀ-ÖØ-öø-ž]?[*]{3}$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_name(text) IS
    'Name (姓名) as 张*, 张**, 欧阳**, or J***; *** for any other shape (5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_name(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_phone.sql
-- One canonical form whatever the spelling, so that a masked number neither tells how it was written nor outgrows its
-- column. A mobile number loses its middle four digits; a landline all but the area code and the last two, because the
-- middle of what is dialled locally and the middle of the whole number are different digits. With an extension, which
-- moves the middle again, only the area code stays.
-- COLLATE "C" throughout: ranges are code points, and a column whose collation is nondeterministic works too.
CREATE FUNCTION pgcustsec_internal.mask_phone(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN left(value, 3) || '****' || right(value, 4)
        WHEN value COLLATE "C" ~ '^([+]|00)?86[ -]?1[3-9][0-9]([ -]?[0-9]{4}){2}$'
            THEN left(right(translate(value, ' -', ''), 11), 3) || '****' || right(value, 4)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9])-?[0-9]{7,8}$'
            THEN left(value, 3) || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^0[3-9][0-9]{2}-?[0-9]{7,8}$'
            THEN left(value, 4) || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9]|[3-9][0-9]{2})-[0-9]{7,8}-[0-9]{1,5}$'
            THEN left(value, strpos(value COLLATE "C", '-')) || '****'
        WHEN value COLLATE "C" ~ '^([+]|00)86[ -]?0?(10|2[0-9])[ -]?[0-9]{3,4}[ -]?[0-9]{4}$'
            THEN '0' || left(ltrim(substr(ltrim(translate(value, ' -', ''), '+0'), 3), '0'), 2)
                || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^([+]|00)86[ -]?0?[3-9][0-9]{2}[ -]?[0-9]{3,4}[ -]?[0-9]{4}$'
            THEN '0' || left(ltrim(substr(ltrim(translate(value, ' -', ''), '+0'), 3), '0'), 3)
                || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_phone(text) IS
    'Phone number (联系方式) as 138****5678 or 010-****78; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_phone(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_plate.sql
-- Who issued it stays; the rest goes at one length, so that a new-energy plate (新能源) looks like any other.
CREATE FUNCTION pgcustsec_internal.mask_plate(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" ~ '^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z]·?'
            '([0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z学警港澳挂]|[0-9A-HJ-NP-Z]{6})$'
            THEN left(value, 2) || '*****'
        WHEN value COLLATE "C" ~ '^([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][*]{5}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_plate(text) IS
    'Number plate (车牌) as 京A*****; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_plate(text) FROM PUBLIC;

-- sql/src/40_functions/masks/mask_text.sql
-- For what has no shape of its own: nothing of it is shown.
CREATE FUNCTION pgcustsec_internal.mask_text(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_text(text) IS
    'Any other text as *** (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_text(text) FROM PUBLIC;

-- sql/src/40_functions/people/_refresh_standing.sql
CREATE FUNCTION pgcustsec_internal._refresh_standing()
    RETURNS trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    -- One at a time: each must see what the other changed. Staff itself cannot be the lock, both hold it already.
    LOCK TABLE pgcustsec_internal.department IN SHARE ROW EXCLUSIVE MODE;
    UPDATE pgcustsec_internal.staff AS s
    SET roles = now_held.roles, serves_direct = now_held.serves_direct, serves_chain = now_held.serves_chain
    FROM (
        SELECT
            p.staff_id,
            ARRAY(
                SELECT r.role_code FROM pgcustsec_internal.staff_role AS r
                WHERE r.staff_id = p.staff_id ORDER BY 1) AS roles,
            p.staff_id || ARRAY(
                SELECT d.staff_id FROM pgcustsec_internal.staff AS d
                WHERE d.manager_id = p.staff_id AND d.active ORDER BY 1) AS serves_direct,
            p.staff_id || pgcustsec_internal._reports(p.staff_id) AS serves_chain
        FROM pgcustsec_internal.staff AS p) AS now_held
    WHERE now_held.staff_id = s.staff_id
        AND (s.roles, s.serves_direct, s.serves_chain)
            IS DISTINCT FROM (now_held.roles, now_held.serves_direct, now_held.serves_chain);
    RETURN NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refresh_standing() IS
    'Keeps in each person''s row the roles they hold and the people they manage (5.2.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refresh_standing() FROM PUBLIC;

-- sql/src/40_functions/vault/10__hmac_block.sql
-- RFC 2104, block of 64 bytes. The pads are 54 (0x36) inside and 92 (0x5c) outside. Bytes one by one: this runs once
-- for a key, not once for a value.
CREATE FUNCTION pgcustsec_internal._hmac_block(key bytea, pad integer)
    RETURNS bytea
    LANGUAGE plpgsql
    IMMUTABLE
    STRICT
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    block bytea := CASE WHEN length(key) > 64 THEN sha256(key) ELSE key END;
BEGIN
    block := block || decode(repeat('00', 64 - length(block)), 'hex');
    FOR place IN 0..63 LOOP
        block := set_byte(block, place, get_byte(block, place) # pad);
    END LOOP;
    RETURN block;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._hmac_block(bytea, integer) IS
    'The block that a key gives HMAC-SHA-256 with a pad: 54 for the inner one, 92 for the outer.';
REVOKE ALL ON FUNCTION pgcustsec_internal._hmac_block(bytea, integer) FROM PUBLIC;

-- sql/src/40_functions/vault/11_hmac_sha256_blocks.sql
-- For many messages under one key: its blocks are made once, by _hmac_block, and a message costs two hashes.
CREATE FUNCTION pgcustsec_internal.hmac_sha256_blocks(message bytea, inner_block bytea, outer_block bytea)
    RETURNS bytea
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    sha256(outer_block || sha256(inner_block || message));
COMMENT ON FUNCTION pgcustsec_internal.hmac_sha256_blocks(bytea, bytea, bytea) IS
    'HMAC-SHA-256 of a message under the key whose two blocks these are (RFC 2104).';
REVOKE ALL ON FUNCTION pgcustsec_internal.hmac_sha256_blocks(bytea, bytea, bytea) FROM PUBLIC;

-- sql/src/40_functions/vault/12_hmac_sha256.sql
CREATE FUNCTION pgcustsec_internal.hmac_sha256(message bytea, key bytea)
    RETURNS bytea
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    pgcustsec_internal.hmac_sha256_blocks(
        message, pgcustsec_internal._hmac_block(key, 54), pgcustsec_internal._hmac_block(key, 92));
COMMENT ON FUNCTION pgcustsec_internal.hmac_sha256(bytea, bytea) IS
    'HMAC-SHA-256 of a message under a key (RFC 2104); hmac_sha256_blocks is the way for many messages.';
REVOKE ALL ON FUNCTION pgcustsec_internal.hmac_sha256(bytea, bytea) FROM PUBLIC;

-- sql/src/40_functions/vault/20__visible.sql
-- Compatibility composition (NFKC) makes full-width digits and letters ASCII, and most blanks, the ideographic among
-- them, a space. It leaves the line ends and U+0085, 1680, 2028, 2029, which become spaces here, and what cannot be
-- seen: soft hyphen, zero-width and direction characters, which pasting from a phone's contacts brings along. Plain
-- ASCII, most of what comes here, has none of it.
CREATE FUNCTION pgcustsec_internal._visible(value text, unwanted text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^ -~]'
            THEN translate(value, unwanted, '')
        ELSE translate(
            normalize(value, NFKC),
            U&'!0009!000A!000B!000C!000D!0085!1680!2028!2029'
                '!00AD!061C!180E!200B!200C!200D!200E!200F!202A!202B!202C!202D!202E'
                '!2060!2061!2062!2063!2064!2066!2067!2068!2069!FEFF' UESCAPE '!' || unwanted,
            '         '
        )
    END;
COMMENT ON FUNCTION pgcustsec_internal._visible(text, text) IS
    'A value with every blank a space and every full-width character ASCII, without the invisible and unwanted ones.';
REVOKE ALL ON FUNCTION pgcustsec_internal._visible(text, text) FROM PUBLIC;

-- sql/src/40_functions/vault/21__normal_odd_phone.sql
-- A function of its own, as what is found at one step is asked for twice at the next. An extension is kept, behind an
-- x: 0755-1234567-1 and 0755-12345671 are two numbers.
CREATE FUNCTION pgcustsec_internal._normal_odd_phone(value text)
    RETURNS text
    LANGUAGE plpgsql
    IMMUTABLE
    STRICT
    PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    -- Every separator a hyphen, none at the ends.
    written text := btrim(translate(lower(pgcustsec_internal._visible(value, '') COLLATE "C"),
        ' ().:‐‒–—―−', '-----------'), '-');
BEGIN
    IF written COLLATE "C" ~ '[^0-9+-]' THEN
        written := regexp_replace(normalize(replace(written COLLATE "C", '-', ''), NFKC) COLLATE "C",
            '(?<=[0-9])(转接?|分机号?|ext|x|#)(?=[0-9]{1,6}$)', 'x');
    ELSIF written COLLATE "C" ~
        '^((([+]|00)?-*86-*0?|0)-*(10|2[0-9]|[3-9][0-9]{2})-*[0-9]{3,4}-?[0-9]{4}'
        '|(([+]|00)?-*86)?-*0?1[3-9][0-9]-?[0-9]{4}-?[0-9]{4})-+[0-9]{1,5}$'
    THEN
        written := regexp_replace(written COLLATE "C", '-+(?=[0-9]{1,5}$)', 'x');
    END IF;
    written := replace(written COLLATE "C", '-', '');

    IF written COLLATE "C" ~ '^(([+]|00)?86)?0?1[3-9][0-9]{9}(x[0-9]+)?$' THEN
        RETURN substring(written COLLATE "C" FROM '1[3-9][0-9]{9}(?:x[0-9]+)?$');
    END IF;
    -- 400 and 800 numbers are dialled without a zero.
    IF written COLLATE "C"
        ~ '^([+]|00)?860?(?![48]00[0-9]{7}(x|$))(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}(x[0-9]+)?$' THEN
        RETURN '0' || ltrim(substr(ltrim(written, '+0'), 3), '0');
    END IF;
    IF written COLLATE "C" ~ '^([+]|00)86(?!86|00)[0-9]{3,}(x[0-9]+)?$' THEN
        RETURN substr(ltrim(written, '+0'), 3);
    END IF;
    RETURN CASE WHEN written COLLATE "C" ~ '^00[1-9]' THEN '+' || substr(written, 3) ELSE written END;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._normal_odd_phone(text) IS
    'What normal_phone gives for a number in a spelling that it cannot tell at a glance.';
REVOKE ALL ON FUNCTION pgcustsec_internal._normal_odd_phone(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_bank_account.sql
-- Upper case, because an account abroad (IBAN) has letters.
CREATE FUNCTION pgcustsec_internal.normal_bank_account(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9]'
            THEN value
        ELSE normalize(
            replace(upper(pgcustsec_internal._visible(value, '-‐‒–—―−') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_bank_account(text) IS
    'The one spelling of a bank account, for its keyed index: no blanks or hyphens.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_bank_account(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_email.sql
-- The part before the @ may tell capitals apart by the letter of the standard; no provider does.
CREATE FUNCTION pgcustsec_internal.normal_email(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9a-z@._+-]'
            THEN value
        ELSE normalize(lower(btrim(pgcustsec_internal._visible(value, '')) COLLATE "C"), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_email(text) IS
    'The one spelling of an email address, for its keyed index: lower case, no blanks around it.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_email(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_id_document.sql
-- Parentheses go too: a Hong Kong identity card is written A123456(3) or A1234563.
CREATE FUNCTION pgcustsec_internal.normal_id_document(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9A-Z]'
            THEN value
        ELSE normalize(replace(upper(pgcustsec_internal._visible(value, '()-') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_id_document(text) IS
    'The one spelling of an identity document, for its keyed index: upper case, no blanks, hyphens or parentheses.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_id_document(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_phone.sql
-- Most numbers are spelt in one of the first three ways and cost a pattern or two.
CREATE FUNCTION pgcustsec_internal.normal_phone(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN value
        WHEN value COLLATE "C" ~ '^([+]|00)?86[ -]?1[3-9][0-9]([ -]?[0-9]{4}){2}$'
            THEN right(translate(value, ' -', ''), 11)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9]|[3-9][0-9]{2})-?[0-9]{7,8}$'
            THEN translate(value, '-', '')
        WHEN value IS NOT NULL
            THEN pgcustsec_internal._normal_odd_phone(value)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_phone(text) IS
    'The one spelling of a phone number, for its keyed index: 13812345678, 01012345678, 01012345678x12, +12025550143.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_phone(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_plate.sql
CREATE FUNCTION pgcustsec_internal.normal_plate(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9A-Z一-鿿]'
            THEN value
        ELSE normalize(replace(upper(pgcustsec_internal._visible(value, '·•‧・∙⋅.-') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_plate(text) IS
    'The one spelling of a number plate, for its keyed index: upper case, no dot, hyphen or blanks.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_plate(text) FROM PUBLIC;

-- sql/src/40_functions/vault/22_normal_text.sql
-- For kinds without a spelling of their own. Nothing visible or invisible goes but blanks: a change is a change.
CREATE FUNCTION pgcustsec_internal.normal_text(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^!-~㐀-䶿一-鿿𠀀-𪛖]'
            THEN value
        ELSE btrim(regexp_replace(
            normalize(value, NFKC) COLLATE "C", U&'[[:space:]!0085!1680!2028!2029]+' UESCAPE '!', ' ', 'g'))
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_text(text) IS
    'The one spelling of any other text, for its change history: no blanks around it, one between words.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_text(text) FROM PUBLIC;

-- sql/src/40_functions/vault/30__has_control.sql
-- Direction characters among them: they make a number show in another order than it is kept in.
CREATE FUNCTION pgcustsec_internal._has_control(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'[!0001-!001F!007F-!009F!00AD!061C!180E!200B-!200F!2028-!202E!2060-!206F!FEFF!FFF9-!FFFD]'
            UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._has_control(text) IS
    'Whether there is a character in this that is not for the eye: control, zero-width, direction, damaged.';
REVOKE ALL ON FUNCTION pgcustsec_internal._has_control(text) FROM PUBLIC;

-- sql/src/40_functions/vault/30__has_letter.sql
-- Letters of every script by their blocks, as the classes of the "C" collation know ASCII alone.
CREATE FUNCTION pgcustsec_internal._has_letter(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'[A-Za-z!00C0-!180D!1810-!1FFF!2C00-!2DFF!3041-!30FA!30FC-!D7FF!F900-!FDFF!FE70-!FEFC'
            '!FF21-!FF3A!FF41-!FF5A!FF66-!FFDC!+010000-!+01EFFF!+020000-!+03FFFD]' UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._has_letter(text) IS 'Whether there is a letter, of any script, in this.';
REVOKE ALL ON FUNCTION pgcustsec_internal._has_letter(text) FROM PUBLIC;

-- sql/src/40_functions/vault/30__says_nothing.sql
CREATE FUNCTION pgcustsec_internal._says_nothing(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ U&'^[[:space:]!0085!00A0!1680!2000-!200F!2028-!202F!205F-!206F!3000!FEFF]*([*!FF0A!FE61]{3})?'
            '[[:space:]!0085!00A0!1680!2000-!200F!2028-!202F!205F-!206F!3000!FEFF]*$' UESCAPE '!';
COMMENT ON FUNCTION pgcustsec_internal._says_nothing(text) IS 'Whether this is blank, or *** and nothing else.';
REVOKE ALL ON FUNCTION pgcustsec_internal._says_nothing(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_address.sql
CREATE FUNCTION pgcustsec_internal.fits_address(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) NOT BETWEEN 2 AND 1000
            THEN false
        ELSE pgcustsec_internal._has_letter(value)
            AND value COLLATE "C" !~ U&'[*!FF0A!FE61!2217!204E!2051!2731!2732!2733!273B!0001-!0008!000B!000C!000E-!001F!007F-!009F]' UESCAPE '!'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_address(text) IS
    'Whether this may be written as an address: '
    '2 to 1000 characters, lines allowed, with a letter among them and no *.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_address(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_bank_account.sql
CREATE FUNCTION pgcustsec_internal.fits_bank_account(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 8 AND 32 AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 60 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_bank_account(value) COLLATE "C"
            ~ '^([0-9]{8,32}|[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30})$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_bank_account(text) IS
    'Whether this may be written as a bank account: '
    '8 to 32 digits, of a card 16 to 19, or an IBAN; blanks and hyphens allowed.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_bank_account(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_email.sql
CREATE FUNCTION pgcustsec_internal.fits_email(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 254 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_email(value) COLLATE "C"
            ~ '^[^] @*,;:<>()"[]+@[^] @*,;:<>()"/_.[]+([.][^] @*,;:<>()"/_.[]+)+$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_email(text) IS
    'Whether this may be written as an email address: '
    'one address, as name@example.com, without blanks.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_email(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_id_document.sql
-- The check digit is not asked for, nor the province: old registers gave out wrong ones. Han characters, because an
-- officer's card is 军字第1234567号.
CREATE FUNCTION pgcustsec_internal.fits_id_document(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) IN (15, 18) AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 40 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_id_document(value) COLLATE "C"
            ~ '^(?=[^0-9]*([0-9][^0-9]*){4})[0-9A-Z一-鿿/]{5,30}$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_id_document(text) IS
    'Whether this may be written as an identity document: '
    '18 digits (the last may be X), the old 15, or the 5 to 30 letters and digits of a passport or permit.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_id_document(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_messenger.sql
CREATE FUNCTION pgcustsec_internal.fits_messenger(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 100 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE NOT pgcustsec_internal._says_nothing(value)
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_messenger(text) IS
    'Whether this may be written as a messenger id: '
    '1 to 100 characters in one line, not ***.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_messenger(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_name.sql
-- Organisations are customers too, and some have digits in their name; six in a row are a number in the wrong field.
-- What cannot be seen is refused: two names would look the same and be two. So is whatever people write for a star.
CREATE FUNCTION pgcustsec_internal.fits_name(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 2 AND 20 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯]'
            THEN true
        WHEN length(value) > 100 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal._has_letter(value)
            AND value COLLATE "C" !~ '[*＊﹡∗⁎⁑✱✲✳✻×○●◯□■?？_＿@＠<>{}|=]|([0-9０-９][ -]?){6}'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_name(text) IS
    'Whether this may be written as a name: '
    'at most 100 characters in one line, a letter among them; no number of six digits, no star or what stands for one, no ?, _, @, <, >, {, }, | or =.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_name(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_phone.sql
-- An 11-digit number of a prefix that nobody has, or a number abroad without its +, is refused: it cannot be dialled.
CREATE FUNCTION pgcustsec_internal.fits_phone(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 40 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_phone(value) COLLATE "C"
            ~ '^(1[3-9][0-9]{9}|0(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}'
                '|[48]00[0-9]{7}|9[56][0-9]{3,6}|[2-9][0-9]{6,7}|[+](?!86)[1-9][0-9]{6,14})(x[0-9]{1,6})?$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_phone(text) IS
    'Whether this may be written as a phone number: '
    '11 digits, or area code and number, +86 allowed; a number abroad begins with + and its country code.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_phone(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_plate.sql
-- A plate of six letters behind the province exists; without a province, letters alone are a word.
CREATE FUNCTION pgcustsec_internal.fits_plate(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 20 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_plate(value) COLLATE "C"
            ~ '^(?=[一-鿿]|[A-Z一-鿿]*[0-9])(?=[一-鿿]*([0-9A-Z][一-鿿]*){4})[0-9A-Z一-鿿]{5,10}$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_plate(text) IS
    'Whether this may be written as a number plate: '
    'province, letter, and 5 or 6 letters and digits, as 京A12345; any other 5 to 10 with a digit.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_plate(text) FROM PUBLIC;

-- sql/src/40_functions/vault/31_fits_text.sql
CREATE FUNCTION pgcustsec_internal.fits_text(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" !~ U&'[!0001-!0008!000B!000C!000E-!001F!007F-!009F]' UESCAPE '!'
    AND NOT pgcustsec_internal._says_nothing(value);
COMMENT ON FUNCTION pgcustsec_internal.fits_text(text) IS
    'Whether this may be written as text: '
    'any, in lines, but not blank, not *** alone, and without control characters.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_text(text) FROM PUBLIC;

-- sql/src/40_functions/vault/blind_key.sql
CREATE FUNCTION pgcustsec_internal.blind_key(OUT key_id integer, OUT inner_block bytea, OUT outer_block bytea)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    SELECT k.key_id, k.inner_block, k.outer_block
    INTO key_id, inner_block, outer_block
    FROM pgcustsec_keys.blind_index_key AS k
    WHERE k.retired_at IS NULL;
    IF key_id IS NULL THEN
        RAISE EXCEPTION 'the key of the blind indexes is not here'
            USING ERRCODE = 'CS902',
                HINT = 'Restore schema pgcustsec_keys, or make a new key: pgcustsec vault rekey.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.blind_key() IS 'The key of the blind indexes in use, as the blocks that HMAC works with.';
REVOKE ALL ON FUNCTION pgcustsec_internal.blind_key() FROM PUBLIC;

-- sql/src/50_views/10_asker.sql
-- Who asks. Policies and views read this in sub-selects that PostgreSQL works out once per statement. A view and not a
-- function, because it becomes part of their plan: one index look-up instead of a call (a prepared point read took 46 us
-- with functions, 39 with this). Its reader needs no right on the lists of people.
--
-- session_user decides: SET ROLE changes no person, and nothing that a caller can set is asked. Nobody has no row, and
-- what is compared with nothing holds for no row.
CREATE VIEW pgcustsec_internal.asker AS
    SELECT
        s.roles,
        s.department_code,
        s.branch_code,
        CASE pg_catalog.current_setting('transaction_isolation')
            WHEN 'read committed' THEN ARRAY[s.staff_id]
            ELSE pgcustsec_internal.refuse_old_snapshot()
        END AS serves_none,
        CASE pg_catalog.current_setting('transaction_isolation')
            WHEN 'read committed' THEN s.serves_direct
            ELSE pgcustsec_internal.refuse_old_snapshot()
        END AS serves_direct,
        CASE pg_catalog.current_setting('transaction_isolation')
            WHEN 'read committed' THEN s.serves_chain
            ELSE pgcustsec_internal.refuse_old_snapshot()
        END AS serves_chain
    FROM pgcustsec_internal.staff AS s
    WHERE s.login = session_user AND s.active;
COMMENT ON VIEW pgcustsec_internal.asker IS
    'The person behind this login, if they are active: one row or none (2.3). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.asker.roles IS
    'Roles of the matrix that the person holds. Every reader asks for one: the person''s membership, not the login''s (5.3).';
COMMENT ON COLUMN pgcustsec_internal.asker.department_code IS 'Their department (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.branch_code IS 'Their branch (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_none IS
    'Staff numbers whose customers they serve where managers serve none: their own. READ COMMITTED only (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_direct IS
    'Their own and those of active staff whose manager they are. READ COMMITTED only (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_chain IS
    'Their own and those of active staff anywhere below them. READ COMMITTED only (5.2.2).';
REVOKE ALL ON TABLE pgcustsec_internal.asker FROM PUBLIC;

-- sql/src/50_views/20_colleague.sql
-- Those who left stay: else the rows they served would vanish before anybody could take them over.
CREATE VIEW pgcustsec_internal.colleague AS
    SELECT c.staff_id, a.roles
    FROM pgcustsec_internal.asker AS a
    JOIN pgcustsec_internal.staff AS c ON c.department_code = a.department_code;
COMMENT ON VIEW pgcustsec_internal.colleague IS
    'Staff of the department of the person behind this login; none for nobody (1.4). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.colleague.staff_id IS 'Staff number.';
COMMENT ON COLUMN pgcustsec_internal.colleague.roles IS 'Roles that the asking person holds.';
REVOKE ALL ON TABLE pgcustsec_internal.colleague FROM PUBLIC;

-- sql/src/50_views/30_change_history.sql
CREATE VIEW pgcustsec.change_history
    WITH (security_barrier = true)
AS
    SELECT
        c.change_id, c.changed_at, c.relation, c.record_key, c.operation, c.column_name, c.old_value, c.new_value,
        c.old_blind, c.new_blind, c.key_id, c.staff_id, c.login, c.session_id, c.application_name, c.reason,
        k.confirmed_at, k.word
    FROM pgcustsec_internal.change AS c
    LEFT JOIN LATERAL (
        SELECT f.confirmed_at, f.word
        FROM pgcustsec_internal.change_confirmation AS f
        WHERE f.change_id = c.change_id
        ORDER BY f.confirmed_at DESC
        LIMIT 1) AS k ON true
    WHERE EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS a
        JOIN pgcustsec_internal.role AS r ON r.role_code = ANY (a.roles) AND r.supervises);
COMMENT ON VIEW pgcustsec.change_history IS
    'Who made, changed or removed what, when, why and on whose word (3.1). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.change_history.change_id IS 'What confirm_change() takes.';
COMMENT ON COLUMN pgcustsec.change_history.changed_at IS 'When.';
COMMENT ON COLUMN pgcustsec.change_history.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.change_history.record_key IS 'The row''s key.';
COMMENT ON COLUMN pgcustsec.change_history.operation IS 'made or removed: the record; changed: the column.';
COMMENT ON COLUMN pgcustsec.change_history.column_name IS 'The column; NULL: the record as a whole.';
COMMENT ON COLUMN pgcustsec.change_history.old_value IS 'Value before; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec.change_history.new_value IS 'Value after; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec.change_history.old_blind IS 'Of tier 1 and names: whether two values are one, without telling either.';
COMMENT ON COLUMN pgcustsec.change_history.new_blind IS 'Of tier 1 and names: whether two values are one, without telling either.';
COMMENT ON COLUMN pgcustsec.change_history.key_id IS 'Only blind indexes of one key compare.';
COMMENT ON COLUMN pgcustsec.change_history.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec.change_history.login IS 'The login.';
COMMENT ON COLUMN pgcustsec.change_history.session_id IS 'The session at work.';
COMMENT ON COLUMN pgcustsec.change_history.application_name IS 'What the client called itself.';
COMMENT ON COLUMN pgcustsec.change_history.reason IS 'What the client gave as pgcustsec.change_reason.';
COMMENT ON COLUMN pgcustsec.change_history.confirmed_at IS 'When the customer''s word was recorded last.';
COMMENT ON COLUMN pgcustsec.change_history.word IS 'How the customer confirmed.';
REVOKE ALL ON TABLE pgcustsec.change_history FROM PUBLIC;

-- sql/src/60_triggers/change_confirmation_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.change_confirmation
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.change_confirmation ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.change_confirmation IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/change_refuse_rewriting.sql
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.change
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refuse_rewriting();
ALTER TABLE pgcustsec_internal.change ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_internal.change IS 'Evidence stays as it was written.';

-- sql/src/60_triggers/staff_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER INSERT OR DELETE OR UPDATE OF staff_id, manager_id, active
    ON pgcustsec_internal.staff
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.staff IS
    'Reports follow every change of people, with the statement that makes it.';

-- sql/src/60_triggers/staff_role_refresh_standing.sql
CREATE TRIGGER refresh_standing
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_internal.staff_role
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff_role ENABLE ALWAYS TRIGGER refresh_standing;
COMMENT ON TRIGGER refresh_standing ON pgcustsec_internal.staff_role IS
    'A role counts, and ends, with the statement that says so.';

-- sql/src/90_dump.sql
-- pg_dump leaves out the rows of an extension's tables unless told: these are people and what was applied, not ours.
DO $block$
DECLARE
    relation regclass;
BEGIN
    FOR relation IN
        SELECT c.oid
        FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = 'pgcustsec_internal'::pg_catalog.regnamespace AND c.relkind IN ('r', 'S')
        ORDER BY c.relname
    LOOP
        PERFORM pg_catalog.pg_extension_config_dump(relation, '');
    END LOOP;
END;
$block$;

