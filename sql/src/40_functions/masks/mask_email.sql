-- The domain goes as well: one's own domain is a name, and in most addresses the middle four characters, which the
-- policy hides, reach into it.
CREATE FUNCTION pgcustsec_internal.mask_email(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) BETWEEN 8 AND 254
            AND value COLLATE "C" ~ '^[0-9A-Za-z][0-9A-Za-z._+-]+@[0-9A-Za-z-]+([.][0-9A-Za-z-]+)+$'
            THEN left(value, 1) || '***@***'
        WHEN value COLLATE "C" ~ '^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_email(text) IS
    'Email address (联系方式) as z***@***; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_email(text) FROM PUBLIC;
