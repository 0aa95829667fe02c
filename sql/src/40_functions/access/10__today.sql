CREATE FUNCTION pgcustsec_internal._today()
    RETURNS bigint
    LANGUAGE sql
    VOLATILE
    PARALLEL SAFE
RETURN floor(extract(epoch FROM clock_timestamp()) / 86400)::bigint;
COMMENT ON FUNCTION pgcustsec_internal._today() IS 'The day, as days since 1970 (UTC): no caller''s TimeZone moves it.';
REVOKE ALL ON FUNCTION pgcustsec_internal._today() FROM PUBLIC;
