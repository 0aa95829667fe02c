SELECT
    e.extract_id, e.request_id, e.state, e.staff_id, e.full_name, e.department_code, e.role_code, e.relation,
    e.columns::text[], e.row_count, e.canaries, e.protection, e.begun_at, e.ends_at, e.login::text,
    pg_catalog.host(e.client_address), e.host, e.finished_at, e.sha256, e.bytes, e.destroyed_at, e.evidence
FROM pgcustsec.extracts AS e
WHERE (%(state)s::text IS NULL OR e.state = %(state)s::text)
    AND (%(number)s::bigint IS NULL OR e.extract_id = %(number)s::bigint)
ORDER BY e.extract_id DESC
