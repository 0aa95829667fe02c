CREATE FUNCTION pgcustsec_internal.fits_messenger(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 100 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE NOT pgcustsec_internal._says_nothing(value)
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_messenger(text) IS
    'Whether this may be written as a messenger id: '
    '1 to 100 characters in one line, not ***.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_messenger(text) FROM PUBLIC;
