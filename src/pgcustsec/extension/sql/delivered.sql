-- What is there under our names: each schema with its owner, the extension's version if it is one, and whether the function
-- that tells the version is ours to call.
SELECT
    ARRAY(
        SELECT ARRAY[n.nspname, pg_catalog.pg_get_userbyid(n.nspowner)]::text[]
        FROM pg_catalog.pg_namespace AS n
        WHERE n.nspname = ANY (%(schemas)s::name[])
        ORDER BY n.nspname) AS schemas,
    (SELECT e.extversion FROM pg_catalog.pg_extension AS e WHERE e.extname = 'pgcustsec') AS extension_version,
    EXISTS (
        SELECT
        FROM pg_catalog.pg_proc AS p
        JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
        WHERE n.nspname = 'pgcustsec' AND p.proname = 'version' AND p.pronargs = 0
            AND pg_catalog.pg_get_userbyid(p.proowner) = 'pgcustsec_owner') AS tells_version
