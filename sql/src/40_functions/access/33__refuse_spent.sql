-- What is refused leaves no row: the error takes it back. The sequence keeps how often, the server's log when and who.
CREATE FUNCTION pgcustsec_internal._refuse_spent(staff_id text, kind text, at_most integer)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    PERFORM nextval(b.refusals) FROM pgcustsec_internal.budget AS b WHERE b.staff_id = _refuse_spent.staff_id;
    RAISE LOG 'pgcustsec: % asked for more than % % a day', staff_id, at_most, kind;
    RAISE EXCEPTION 'today''s budget of % % is spent (5.2.1)', at_most, kind
        USING ERRCODE = CASE kind WHEN 'openings' THEN 'CS204' ELSE 'CS205' END,
            HINT = format(
                'Go on after %s, or file a request for what you need.',
                to_char(
                    to_timestamp((pgcustsec_internal._today() + 1) * 86400) AT TIME ZONE 'UTC',
                    'YYYY-MM-DD HH24:MI "UTC"'));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_spent(text, text, integer) IS 'Refuses what goes beyond a budget, and counts that (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_spent(text, text, integer) FROM PUBLIC;
