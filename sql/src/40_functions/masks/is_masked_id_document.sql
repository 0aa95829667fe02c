-- Written on its own, not by way of mask_id_document: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_id_document(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ '^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?'
            '|[A-Z][*]{8}|[*]{3})$';
COMMENT ON FUNCTION pgcustsec_internal.is_masked_id_document(text) IS
    'Whether this is what mask_id_document gives: the only identity numbers a base table may hold (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_id_document(text) FROM PUBLIC;
