CREATE FUNCTION pgcustsec_internal._subject_term(relation text, key text)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    RETURN json_build_object(
        'rule', (SELECT min(k.rule) FROM pgcustsec_internal.kept_rows(relation, ARRAY[key]) AS k),
        'until', (
            SELECT CASE WHEN min(k.retain_until) < '9999-12-29' THEN min(k.retain_until) END
            FROM pgcustsec_internal.kept_rows(relation, ARRAY[key]) AS k),
        'kept_longer', (
            SELECT coalesce(json_agg(json_build_object(
                'hold', k.hold_id, 'by', k.source, 'until', CASE WHEN k.until < '9999-12-29' THEN k.until END)), '[]')
            FROM pgcustsec_internal._kept_longer(relation, ARRAY[key]) AS k));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._subject_term(text, text) IS
    'Until when a customer is kept, by which rule, and what keeps them longer: legal holds until they are looked at, dates to come (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._subject_term(text, text) FROM PUBLIC;
