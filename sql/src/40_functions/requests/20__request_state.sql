-- Worked out from what happened, the clock and the matrix of today, and kept nowhere: so nothing can say otherwise.
CREATE FUNCTION pgcustsec_internal._request_state(request bigint, OUT state text, OUT step integer, OUT approved_at timestamptz, OUT ends_at timestamptz, OUT terms text, OUT opens boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    rule record;
    events record;
    due timestamptz;  -- of an emergency
    waits boolean;
BEGIN
    opens := false;
    SELECT
        r.days, k.max_days, k.approvals, k.emergency_hours,
        -- A service without who asked for it, or in another role, has nothing of it.
        k.standing AND pgcustsec_internal._served_in(r.used_by, r.requester, r.relation) IS DISTINCT FROM r.role_code AS ownerless
    INTO rule
    FROM pgcustsec_internal.request AS r
    LEFT JOIN pgcustsec_internal.request_kind AS k ON k.kind_code = r.kind_code
    WHERE r.request_id = request;
    terms := CASE WHEN rule.ownerless IS NOT TRUE THEN pgcustsec_internal._request_terms(request) END;
    SELECT
        max(e.event_id) FILTER (WHERE e.kind IN ('filed', 'amended')) AS changed,
        max(e.at) FILTER (WHERE e.kind IN ('filed', 'amended')) AS waits_since,
        bool_or(e.kind = 'filed') AS filed,
        max(e.kind) FILTER (WHERE e.kind IN ('refused', 'withdrawn', 'closed', 'handed over', 'erased', 'applied')) AS over
    INTO events
    FROM pgcustsec_internal.request_event AS e
    WHERE e.request_id = request;
    IF events.over IS NOT NULL THEN
        state := events.over;
        RETURN;
    ELSIF events.filed IS NOT TRUE THEN
        state := 'drafted';
        RETURN;
    END IF;
    SELECT count(*) + 1, max(e.at)
    INTO step, approved_at
    FROM pgcustsec_internal.request_event AS e
    WHERE e.request_id = request AND e.kind = 'approved' AND e.terms = terms AND e.event_id > events.changed;
    SELECT u.starts_at, n.suspension_id IS NULL INTO due, waits
    FROM pgcustsec_internal.suspension AS u
    LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
    WHERE u.request_id = request;
    IF terms IS NULL OR clock_timestamp() >= coalesce(due, events.waits_since + make_interval(days => rule.max_days)) AND (
            step <= jsonb_array_length(rule.approvals) OR jsonb_array_length(rule.approvals) = 0)
    THEN
        state := 'lapsed';
        approved_at := NULL;
        step := NULL;
    ELSIF step > jsonb_array_length(rule.approvals) AND jsonb_array_length(rule.approvals) > 0 THEN
        ends_at := approved_at + make_interval(days => rule.days);
        state := CASE WHEN clock_timestamp() < ends_at THEN 'approved' ELSE 'lapsed' END;
        opens := state = 'approved';
        step := NULL;
    ELSE
        state := CASE WHEN step = 1 THEN 'filed' ELSE 'in approval' END;
        approved_at := NULL;
        -- By what was declared when it was filed, and by the matrix of today as well.
        opens := due IS NOT NULL AND waits AND rule.emergency_hours > 0;
        ends_at := due;
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._request_state(bigint) IS
    'What a request has come to: drafted, filed, in approval, approved, refused, withdrawn, lapsed, closed, handed over, erased or applied; the step that is next, its end, and whether records open by it: approved, or an emergency that waits (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._request_state(bigint) FROM PUBLIC;
