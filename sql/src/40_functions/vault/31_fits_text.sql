CREATE FUNCTION pgcustsec_internal.fits_text(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" !~ U&'[!0001-!0008!000B!000C!000E-!001F!007F-!009F]' UESCAPE '!'
    AND NOT pgcustsec_internal._says_nothing(value);
COMMENT ON FUNCTION pgcustsec_internal.fits_text(text) IS
    'Whether this may be written as text: '
    'any, in lines, but not blank, not *** alone, and without control characters.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_text(text) FROM PUBLIC;
