-- Written on its own, not by way of mask_text: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_text(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" = '***';
COMMENT ON FUNCTION pgcustsec_internal.is_masked_text(text) IS
    'Whether this is what mask_text gives (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_text(text) FROM PUBLIC;
