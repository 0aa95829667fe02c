CREATE FUNCTION pgcustsec_internal.normal_plate(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^0-9A-Z一-鿿]'
            THEN value
        ELSE normalize(replace(upper(pgcustsec_internal._visible(value, '·•‧・∙⋅.-') COLLATE "C"), ' ', ''), NFKC)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_plate(text) IS
    'The one spelling of a number plate, for its keyed index: upper case, no dot, hyphen or blanks.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_plate(text) FROM PUBLIC;
