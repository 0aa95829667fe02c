-- Written on its own, not by way of mask_email: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_email(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ '^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$';
COMMENT ON FUNCTION pgcustsec_internal.is_masked_email(text) IS
    'Whether this is what mask_email gives: the only email addresses a base table may hold (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_email(text) FROM PUBLIC;
