-- Most numbers are spelt in one of the first three ways and cost a pattern or two.
CREATE FUNCTION pgcustsec_internal.normal_phone(value text)
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN
    CASE
        WHEN length(value) = 11 AND left(value, 2) COLLATE "C" BETWEEN '13' AND '19' AND value COLLATE "C" !~ '[^0-9]'
            THEN value
        WHEN value COLLATE "C" ~ '^([+]|00)?86[ -]?1[3-9][0-9]([ -]?[0-9]{4}){2}$'
            THEN right(translate(value, ' -', ''), 11)
        WHEN value COLLATE "C" ~ '^0(10|2[0-9]|[3-9][0-9]{2})-?[0-9]{7,8}$'
            THEN translate(value, '-', '')
        WHEN value IS NOT NULL
            THEN pgcustsec_internal._normal_odd_phone(value)
    END;
COMMENT ON FUNCTION pgcustsec_internal.normal_phone(text) IS
    'The one spelling of a phone number, for its keyed index: 13812345678, 01012345678, 01012345678x12, +12025550143.';
REVOKE ALL ON FUNCTION pgcustsec_internal.normal_phone(text) FROM PUBLIC;
