CREATE FUNCTION pgcustsec_internal._forget(relation text, keys text[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    UPDATE pgcustsec_internal.change AS c
    SET old_value = NULL, new_value = NULL, old_blind = NULL, new_blind = NULL, key_id = NULL, reason = NULL
    WHERE c.relation = relation AND c.record_key = ANY (keys)
        AND num_nonnulls(c.old_value, c.new_value, c.old_blind, c.new_blind, c.key_id, c.reason) > 0;
    UPDATE pgcustsec_internal.change_confirmation AS f
    SET word = '***'
    FROM pgcustsec_internal.change AS c
    WHERE c.change_id = f.change_id AND c.relation = relation AND c.record_key = ANY (keys) AND f.word <> '***';
    UPDATE pgcustsec_internal.session_access AS w
    SET record_key = NULL, lapses_at = NULL, opened_by = NULL, request_id = NULL
    FROM pgcustsec_internal.access AS a
    WHERE w.record_key = ANY (keys) AND a.access_code = w.access_code AND a.schema_name || '.' || a.table_name = relation;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._forget(text, text[]) IS
    'What is known of rows beside themselves goes with them: values in the history of changes, and that they are open (4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._forget(text, text[]) FROM PUBLIC;
