-- Begins what start_session() or register_session() has judged. Its commit waits for the disk: what is shown from now on
-- has a record of who was at work. False: another connection has begun it meanwhile.
CREATE FUNCTION pgcustsec_internal._begin_session(
    session_id uuid, staff_id text, works_as text, roles text[], purpose text)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    term timestamptz;
BEGIN
    PERFORM set_config('synchronous_commit', 'on', true);
    -- Both held until this commits: else a matrix could narrow the purpose meanwhile, or another agreement be asked for,
    -- and not see that this begins.
    LOCK TABLE pgcustsec_internal.agreement_text IN ROW SHARE MODE;
    PERFORM FROM pgcustsec_internal.purpose AS p
    WHERE p.purpose_code = _begin_session.purpose AND _begin_session.roles <@ p.roles FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the purpose is no longer for what it was (4.3)'
            USING ERRCODE = 'CS007', HINT = 'Start again: pgcustsec.whoami() says which are yours.';
    END IF;
    term := pgcustsec_internal._term_of(staff_id, roles);
    PERFORM pgcustsec_internal._make_budget(staff_id);
    INSERT INTO pgcustsec_internal.session (session_id, staff_id, roles, purpose, ends_at)
        VALUES (session_id, staff_id, roles, purpose, term)
        ON CONFLICT ON CONSTRAINT session_pkey DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO pgcustsec_internal.audit (kind, staff_id, session_id, purpose, lapses_at)
        VALUES ('session_started', staff_id, session_id, purpose, term);
    DELETE FROM pgcustsec_internal.session_access AS w WHERE w.known_as = works_as;
    INSERT INTO pgcustsec_internal.session_access AS w (known_as, access_code, session_id, staff_id, purpose, ends_at)
    SELECT works_as, a.access_code, session_id, staff_id, purpose, term
    FROM (
        SELECT c.access_code FROM pgcustsec_internal.access AS c WHERE c.role_code = ANY (roles)
        -- And of each role as such: supervisors are at work though they have no tables.
        UNION ALL SELECT unnest(roles)) AS a (access_code)
    -- Another connection of the same login began one at the same moment: the later one counts.
    ON CONFLICT ON CONSTRAINT session_access_pkey DO UPDATE
    SET session_id = EXCLUDED.session_id, staff_id = EXCLUDED.staff_id, purpose = EXCLUDED.purpose,
        ends_at = EXCLUDED.ends_at, begun_by = EXCLUDED.begun_by, record_key = NULL, lapses_at = NULL, opened_by = NULL,
        request_id = NULL;
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._begin_session(uuid, text, text, text[], text) IS
    'Writes down that a session begins, and gives it what its roles have of tables (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._begin_session(uuid, text, text, text[], text) FROM PUBLIC;
