-- One canonical form whatever the spelling, so that a masked number neither tells how it was written nor outgrows its
-- column. A mobile number loses its middle four digits; a landline all but the area code and the last two, because the
-- middle of what is dialled locally and the middle of the whole number are different digits. With an extension, which
-- moves the middle again, only the area code stays.
-- COLLATE "C" throughout: ranges are code points, and a column whose collation is nondeterministic works too.
CREATE FUNCTION pgcustsec_internal.mask_phone(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN left(value, 3) || '****' || right(value, 4)
        WHEN value COLLATE "C" ~ '^([+]|00)?86[ -]?1[3-9][0-9]([ -]?[0-9]{4}){2}$'
            THEN left(right(translate(value, ' -', ''), 11), 3) || '****' || right(value, 4)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9])-?[0-9]{7,8}$'
            THEN left(value, 3) || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^0[3-9][0-9]{2}-?[0-9]{7,8}$'
            THEN left(value, 4) || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9]|[3-9][0-9]{2})-[0-9]{7,8}-[0-9]{1,5}$'
            THEN left(value, strpos(value COLLATE "C", '-')) || '****'
        WHEN value COLLATE "C" ~ '^([+]|00)86[ -]?0?(10|2[0-9])[ -]?[0-9]{3,4}[ -]?[0-9]{4}$'
            THEN '0' || left(ltrim(substr(ltrim(translate(value, ' -', ''), '+0'), 3), '0'), 2)
                || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^([+]|00)86[ -]?0?[3-9][0-9]{2}[ -]?[0-9]{3,4}[ -]?[0-9]{4}$'
            THEN '0' || left(ltrim(substr(ltrim(translate(value, ' -', ''), '+0'), 3), '0'), 3)
                || '-****' || right(value, 2)
        WHEN value COLLATE "C" ~ '^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_phone(text) IS
    'Phone number (联系方式) as 138****5678 or 010-****78; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_phone(text) FROM PUBLIC;
