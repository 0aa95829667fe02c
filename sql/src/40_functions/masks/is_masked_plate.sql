-- Written on its own, not by way of mask_plate: a CHECK is the second lock on the same door.
CREATE FUNCTION pgcustsec_internal.is_masked_plate(value text)
    RETURNS boolean
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    value COLLATE "C" ~ '^([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][*]{5}|[*]{3})$';
COMMENT ON FUNCTION pgcustsec_internal.is_masked_plate(text) IS
    'Whether this is what mask_plate gives: the only number plates a base table may hold (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.is_masked_plate(text) FROM PUBLIC;
