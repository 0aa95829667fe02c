CREATE FUNCTION pgcustsec_internal._retained(relation text)
    RETURNS text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    known text := pgcustsec_internal._relation_known(relation);
BEGIN
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.retention_rule AS q WHERE q.relation = known) THEN
        RAISE EXCEPTION 'rows of % have no term of their own (4.3)', known
            USING ERRCODE = 'CS208', HINT = format('Tables with rules of retention: %s.', (
                SELECT coalesce(string_agg(DISTINCT q.relation, ', '), 'none') FROM pgcustsec_internal.retention_rule AS q));
    END IF;
    RETURN known;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._retained(text) IS
    'A table whose rows have a term, by its name; an error for any other (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._retained(text) FROM PUBLIC;
