-- For what has no shape of its own: nothing of it is shown.
CREATE FUNCTION pgcustsec_internal.mask_text(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_text(text) IS
    'Any other text as *** (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_text(text) FROM PUBLIC;
