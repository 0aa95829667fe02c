CREATE FUNCTION pgcustsec.sweep(relation text, batch integer DEFAULT 1000, OUT destroyed bigint, OUT anonymised bigint, OUT restamped bigint, OUT blocked bigint)
    RETURNS record
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text := pgcustsec_internal._retained(relation);
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- A hold since such a snapshot was taken would be passed over.
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    SELECT s.destroyed, s.anonymised, s.restamped, s.blocked INTO destroyed, anonymised, restamped, blocked
    FROM pgcustsec_internal.sweep_table(known, greatest(batch, 1)) AS s;
END;
$function$;
COMMENT ON FUNCTION pgcustsec.sweep(text, integer) IS
    'Destroys or anonymises the next so many rows of a table that are past their term, with all that hangs on them, and certifies it; all but the last zero: nothing is left that is due, not held, not locked and referred to by nothing else (4.3).';
REVOKE ALL ON FUNCTION pgcustsec.sweep(text, integer) FROM PUBLIC;
