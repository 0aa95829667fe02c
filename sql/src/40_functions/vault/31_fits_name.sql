-- Organisations are customers too, and some have digits in their name; six in a row are a number in the wrong field.
-- What cannot be seen is refused: two names would look the same and be two. So is whatever people write for a star.
CREATE FUNCTION pgcustsec_internal.fits_name(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 2 AND 20 AND value COLLATE "C" !~ '[^㐀-䶿一-鿿𠀀-𳎯]'
            THEN true
        WHEN length(value) > 100 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal._has_letter(value)
            AND value COLLATE "C" !~ '[*＊﹡∗⁎⁑✱✲✳✻×○●◯□■?？_＿@＠<>{}|=]|([0-9０-９][ -]?){6}'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_name(text) IS
    'Whether this may be written as a name: '
    'at most 100 characters in one line, a letter among them; no number of six digits, no star or what stands for one, no ?, _, @, <, >, {, }, | or =.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_name(text) FROM PUBLIC;
