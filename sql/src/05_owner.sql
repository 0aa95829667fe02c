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

    -- To end the connections of who is suspended. Where the one who installs may not grant it, a superuser does later.
    IF NOT pg_catalog.pg_has_role('pgcustsec_owner', 'pg_signal_backend', 'USAGE') THEN
        BEGIN
            GRANT pg_signal_backend TO pgcustsec_owner;
        EXCEPTION WHEN insufficient_privilege THEN
            NULL;
        END;
    END IF;
END;
$block$;
