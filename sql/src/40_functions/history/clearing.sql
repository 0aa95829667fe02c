CREATE FUNCTION pgcustsec_internal.clearing()
    RETURNS text[]
    LANGUAGE sql
    STABLE
    PARALLEL SAFE
RETURN
    -- Blanks around a name are no part of it; blanks in it are.
    regexp_split_to_array(btrim(current_setting('pgcustsec.clear', true), ' '), ' *, *');
COMMENT ON FUNCTION pgcustsec_internal.clearing() IS
    'Columns that the client says it clears, by pgcustsec.clear; NULL: none (3.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.clearing() FROM PUBLIC;
