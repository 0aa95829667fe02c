CREATE FUNCTION pgcustsec_internal.fits_bank_account(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 8 AND 32 AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 60 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_bank_account(value) COLLATE "C"
            ~ '^([0-9]{8,32}|[A-Z]{2}[0-9]{2}[0-9A-Z]{8,30})$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_bank_account(text) IS
    'Whether this may be written as a bank account: '
    '8 to 32 digits, of a card 16 to 19, or an IBAN; blanks and hyphens allowed.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_bank_account(text) FROM PUBLIC;
