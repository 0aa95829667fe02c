-- Messenger ids have no shape to check, and many are a phone number: nothing of them is shown.
CREATE FUNCTION pgcustsec_internal.mask_messenger(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_messenger(text) IS
    'Messenger id (联系方式) as *** (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_messenger(text) FROM PUBLIC;
