-- What a record held goes with it: values, their hashes, and the words beside them. That it was changed, when and by whom, stays.
CREATE FUNCTION pgcustsec_internal._refuse_but_forgetting()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    -- Of a change its values and the reason; of a confirmation the word.
    forgotten record := CASE TG_TABLE_NAME
        WHEN 'change' THEN jsonb_populate_record(OLD, '{"old_value": null, "new_value": null, "old_blind": null,
            "new_blind": null, "key_id": null, "reason": null}')
        ELSE jsonb_populate_record(OLD, '{"word": "***"}')
    END;
BEGIN
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
