-- The one list of what keeps a person from tier 1 and 2 apart from a session; each part that is added adds a reason here.
-- A reason that comes with a day caps the session's term; one that comes with an event ends sessions.
CREATE FUNCTION pgcustsec_internal._uncleared(staff_id text)
    RETURNS TABLE (state text, reason text, next_step text)
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    answers text := pgcustsec_internal._answers_for(staff_id);
BEGIN
    IF NOT EXISTS (SELECT FROM pgcustsec_internal.staff_role AS r WHERE r.staff_id = _uncleared.staff_id) THEN
        RETURN QUERY SELECT
            'CS002', 'you hold no role of the matrix (5.3)', 'ask an administrator for the role that your work needs';
    END IF;
    IF answers IS NULL THEN
        RETURN QUERY SELECT
            'CS101', 'nobody answers for this service (5.3)', 'its manager does: ask an administrator to name one';
        RETURN;
    END IF;
    RETURN QUERY
        SELECT
            u.state, format('%s is suspended, by suspension %s (4.2)',
                CASE u.kind WHEN 'person' THEN 'your access' ELSE u.kind || ' ' || u.code END, u.suspension_id),
            format('put right what it is for, and report that: SELECT pgcustsec.rectify(%s, what)', u.suspension_id)
        FROM (
            SELECT p.* FROM pgcustsec_internal._suspensions_of(staff_id) AS p
            UNION
            SELECT p.* FROM pgcustsec_internal._suspensions_of(answers) AS p) AS u;
    RETURN QUERY
        SELECT
            'CS102', format('agreement %s (%s) is not signed, or no longer in force (3.4)', q.agreement_code, q.title),
            CASE
                WHEN EXISTS (
                    SELECT FROM pgcustsec_internal.agreement_text AS t WHERE t.agreement_code = q.agreement_code)
                    THEN format('read it: SELECT body, digest FROM pgcustsec.my_agreements(); then SELECT pgcustsec.sign_agreement(%L, digest)',
                        q.agreement_code)
                ELSE 'ask a supervisor to publish its text: pgcustsec agreement publish'
            END
        FROM pgcustsec_internal._required_agreements(answers) AS q
        WHERE (pgcustsec_internal._agreed_until(answers, q.agreement_code) > clock_timestamp()) IS NOT TRUE;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._uncleared(text) IS
    'What keeps a person from tier 1 and 2, apart from a session: SQLSTATE, reason, what to do; no row: nothing (5.2.4).';
REVOKE ALL ON FUNCTION pgcustsec_internal._uncleared(text) FROM PUBLIC;
