-- The part before the @ may tell capitals apart by the letter of the standard; no provider does.
CREATE FUNCTION pgcustsec_internal.normal_email(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9a-z@._+-]'
            THEN value
        ELSE normalize(lower(btrim(pgcustsec_internal._visible(value, '')) COLLATE "C"), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_email(text) IS
    'The one spelling of an email address, for its keyed index: lower case, no blanks around it.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_email(text) FROM PUBLIC;
