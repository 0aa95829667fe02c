CREATE FUNCTION pgcustsec.name_custodian(department text, staff text)
    RETURNS void
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    supervisor text := pgcustsec_internal._supervisor();
    named_login name;
BEGIN
    IF (SELECT p.by_token FROM pgcustsec_internal._person() AS p) THEN
        RAISE EXCEPTION 'a custodian is named through one''s own login, not an application''s (2.3)'
            USING ERRCODE = 'CS003', HINT = 'Connect as yourself.';
    ELSIF current_setting('transaction_isolation') <> 'read committed' THEN
        PERFORM pgcustsec_internal.refuse_old_snapshot();
    END IF;
    -- One naming of a department after the other: the latest counts.
    PERFORM FROM pgcustsec_internal.department AS d WHERE d.department_code = department FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no such department (3.3)'
            USING ERRCODE = 'CS208', HINT = 'SELECT pgcustsec.name_custodian(department, staff number); NULL for nobody.';
    ELSIF staff = supervisor THEN
        RAISE EXCEPTION 'nobody names themselves a custodian (5.1)'
            USING ERRCODE = 'CS603', HINT = 'Another supervisor does.';
    END IF;
    IF staff IS NOT NULL THEN
        named_login := (
            SELECT s.login
            FROM pgcustsec_internal.staff AS s
            WHERE s.staff_id = staff AND s.active AND s.department_code = department AND EXISTS (
                SELECT
                FROM pgcustsec_internal.staff_role AS h
                JOIN pgcustsec_internal.request_kind AS k ON k.custodian = h.role_code
                WHERE h.staff_id = s.staff_id));
        IF named_login IS NULL THEN
            RAISE EXCEPTION 'the custodian of % is active there, has a login, and a role that handles disclosures (3.3)', department
                USING ERRCODE = 'CS312', HINT = format('Roles that do: %s.', (
                    SELECT coalesce(string_agg(DISTINCT k.custodian, ', '), 'none')
                    FROM pgcustsec_internal.request_kind AS k WHERE k.custodian <> ''));
        END IF;
    END IF;
    INSERT INTO pgcustsec_internal.custodian (department_code, staff_id, login, named_by)
        VALUES (department, staff, named_login, supervisor);
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, about)
        VALUES (
            CASE WHEN staff IS NULL THEN 'custodian_unnamed' ELSE 'custodian_named' END, supervisor,
            format('department %s', department) || coalesce(': ' || staff, ''));
    PERFORM set_config('synchronous_commit', 'on', true);
END;
$function$;
COMMENT ON FUNCTION pgcustsec.name_custodian(text, text) IS
    'Names the custodian (指定人员) of a department in place of the one before, for who supervises; NULL: it has none from now on (3.3).';
REVOKE ALL ON FUNCTION pgcustsec.name_custodian(text, text) FROM PUBLIC;
