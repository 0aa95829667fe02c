CREATE VIEW pgcustsec.suspensions
    WITH (security_barrier = true)
AS
    SELECT
        p.suspension_id, p.kind, p.code, p.reason, p.reference, p.suspended_at, p.suspended_by,
        least(greatest(p.starts_at, p.suspended_at), n.at) AS starts_at, p.request_id, n.how AS decided, p.in_flight,
        r.rectified_at, r.rectified_by, r.what AS rectification, e.reinstated_at, e.reinstated_by, e.comment
    FROM pgcustsec_internal.suspension AS p
    LEFT JOIN LATERAL (
        SELECT x.rectified_at, x.rectified_by, x.what
        FROM pgcustsec_internal.rectification AS x
        WHERE x.suspension_id = p.suspension_id
        ORDER BY x.rectified_at DESC
        LIMIT 1) AS r ON true
    LEFT JOIN pgcustsec_internal.reinstatement AS e ON e.suspension_id = p.suspension_id
    LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = p.suspension_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.suspensions IS
    'Who was suspended, why, what was put right and who lifted it (4.2). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.suspensions.suspension_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.suspensions.kind IS 'Whether a person, a role or a department.';
COMMENT ON COLUMN pgcustsec.suspensions.code IS 'The staff number, or the name in the matrix.';
COMMENT ON COLUMN pgcustsec.suspensions.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec.suspensions.reference IS 'The document or finding that it goes by.';
COMMENT ON COLUMN pgcustsec.suspensions.suspended_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec.suspensions.suspended_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.suspensions.starts_at IS
    'When it begins: an emergency''s later, unless it is approved before.';
COMMENT ON COLUMN pgcustsec.suspensions.request_id IS 'The emergency that announced it.';
COMMENT ON COLUMN pgcustsec.suspensions.decided IS
    'Of an emergency: approved, so that it never begins, or refused, so that it began then; NULL: neither.';
COMMENT ON COLUMN pgcustsec.suspensions.in_flight IS 'How many sessions, open records and connections it interrupted.';
COMMENT ON COLUMN pgcustsec.suspensions.rectified_at IS 'When what was put right was reported last; NULL: not yet.';
COMMENT ON COLUMN pgcustsec.suspensions.rectified_by IS 'By whom.';
COMMENT ON COLUMN pgcustsec.suspensions.rectification IS 'What that was.';
COMMENT ON COLUMN pgcustsec.suspensions.reinstated_at IS 'When it was lifted; NULL: it is in force, or will be.';
COMMENT ON COLUMN pgcustsec.suspensions.reinstated_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.suspensions.comment IS 'Why the rectification was accepted.';
REVOKE ALL ON TABLE pgcustsec.suspensions FROM PUBLIC;
