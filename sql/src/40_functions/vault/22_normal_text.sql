-- For kinds without a spelling of their own. Nothing visible or invisible goes but blanks: a change is a change.
CREATE FUNCTION pgcustsec_internal.normal_text(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^!-~㐀-䶿一-鿿𠀀-𪛖]'
            THEN value
        ELSE btrim(regexp_replace(
            normalize(value, NFKC) COLLATE "C", U&'[[:space:]!0085!1680!2028!2029]+' UESCAPE '!', ' ', 'g'))
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_text(text) IS
    'The one spelling of any other text, for its change history: no blanks around it, one between words.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_text(text) FROM PUBLIC;
