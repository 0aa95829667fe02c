CREATE FUNCTION pgcustsec.version()
    RETURNS text
    LANGUAGE sql
    IMMUTABLE
    PARALLEL SAFE
RETURN '0.1';
COMMENT ON FUNCTION pgcustsec.version() IS 'The version that was delivered here, the same for both deliveries.';
REVOKE ALL ON FUNCTION pgcustsec.version() FROM PUBLIC;
