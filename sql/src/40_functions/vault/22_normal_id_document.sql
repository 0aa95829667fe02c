-- Parentheses go too: a Hong Kong identity card is written A123456(3) or A1234563.
CREATE FUNCTION pgcustsec_internal.normal_id_document(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9A-Z]'
            THEN value
        ELSE normalize(replace(upper(pgcustsec_internal._visible(value, '()-') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_id_document(text) IS
    'The one spelling of an identity document, for its keyed index: upper case, no blanks, hyphens or parentheses.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_id_document(text) FROM PUBLIC;
