CREATE FUNCTION pgcustsec_internal._refuse_others(staff text, role_code text, discloses boolean)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
BEGIN
    IF NOT EXISTS (
        SELECT
        FROM pgcustsec_internal.staff AS s
        CROSS JOIN LATERAL pgcustsec_internal._custodian(s.department_code, _refuse_others.role_code) AS c
        WHERE s.staff_id = staff AND c.staff_id = staff AND c.login = session_user)
    THEN
        RAISE EXCEPTION 'you are not the named custodian of your department, who alone files disclosures (3.3)'
            USING ERRCODE = 'CS312', HINT = 'Ask the custodian. A supervisor names them: pgcustsec.name_custodian(department, staff).';
    ELSIF NOT discloses THEN
        RAISE EXCEPTION 'a disclosure states the authority, the legal basis and the number of its document (3.3)'
            USING ERRCODE = 'CS206', HINT = 'File it with SELECT pgcustsec.file_disclosure(...), or: pgcustsec disclosure file.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._refuse_others(text, text, boolean) IS
    'An error for who files a disclosure and is not the named custodian, or does not say for whom it is (3.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._refuse_others(text, text, boolean) FROM PUBLIC;
