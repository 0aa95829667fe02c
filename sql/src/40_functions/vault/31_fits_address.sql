CREATE FUNCTION pgcustsec_internal.fits_address(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) NOT BETWEEN 2 AND 1000
            THEN false
        ELSE pgcustsec_internal._has_letter(value)
            AND value COLLATE "C" !~ U&'[*!FF0A!FE61!2217!204E!2051!2731!2732!2733!273B!0001-!0008!000B!000C!000E-!001F!007F-!009F]' UESCAPE '!'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_address(text) IS
    'Whether this may be written as an address: '
    '2 to 1000 characters, lines allowed, with a letter among them and no *.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_address(text) FROM PUBLIC;
