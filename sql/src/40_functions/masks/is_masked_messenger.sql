-- Written on its own, not by way of mask_messenger: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_messenger(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" = '***';
COMMENT ON FUNCTION pgcustsec_internal.is_masked_messenger(text) IS
    'Whether this is what mask_messenger gives (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_messenger(text) FROM PUBLIC;
