-- Views ask it of their reader for EXECUTE on what they call: so it decides by the caller what they may know.
CREATE FUNCTION pgcustsec_internal.disclosure_seen(request bigint)
    RETURNS TABLE (
        state text, still_custodian boolean, filed_at timestamptz, approved_at timestamptz, ends_at timestamptz,
        handed_over_at timestamptz, receipt text, opened_records bigint, extracted_rows integer, sha256 text[],
        destroyed_at timestamptz, evidence text[])
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    seen record;
    handed record;
    taken record;
BEGIN
    SELECT s.state, s.filed_at, s.approved_at, s.ends_at INTO seen FROM pgcustsec_internal.request_seen(request) AS s;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT max(e.at) FILTER (WHERE e.kind = 'approved') AS approved_at, max(e.at) FILTER (WHERE e.kind = 'handed over') AS at,
        max(e.comment) FILTER (WHERE e.kind = 'handed over') AS receipt
    INTO handed
    FROM pgcustsec_internal.request_event AS e
    WHERE e.request_id = request;
    SELECT max(e.row_count) AS row_count, bool_and(d.at IS NOT NULL) AS destroyed,
        bool_or(d.at IS NULL AND pgcustsec_internal._extract_state(e.extract_id) = 'overdue') AS due, max(d.at) AS destroyed_at,
        array_agg(f.sha256 ORDER BY e.extract_id) FILTER (WHERE f.sha256 IS NOT NULL) AS sha256,
        array_agg(d.evidence ORDER BY e.extract_id) FILTER (WHERE d.evidence IS NOT NULL) AS evidence
    INTO taken
    FROM pgcustsec_internal.extract AS e
    LEFT JOIN pgcustsec_internal.extract_event AS f ON f.extract_id = e.extract_id AND f.kind = 'finished'
    LEFT JOIN pgcustsec_internal.extract_event AS d ON d.extract_id = e.extract_id AND d.kind = 'destroyed'
    WHERE e.request_id = request;
    RETURN QUERY
        SELECT
            CASE
                WHEN taken.due THEN 'destruction due'
                WHEN handed.at IS NOT NULL AND taken.destroyed THEN 'destroyed'
                ELSE seen.state
            END,
            pgcustsec_internal._in_custody(request, NULL), seen.filed_at,
            CASE WHEN handed.at IS NOT NULL THEN handed.approved_at ELSE seen.approved_at END,
            seen.ends_at, handed.at, handed.receipt, (
                SELECT count(DISTINCT a.record_key)
                FROM pgcustsec_internal.audit AS a
                JOIN pgcustsec_internal.request AS r ON r.request_id = request AND r.requester = a.staff_id
                WHERE a.kind = 'record_opened' AND a.about = format('request %s', request)),
            taken.row_count, taken.sha256, CASE WHEN taken.destroyed THEN taken.destroyed_at END, taken.evidence;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.disclosure_seen(bigint) IS
    'What a disclosure has come to, for who sees its request; no row for anybody else (3.3, 5.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.disclosure_seen(bigint) FROM PUBLIC;
