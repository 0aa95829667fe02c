CREATE FUNCTION pgcustsec_internal.fits_email(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 254 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_email(value) COLLATE "C"
            ~ '^[^] @*,;:<>()"[]+@[^] @*,;:<>()"/_.[]+([.][^] @*,;:<>()"/_.[]+)+$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_email(text) IS
    'Whether this may be written as an email address: '
    'one address, as name@example.com, without blanks.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_email(text) FROM PUBLIC;
