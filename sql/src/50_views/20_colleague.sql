-- Those who left stay: else the rows they served would vanish before anybody could take them over.
CREATE VIEW pgcustsec_internal.colleague AS
    SELECT c.staff_id, a.role_code
    FROM pgcustsec_internal.asker AS a
    JOIN pgcustsec_internal.staff AS c ON c.department_code = a.department_code;
COMMENT ON VIEW pgcustsec_internal.colleague IS
    'Staff of the department of the person behind this statement; none for nobody (1.4). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.colleague.staff_id IS 'Staff number.';
COMMENT ON COLUMN pgcustsec_internal.colleague.role_code IS 'A role that the asking person holds.';
REVOKE ALL ON TABLE pgcustsec_internal.colleague FROM PUBLIC;
