-- pg_dump leaves out the rows of an extension's tables unless told: these are people and what was applied, not ours.
-- But `standing`, which triggers make anew as the people come back, and who is at work: nobody is after a restore.
DO $block$
DECLARE
    relation regclass;
BEGIN
    FOR relation IN
        SELECT c.oid
        FROM pg_catalog.pg_class AS c
        WHERE c.relnamespace = 'pgcustsec_internal'::pg_catalog.regnamespace AND c.relkind IN ('r', 'S')
            AND c.relname NOT IN ('standing', 'session_access')
        ORDER BY c.relname
    LOOP
        PERFORM pg_catalog.pg_extension_config_dump(relation, '');
    END LOOP;
END;
$block$;
