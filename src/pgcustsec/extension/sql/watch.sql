-- Who changes objects by hand, written down as it happens. Runs as a superuser, who alone may make an event trigger, and
-- owns all of it: pgcustsec_owner, as which administrators act, could else change what is written about them. So it is
-- no part of the extension, and reads nothing but the system's catalogs: what others own would run with a superuser's rights.
CREATE SCHEMA pgcustsec_watch;
COMMENT ON SCHEMA pgcustsec_watch IS 'pgcustsec: changes by hand, as they happen (5.2.4). A superuser''s; pgcustsec_owner reads it.';
REVOKE ALL ON SCHEMA pgcustsec_watch FROM PUBLIC;

CREATE TABLE pgcustsec_watch.ddl (
    ddl_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    login name NOT NULL DEFAULT session_user,
    acting_as text COLLATE "C" NOT NULL DEFAULT pg_catalog.current_setting('role'),
    address inet DEFAULT pg_catalog.inet_client_addr(),
    xact xid8 NOT NULL DEFAULT pg_catalog.pg_current_xact_id(),
    command text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    names text[] COLLATE "C" NOT NULL
);
CREATE INDEX ddl_names ON pgcustsec_watch.ddl ((names[1]), (COALESCE(names[2], '')), ddl_id);
CREATE INDEX ddl_xact ON pgcustsec_watch.ddl (xact);
COMMENT ON TABLE pgcustsec_watch.ddl IS
    'Each change of an object by hand: who, when, which command, which object; never the statement (5.2.4). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_watch.ddl.ddl_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_watch.ddl.at IS 'When.';
COMMENT ON COLUMN pgcustsec_watch.ddl.login IS 'The login that did it, whatever role it had taken.';
COMMENT ON COLUMN pgcustsec_watch.ddl.acting_as IS 'The role that it had taken by SET ROLE; none: its own.';
COMMENT ON COLUMN pgcustsec_watch.ddl.address IS 'From where; NULL: over a socket.';
COMMENT ON COLUMN pgcustsec_watch.ddl.xact IS 'Its transaction.';
COMMENT ON COLUMN pgcustsec_watch.ddl.command IS 'The kind of statement: ALTER TABLE.';
COMMENT ON COLUMN pgcustsec_watch.ddl.kind IS
    'The kind of object; plan lock: one row for all that a transaction changed that held the lock of pgcustsec apply.';
COMMENT ON COLUMN pgcustsec_watch.ddl.names IS 'Schema, name, and what is in it, as far as the object has them.';
COMMENT ON INDEX pgcustsec_watch.ddl_names IS 'Finds the last change of an object.';
COMMENT ON INDEX pgcustsec_watch.ddl_xact IS 'Finds whether a transaction is written down.';
REVOKE ALL ON TABLE pgcustsec_watch.ddl FROM PUBLIC;

CREATE FUNCTION pgcustsec_watch.refuse_rewriting()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION '%.% is evidence: rows are added to it, never changed and never removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'CS604', HINT = 'Record a correction beside what is there.';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_watch.refuse_rewriting() IS 'Keeps evidence as it was written (5.2.4), its owner included.';
REVOKE ALL ON FUNCTION pgcustsec_watch.refuse_rewriting() FROM PUBLIC;
CREATE TRIGGER refuse_rewriting
    BEFORE UPDATE OR DELETE OR TRUNCATE
    ON pgcustsec_watch.ddl
    FOR EACH STATEMENT
    EXECUTE FUNCTION pgcustsec_watch.refuse_rewriting();
ALTER TABLE pgcustsec_watch.ddl ENABLE ALWAYS TRIGGER refuse_rewriting;
COMMENT ON TRIGGER refuse_rewriting ON pgcustsec_watch.ddl IS 'Evidence stays as it was written.';

-- What a GRANT changed PostgreSQL does not say: it is what this transaction wrote.
CREATE FUNCTION pgcustsec_watch.just_written(row_xid xid)
    RETURNS boolean
    LANGUAGE sql
    STABLE
    SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    -- Nobody else's: a subtransaction's number comes after its transaction's, and only our own unfinished rows are seen.
    SELECT CASE WHEN pg_catalog.age(row_xid) <= 0 THEN
        pg_catalog.pg_xact_status(
            ((pg_catalog.pg_current_xact_id()::text::bigint - pg_catalog.age(row_xid))::text)::xid8) = 'in progress'
        ELSE false END;
END;
COMMENT ON FUNCTION pgcustsec_watch.just_written(xid) IS 'Whether a row of a catalog was written by the transaction that goes on.';
REVOKE ALL ON FUNCTION pgcustsec_watch.just_written(xid) FROM PUBLIC;

CREATE FUNCTION pgcustsec_watch.granted_on(object_type text)
    RETURNS SETOF text[]
    LANGUAGE sql
    STABLE
    SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT ARRAY[n.nspname::text, c.relname::text]
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE object_type IN ('TABLE', 'SEQUENCE') AND (pgcustsec_watch.just_written(c.xmin)
        OR EXISTS (
            SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = c.oid AND pgcustsec_watch.just_written(a.xmin)))
    UNION ALL
    SELECT ARRAY[n.nspname::text]
    FROM pg_catalog.pg_namespace AS n
    WHERE object_type = 'SCHEMA' AND pgcustsec_watch.just_written(n.xmin)
    UNION ALL
    SELECT ARRAY[n.nspname::text, p.proname::text]
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
    WHERE object_type IN ('FUNCTION', 'PROCEDURE', 'ROUTINE') AND pgcustsec_watch.just_written(p.xmin);
END;
COMMENT ON FUNCTION pgcustsec_watch.granted_on(text) IS 'Schema and name of what a GRANT or REVOKE may just have changed.';
REVOKE ALL ON FUNCTION pgcustsec_watch.granted_on(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_watch.record_ddl()
    RETURNS event_trigger
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
    SET lock_timeout = '1s'
AS $function$
BEGIN
    IF EXISTS (
        SELECT
        FROM pg_catalog.pg_locks AS l
        WHERE l.pid = pg_catalog.pg_backend_pid() AND l.granted AND l.mode = 'ExclusiveLock'
            AND l.relation = pg_catalog.to_regclass('pgcustsec_internal.applied_matrix')
    ) THEN
        -- An apply, or who took its lock by hand: pgcustsec_owner may. So it is written down all the same, once.
        INSERT INTO pgcustsec_watch.ddl (command, kind, names)
        SELECT TG_TAG, 'plan lock', '{}'
        WHERE NOT EXISTS (SELECT FROM pgcustsec_watch.ddl AS d WHERE d.xact = pg_catalog.pg_current_xact_id());
    ELSIF TG_EVENT = 'sql_drop' THEN
        INSERT INTO pgcustsec_watch.ddl (command, kind, names)
        SELECT TG_TAG, d.object_type, d.address_names
        FROM pg_catalog.pg_event_trigger_dropped_objects() AS d
        WHERE (d.original OR d.normal) AND NOT d.is_temporary;
    ELSE
        INSERT INTO pgcustsec_watch.ddl (command, kind, names)
        SELECT TG_TAG, c.object_type, a.object_names
        FROM pg_catalog.pg_event_trigger_ddl_commands() AS c
        CROSS JOIN LATERAL pg_catalog.pg_identify_object_as_address(c.classid, c.objid, c.objsubid) AS a
        WHERE c.objid IS NOT NULL AND c.schema_name IS DISTINCT FROM 'pg_temp'
        UNION ALL
        SELECT TG_TAG, pg_catalog.lower(c.object_type), g
        FROM pg_catalog.pg_event_trigger_ddl_commands() AS c
        CROSS JOIN LATERAL pgcustsec_watch.granted_on(c.object_type) AS g
        WHERE c.objid IS NULL;
    END IF;
EXCEPTION WHEN OTHERS THEN
    -- Nobody's work waits for a record of it: what a matrix says is compared by `pgcustsec drift` whether or not it is
    -- written down who changed it. The server's log has it.
    RAISE LOG 'pgcustsec could not record a %: % (%)', TG_TAG, SQLERRM, SQLSTATE;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_watch.record_ddl() IS 'Writes down each change of an object by hand (5.2.4); keeps nobody from making it.';
REVOKE ALL ON FUNCTION pgcustsec_watch.record_ddl() FROM PUBLIC;

-- Whoever shows evidence reads it; for dumps the numbers too.
GRANT USAGE ON SCHEMA pgcustsec_watch TO pgcustsec_owner;
GRANT SELECT ON TABLE pgcustsec_watch.ddl TO pgcustsec_owner;
GRANT SELECT ON SEQUENCE pgcustsec_watch.ddl_ddl_id_seq TO pgcustsec_owner;
