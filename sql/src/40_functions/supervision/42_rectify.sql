CREATE FUNCTION pgcustsec.rectify(suspension bigint, what text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record;
BEGIN
    SELECT a.staff_id, EXISTS (
        SELECT FROM pgcustsec_internal.role AS r WHERE r.role_code = ANY (a.roles) AND r.supervises) AS supervises
    INTO person
    FROM pgcustsec_internal._person() AS a;
    IF coalesce(pgcustsec_internal._says_nothing(what), true) THEN
        RAISE EXCEPTION 'a rectification states what was done (4.2)' USING ERRCODE = 'CS206', HINT = 'Say it, as the second argument.';
    END IF;
    PERFORM
    FROM pgcustsec_internal.in_force AS p
    WHERE p.suspension_id = suspension
        AND (person.supervises OR EXISTS (
            SELECT FROM pgcustsec_internal._suspensions_of(person.staff_id) AS o WHERE o.suspension_id = p.suspension_id));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such suspension in force that concerns you (4.2)'
            USING ERRCODE = 'CS208', HINT = 'See pgcustsec.suspensions.';
    END IF;
    INSERT INTO pgcustsec_internal.rectification (suspension_id, rectified_by, what) VALUES (suspension, person.staff_id, what);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about, reason)
        VALUES ('rectified', person.staff_id, format('suspension %s', suspension), what);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.rectify(bigint, text) IS
    'Reports what was put right about a suspension: by whom it concerns, or a supervisor; another supervisor accepts it (4.2).';
REVOKE ALL ON FUNCTION pgcustsec.rectify(bigint, text) FROM PUBLIC;
