-- What a record held goes with it: values, their hashes, and the words beside them. That it was changed, when and by whom, stays.
CREATE FUNCTION pgcustsec_internal._refuse_but_forgetting()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    forgotten pgcustsec_internal.change := OLD;
BEGIN
    forgotten.old_value := NULL;
    forgotten.new_value := NULL;
    forgotten.old_blind := NULL;
    forgotten.new_blind := NULL;
    forgotten.key_id := NULL;
    forgotten.reason := NULL;
    IF NEW IS DISTINCT FROM forgotten THEN
        RAISE EXCEPTION '%.% is evidence: rows are added to it, never changed and never removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = 'CS604', HINT = 'Record a correction beside what is there.';
    END IF;
    RETURN NEW;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_but_forgetting() IS
    'Lets a change be forgotten and not rewritten: its values go, what happened stays (4.3, 5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_but_forgetting() FROM PUBLIC;
