CREATE FUNCTION pgcustsec_internal._name_parts(relation text)
    RETURNS text[]
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    known text[];
BEGIN
    SELECT ARRAY[a.schema_name, a.table_name]::text[] INTO known
    FROM pgcustsec_internal.access AS a
    WHERE relation = a.schema_name || '.' || a.table_name
    LIMIT 1;
    RETURN coalesce(known, parse_ident(relation));
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN '{}';
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._name_parts(text) IS
    'A relation''s name in parts, as the matrix writes it or as SQL does; empty: it is no name.';
REVOKE ALL ON FUNCTION pgcustsec_internal._name_parts(text) FROM PUBLIC;
