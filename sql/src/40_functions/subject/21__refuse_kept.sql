CREATE FUNCTION pgcustsec_internal._refuse_kept(relation text, keys text[])
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    held boolean;
    said text;
BEGIN
    SELECT bool_or(k.hold_id IS NOT NULL), string_agg(CASE
        WHEN k.hold_id IS NOT NULL THEN
            format('%s by hold %s, to be looked at again on %s', k.record_key, k.hold_id, (k.until AT TIME ZONE 'UTC')::date)
        ELSE format('%s by %s, which runs %s', k.record_key, k.source, CASE
            WHEN k.until >= '9999-12-29' THEN 'on without an end'
            -- A day runs through.
            ELSE format('until %s', ((k.until - interval '1 microsecond') AT TIME ZONE 'UTC')::date) END)
        END, '; ' ORDER BY k.place)
    INTO held, said
    FROM pgcustsec_internal._kept_longer(relation, keys) WITH ORDINALITY
        AS k (record_key, hold_id, source, until, place)
    WHERE k.place <= 20;
    IF said IS NOT NULL THEN
        RAISE EXCEPTION 'not erased, as these of % are kept: % (4.3)', relation, said
            USING ERRCODE = CASE WHEN held THEN 'CS501' ELSE 'CS507' END,
                HINT = 'The wish stays on record, and the request good for its days: erase when nothing keeps them any more.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_kept(text, text[]) IS
    'An error that names every legal hold, its number and its review, and every date to come that keeps one of these rows (3.3, 4.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_kept(text, text[]) FROM PUBLIC;
