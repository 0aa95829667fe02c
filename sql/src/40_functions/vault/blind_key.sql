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
