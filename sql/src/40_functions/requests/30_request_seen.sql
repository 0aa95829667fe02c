-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.request_seen(request bigint)
    RETURNS TABLE (
        state text, filed_at timestamptz, approved_at timestamptz, ends_at timestamptz, step integer, awaits jsonb,
        deciders text[], mine_to_decide boolean)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    person record := pgcustsec_internal._asking();
    now_is record;
    requester text;
    used_by text;
    chain jsonb;
    deciders text[];
BEGIN
    SELECT s.* INTO now_is FROM pgcustsec_internal._request_state(request) AS s;
    SELECT r.requester, r.used_by, k.approvals INTO requester, used_by, chain
    FROM pgcustsec_internal.request AS r
    LEFT JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
    WHERE r.request_id = request;
    IF requester IS DISTINCT FROM person.staff_id AND used_by IS DISTINCT FROM person.staff_id AND (
        now_is.state = 'drafted' OR NOT (
            EXISTS (
                SELECT FROM pgcustsec_internal.role AS o WHERE o.role_code = ANY (person.roles) AND o.supervises)
            OR EXISTS (
                SELECT
                FROM generate_series(1, jsonb_array_length(chain)) AS n (step)
                WHERE pgcustsec_internal._may_decide(request, n.step, person.staff_id))
            OR EXISTS (
                SELECT FROM pgcustsec_internal.request_event AS e
                WHERE e.request_id = request AND e.staff_id = person.staff_id)))
        OR person.staff_id IS NULL
    THEN
        RETURN;
    END IF;
    IF now_is.step IS NOT NULL THEN
        deciders := ARRAY(
            SELECT c.staff_id
            FROM pgcustsec_internal.staff AS c
            WHERE c.active AND c.login IS NOT NULL
                AND c.staff_id IN (
                    SELECT s.manager_id FROM pgcustsec_internal.staff AS s WHERE s.staff_id = requester
                    UNION
                    SELECT h.staff_id FROM pgcustsec_internal.staff_role AS h
                    WHERE h.role_code = chain -> (now_is.step - 1) ->> 'role'
                    UNION
                    SELECT d.deputy FROM pgcustsec_internal.deputy AS d WHERE d.ends_at > clock_timestamp())
                AND pgcustsec_internal._may_decide(request, now_is.step, c.staff_id)
                AND NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(c.staff_id))
            ORDER BY c.staff_id);
    END IF;
    RETURN QUERY
        SELECT
            now_is.state,
            (SELECT min(e.at) FROM pgcustsec_internal.request_event AS e WHERE e.request_id = request AND e.kind = 'filed'),
            now_is.approved_at, now_is.ends_at, now_is.step, chain -> (now_is.step - 1),
            deciders, coalesce(person.staff_id = ANY (deciders), false);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.request_seen(bigint) IS
    'What a request has come to, if it is the caller''s, theirs to decide, or they supervise; no row for anybody else (5.1, 5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.request_seen(bigint) FROM PUBLIC;
