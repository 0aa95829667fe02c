-- The last four alone, behind as many stars as the shortest account needs: the first and last four of a twelve-digit
-- account would leave 10,000 numbers to try, a tenth of them with a right check digit. The length is not told.
CREATE FUNCTION pgcustsec_internal.mask_bank_account(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 12 AND 19 AND value COLLATE "C" !~ '[^0-9]'
            THEN '********' || right(value, 4)
        WHEN value COLLATE "C" ~ '^([*]{8}[0-9]{4}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_bank_account(text) IS
    'Bank account (银行账号) as ********5678; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_bank_account(text) FROM PUBLIC;
