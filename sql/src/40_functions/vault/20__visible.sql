-- Compatibility composition (NFKC) makes full-width digits and letters ASCII, and most blanks, the ideographic among
-- them, a space. It leaves the line ends and U+0085, 1680, 2028, 2029, which become spaces here, and what cannot be
-- seen: soft hyphen, zero-width and direction characters, which pasting from a phone's contacts brings along. Plain
-- ASCII, most of what comes here, has none of it.
CREATE FUNCTION pgcustsec_internal._visible(value text, unwanted text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN value COLLATE "C" !~ '[^ -~]'
            THEN translate(value, unwanted, '')
        ELSE translate(
            normalize(value, NFKC),
            U&'!0009!000A!000B!000C!000D!0085!1680!2028!2029'
                '!00AD!061C!180E!200B!200C!200D!200E!200F!202A!202B!202C!202D!202E'
                '!2060!2061!2062!2063!2064!2066!2067!2068!2069!FEFF' UESCAPE '!' || unwanted,
            '         '
        )
    END;
COMMENT ON FUNCTION pgcustsec_internal._visible(text, text) IS
    'A value with every blank a space and every full-width character ASCII, without the invisible and unwanted ones.';
REVOKE ALL ON FUNCTION pgcustsec_internal._visible(text, text) FROM PUBLIC;
