CREATE FUNCTION pgcustsec_internal.clearing()
    RETURNS text[]
    LANGUAGE sql
    STABLE
    PARALLEL SAFE
RETURN
    string_to_array(replace(current_setting('pgcustsec.clear', true), ' ', ''), ',');
COMMENT ON FUNCTION pgcustsec_internal.clearing() IS
    'Columns that the client says it clears, by pgcustsec.clear; NULL: none (3.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.clearing() FROM PUBLIC;
