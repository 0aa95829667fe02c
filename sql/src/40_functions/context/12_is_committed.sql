-- It becomes part of each statement's plan, so it is as short as it can be: it raises for a transaction of the future, as a
-- restored dump may hold, and who asks leaves such sessions out. A prepared transaction is in progress.
CREATE FUNCTION pgcustsec_internal.is_committed(transaction_id xid8)
    RETURNS boolean
    LANGUAGE sql
    VOLATILE
    PARALLEL SAFE
RETURN
    pg_xact_status(transaction_id) = 'committed';
COMMENT ON FUNCTION pgcustsec_internal.is_committed(xid8) IS
    'Whether a transaction has committed; false in doubt, NULL when it is too long ago to tell (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_committed(xid8) FROM PUBLIC;
