-- A sequence's number is given out once and never given back, whatever becomes of the transaction. The clock is read
-- after: a number of another day than it says is not counted.
CREATE FUNCTION pgcustsec_internal._spend(staff_id text, budget regclass, at_most integer)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    state bigint;
    today bigint;
BEGIN
    FOR attempt IN 1..3 LOOP
        today := pgcustsec_internal._today();
        state := coalesce(pg_sequence_last_value(budget), 0);
        IF state / 1000000000 < today THEN
            -- The day's first: one connection of the person begins it, the others wait and find it begun.
            PERFORM FROM pgcustsec_internal.budget AS b WHERE b.staff_id = _spend.staff_id FOR NO KEY UPDATE;
            IF coalesce(pg_sequence_last_value(budget), 0) / 1000000000 < today THEN
                PERFORM setval(budget, today * 1000000000);
            END IF;
            state := pg_sequence_last_value(budget);
        END IF;
        -- Asked before as well, so that no number of refusals carries the count into another day.
        IF state >= today * 1000000000 + at_most THEN
            RETURN false;
        END IF;
        state := nextval(budget);
        IF state / 1000000000 = pgcustsec_internal._today() THEN
            RETURN state % 1000000000 <= at_most;
        END IF;
    END LOOP;
    RETURN false;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._spend(text, regclass, integer) IS
    'Spends one unit of a person''s budget of the day; false: there is none left (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._spend(text, regclass, integer) FROM PUBLIC;
