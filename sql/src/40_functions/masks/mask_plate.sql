-- Who issued it stays; the rest goes at one length, so that a new-energy plate (新能源) looks like any other.
CREATE FUNCTION pgcustsec_internal.mask_plate(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" ~ '^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z]·?'
            '([0-9A-HJ-NP-Z]{4}[0-9A-HJ-NP-Z学警港澳挂]|[0-9A-HJ-NP-Z]{6})$'
            THEN left(value, 2) || '*****'
        WHEN value COLLATE "C" ~ '^([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][*]{5}|[*]{3})$'
            THEN value
        WHEN value IS NOT NULL
            THEN '***'
    END;
COMMENT ON FUNCTION pgcustsec_internal.mask_plate(text) IS
    'Number plate (车牌) as 京A*****; *** for any other shape (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.mask_plate(text) FROM PUBLIC;
