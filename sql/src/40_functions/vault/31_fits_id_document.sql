-- The check digit is not asked for, nor the province: old registers gave out wrong ones. Han characters, because an
-- officer's card is 军字第1234567号.
CREATE FUNCTION pgcustsec_internal.fits_id_document(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) IN (15, 18) AND value COLLATE "C" !~ '[^0-9]'
            THEN true
        WHEN length(value) > 40 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_id_document(value) COLLATE "C"
            ~ '^(?=[^0-9]*([0-9][^0-9]*){4})[0-9A-Z一-鿿/]{5,30}$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_id_document(text) IS
    'Whether this may be written as an identity document: '
    '18 digits (the last may be X), the old 15, or the 5 to 30 letters and digits of a passport or permit.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_id_document(text) FROM PUBLIC;
