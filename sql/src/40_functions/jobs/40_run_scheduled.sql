-- INVOKER, and without a path of its own: neither could end a transaction. So every name has its schema; and each
-- transaction works as pgcustsec_owner, whom only administrators may become.
CREATE PROCEDURE pgcustsec.run_scheduled(job text, time_limit interval DEFAULT '4 hours')
    LANGUAGE plpgsql
AS $procedure$
DECLARE
    state pg_catalog.jsonb;
BEGIN
    -- Ends whatever it was called in, or fails: batches are transactions of their own.
    COMMIT;
    SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
    SET LOCAL ROLE pgcustsec_owner;
    state := pgcustsec_internal._begin_scheduled(job, time_limit);
    LOOP
        -- Nothing may be worked out between this and SET TRANSACTION, not even a condition.
        COMMIT;
        SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
        SET LOCAL ROLE pgcustsec_owner;
        state := pgcustsec_internal._run_step(state);
        EXIT WHEN state IS NULL;
    END LOOP;
END;
$procedure$;
COMMENT ON PROCEDURE pgcustsec.run_scheduled(text, interval) IS
    'Does a job, retention or pool, in batches that it commits, and writes its run down: for pg_cron, over an administrator''s login (4.2, 4.3).';
REVOKE ALL ON PROCEDURE pgcustsec.run_scheduled(text, interval) FROM PUBLIC;
