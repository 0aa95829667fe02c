CREATE VIEW pgcustsec.sessions
    WITH (security_barrier = true)
AS
    SELECT
        s.session_id, s.staff_id, s.roles, s.purpose, s.started_at,
        least(s.ends_at, e.ended_at, w.ends_at) AS ends_at,
        CASE
            WHEN e.why IS NOT NULL THEN e.why
            WHEN least(s.ends_at, w.ends_at) <= clock_timestamp() THEN 'lapsed'
            ELSE 'live'
        END AS state,
        s.login, s.client_address, s.application_name
    FROM pgcustsec_internal.session AS s
    LEFT JOIN LATERAL (
        SELECT x.ended_at, x.why
        FROM pgcustsec_internal.session_end AS x
        WHERE x.session_id = s.session_id
        ORDER BY x.ended_at
        LIMIT 1) AS e ON true
    -- Agreements may have shortened it.
    LEFT JOIN LATERAL (
        SELECT min(x.ends_at) AS ends_at
        FROM pgcustsec_internal.session_access AS x
        WHERE x.session_id = s.session_id) AS w ON true
    WHERE s.staff_id = (SELECT min(k.staff_id) FROM pgcustsec_internal.asker AS k)
        OR (SELECT EXISTS (
            SELECT
            FROM pgcustsec_internal.asker AS k
            JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.sessions IS
    'Sessions, one row each: the caller''s own, and everybody''s for who supervises (5.1, 5.2.4).';
COMMENT ON COLUMN pgcustsec.sessions.session_id IS 'Which.';
COMMENT ON COLUMN pgcustsec.sessions.staff_id IS 'Whose.';
COMMENT ON COLUMN pgcustsec.sessions.roles IS 'In which roles it shows tier 1 and 2.';
COMMENT ON COLUMN pgcustsec.sessions.purpose IS 'What for.';
COMMENT ON COLUMN pgcustsec.sessions.started_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec.sessions.ends_at IS 'Its term, or when it ended before.';
COMMENT ON COLUMN pgcustsec.sessions.state IS 'live, lapsed, ended, superseded, revoked, left, agreement or suspended.';
COMMENT ON COLUMN pgcustsec.sessions.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec.sessions.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec.sessions.application_name IS 'What the client called itself.';
REVOKE ALL ON TABLE pgcustsec.sessions FROM PUBLIC;
