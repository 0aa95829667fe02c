-- Sessions, newest first. A parameter that is NULL asks for nothing.
SELECT
    s.session_id, s.staff_id, COALESCE(p.full_name, ''), s.purpose, s.roles, s.login::text, s.started_at,
    LEAST(s.ends_at, e.ended_at),
    CASE
        WHEN e.why IS NOT NULL THEN e.why
        WHEN s.ends_at <= pg_catalog.clock_timestamp() THEN 'lapsed'
        ELSE 'live'
    END
FROM pgcustsec_internal.session AS s
LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = s.staff_id
LEFT JOIN LATERAL (
    SELECT x.ended_at, x.why
    FROM pgcustsec_internal.session_end AS x
    WHERE x.session_id = s.session_id
    ORDER BY x.ended_at
    LIMIT 1) AS e ON true
WHERE (%(staff)s::text IS NULL OR s.staff_id = %(staff)s)
    AND (%(session)s::uuid IS NULL OR s.session_id = %(session)s)
    AND (%(ended)s OR (e.why IS NULL AND s.ends_at > pg_catalog.clock_timestamp()))
ORDER BY s.started_at DESC
