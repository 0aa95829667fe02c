SELECT
    r.request_id, r.kind_code, r.state, r.requester, r.full_name, r.used_by, r.role_code, r.purpose, r.relation, r.columns::text[],
    r.predicate, r.keys, r.days, r.max_rows, r.filed_at, r.approved_at, r.ends_at, r.step, r.awaits, r.deciders,
    r.mine_to_decide
FROM pgcustsec.requests AS r
WHERE (%(state)s::text IS NULL OR r.state = %(state)s::text)
    AND (%(number)s::bigint IS NULL OR r.request_id = %(number)s::bigint)
    AND (NOT %(mine)s::boolean OR r.mine_to_decide)
ORDER BY r.request_id DESC
