CREATE VIEW pgcustsec.deputies
    WITH (security_barrier = true)
AS
    SELECT
        d.deputy_id, d.staff_id, p.full_name, d.deputy, n.full_name AS deputy_name, d.starts_at,
        least(d.ends_at, e.at) AS ends_at,
        CASE
            WHEN e.at IS NOT NULL THEN 'ended'
            WHEN d.ends_at <= clock_timestamp() THEN 'over'
            WHEN a.at IS NULL THEN 'named'
            ELSE 'approved'
        END AS state,
        a.staff_id AS approved_by
    FROM pgcustsec_internal.deputy AS d
    LEFT JOIN pgcustsec_internal.deputy_event AS a ON a.deputy_id = d.deputy_id AND a.kind = 'approved'
    LEFT JOIN pgcustsec_internal.deputy_event AS e ON e.deputy_id = d.deputy_id AND e.kind = 'ended'
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = d.staff_id
    LEFT JOIN pgcustsec_internal.staff AS n ON n.staff_id = d.deputy
    WHERE d.staff_id = (SELECT min(k.staff_id) FROM pgcustsec_internal.asker AS k)
        OR d.deputy = (SELECT min(k.staff_id) FROM pgcustsec_internal.asker AS k)
        OR (SELECT EXISTS (
            SELECT
            FROM pgcustsec_internal.asker AS k
            JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.deputies IS
    'Who decides on requests in whose place: one''s own, and everybody''s for who supervises (5.1, 5.2.1).';
COMMENT ON COLUMN pgcustsec.deputies.deputy_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.deputies.staff_id IS 'In whose place.';
COMMENT ON COLUMN pgcustsec.deputies.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.deputies.deputy IS 'Who.';
COMMENT ON COLUMN pgcustsec.deputies.deputy_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.deputies.starts_at IS 'From when on.';
COMMENT ON COLUMN pgcustsec.deputies.ends_at IS 'Until when, or when it was ended before.';
COMMENT ON COLUMN pgcustsec.deputies.state IS 'named: a supervisor is to approve it; approved; ended; over.';
COMMENT ON COLUMN pgcustsec.deputies.approved_by IS 'By which supervisor.';
REVOKE ALL ON TABLE pgcustsec.deputies FROM PUBLIC;
