-- An 11-digit number of a prefix that nobody has, or a number abroad without its +, is refused: it cannot be dialled.
CREATE FUNCTION pgcustsec_internal.fits_phone(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 40 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_phone(value) COLLATE "C"
            ~ '^(1[3-9][0-9]{9}|0(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}'
                '|[48]00[0-9]{7}|9[56][0-9]{3,6}|[2-9][0-9]{6,7}|[+](?!86)[1-9][0-9]{6,14})(x[0-9]{1,6})?$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_phone(text) IS
    'Whether this may be written as a phone number: '
    '11 digits, or area code and number, +86 allowed; a number abroad begins with + and its country code.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_phone(text) FROM PUBLIC;
