-- Suspensions that keep somebody from rows at this moment: those that supervisors said, and those of emergencies that were
-- refused, or not approved by the end of their hours.
CREATE VIEW pgcustsec_internal.in_force AS
    SELECT u.suspension_id, u.kind, u.code, COALESCE(n.by_staff, u.suspended_by) AS suspended_by, u.request_id
    FROM pgcustsec_internal.suspension AS u
    LEFT JOIN pgcustsec_internal.emergency_end AS n ON n.suspension_id = u.suspension_id
    WHERE (CASE n.how WHEN 'refused' THEN true WHEN 'approved' THEN false ELSE u.starts_at <= clock_timestamp() END)
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.reinstatement AS e WHERE e.suspension_id = u.suspension_id);
COMMENT ON VIEW pgcustsec_internal.in_force IS 'Suspensions in force (4.2).';
COMMENT ON COLUMN pgcustsec_internal.in_force.suspension_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.in_force.kind IS 'Whether a person, a role or a department.';
COMMENT ON COLUMN pgcustsec_internal.in_force.code IS 'The staff number, or the name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.in_force.suspended_by IS 'By whom; of an emergency, who refused it, or who declared it.';
COMMENT ON COLUMN pgcustsec_internal.in_force.request_id IS 'The emergency that announced it.';
REVOKE ALL ON TABLE pgcustsec_internal.in_force FROM PUBLIC;
