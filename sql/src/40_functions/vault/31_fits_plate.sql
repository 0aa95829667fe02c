-- A plate of six letters behind the province exists; without a province, letters alone are a word.
CREATE FUNCTION pgcustsec_internal.fits_plate(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) > 20 OR pgcustsec_internal._has_control(value)
            THEN false
        ELSE pgcustsec_internal.normal_plate(value) COLLATE "C"
            ~ '^(?=[一-鿿]|[A-Z一-鿿]*[0-9])(?=[一-鿿]*([0-9A-Z][一-鿿]*){4})[0-9A-Z一-鿿]{5,10}$'
    END;
COMMENT ON FUNCTION pgcustsec_internal.fits_plate(text) IS
    'Whether this may be written as a number plate: '
    'province, letter, and 5 or 6 letters and digits, as 京A12345; any other 5 to 10 with a digit.';
REVOKE ALL ON FUNCTION pgcustsec_internal.fits_plate(text) FROM PUBLIC;
