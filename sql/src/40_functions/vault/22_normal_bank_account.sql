-- Upper case, because an account abroad (IBAN) has letters.
CREATE FUNCTION pgcustsec_internal.normal_bank_account(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9]'
            THEN value
        ELSE normalize(
            replace(upper(pgcustsec_internal._visible(value, '-‐‒–—―−') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_bank_account(text) IS
    'The one spelling of a bank account, for its keyed index: no blanks or hyphens.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_bank_account(text) FROM PUBLIC;
