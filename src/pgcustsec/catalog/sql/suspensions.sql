SELECT
    s.suspension_id, s.kind, s.code, s.reason, s.reference, s.suspended_at, s.suspended_by, s.starts_at,
    s.request_id, s.decided, s.in_flight,
    s.rectified_at, s.rectified_by, s.rectification, s.reinstated_at, s.reinstated_by, s.comment
FROM pgcustsec.suspensions AS s
WHERE (s.reinstated_at IS NULL AND s.decided IS DISTINCT FROM 'approved' OR %(lifted)s)
    AND (%(number)s::bigint IS NULL OR s.suspension_id = %(number)s::bigint)
ORDER BY s.suspension_id DESC
