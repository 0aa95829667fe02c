-- Written on its own, not by way of mask_phone: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_phone(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ '^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$';
COMMENT ON FUNCTION pgcustsec_internal.is_masked_phone(text) IS
    'Whether this is what mask_phone gives: the only phone numbers a base table may hold (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_phone(text) FROM PUBLIC;
