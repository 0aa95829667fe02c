-- A transaction of the future, as a restored dump may hold, makes pg_xact_status() raise: it is not asked about one.
-- A prepared transaction is in progress.
CREATE FUNCTION pgcustsec_internal.is_committed(transaction_id xid8)
    RETURNS boolean
    LANGUAGE sql
    VOLATILE
    PARALLEL SAFE
RETURN
    CASE
        WHEN transaction_id < pg_snapshot_xmax(pg_current_snapshot())
            THEN pg_xact_status(transaction_id) = 'committed'
        ELSE false
    END;
COMMENT ON FUNCTION pgcustsec_internal.is_committed(xid8) IS
    'Whether a transaction has committed; false in doubt, NULL when it is too long ago to tell (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_committed(xid8) FROM PUBLIC;
