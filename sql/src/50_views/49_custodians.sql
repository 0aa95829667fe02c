CREATE VIEW pgcustsec.custodians
    WITH (security_barrier = true)
AS
    SELECT
        c.naming_id, c.department_code, c.staff_id, p.full_name, c.login, c.named_at, c.named_by,
        lead(c.named_at) OVER (PARTITION BY c.department_code ORDER BY c.naming_id) AS ended_at
    FROM pgcustsec_internal.custodian AS c
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = c.staff_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.custodians IS
    'Whom supervisors named the custodian (指定人员) of a department, and until when (3.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.custodians.naming_id IS 'The naming.';
COMMENT ON COLUMN pgcustsec.custodians.department_code IS 'The department.';
COMMENT ON COLUMN pgcustsec.custodians.staff_id IS 'The person; NULL: nobody from then on.';
COMMENT ON COLUMN pgcustsec.custodians.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.custodians.login IS 'The login over which they are it.';
COMMENT ON COLUMN pgcustsec.custodians.named_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec.custodians.named_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.custodians.ended_at IS 'When the next naming came; NULL: this is the latest.';
REVOKE ALL ON TABLE pgcustsec.custodians FROM PUBLIC;
