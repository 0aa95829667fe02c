CREATE FUNCTION pgcustsec.confirm_change(change_id bigint, word text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person text := (SELECT p.staff_id FROM pgcustsec_internal._person() AS p);
BEGIN
    -- Whose word it was is known to who made the change, and to nobody who merely guesses a number.
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.change AS c
        WHERE c.change_id = confirm_change.change_id AND c.operation = 'changed' AND c.staff_id = person)
    THEN
        RAISE EXCEPTION 'there is no change % of yours', confirm_change.change_id
            USING ERRCODE = 'CS201', HINT = 'Its number is among those of pgcustsec.my_changes().';
    END IF;
    IF coalesce(trim(confirm_change.word), '') = '' THEN
        RAISE EXCEPTION 'the customer''s word is missing' USING ERRCODE = 'CS206', HINT = 'Say how the customer confirmed it.';
    END IF;
    INSERT INTO pgcustsec_internal.change_confirmation (change_id, staff_id, word)
        VALUES (confirm_change.change_id, person, confirm_change.word);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.confirm_change(bigint, text) IS
    'Records the customer''s confirmation of a value that this login''s person changed, and how they gave it (3.1).';
REVOKE ALL ON FUNCTION pgcustsec.confirm_change(bigint, text) FROM PUBLIC;
