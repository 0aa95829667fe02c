-- Written on its own, not by way of mask_bank_account: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_bank_account(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$';
COMMENT ON FUNCTION pgcustsec_internal.is_masked_bank_account(text) IS
    'Whether this is what mask_bank_account gives: the only account numbers a base table may hold (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_bank_account(text) FROM PUBLIC;
