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
