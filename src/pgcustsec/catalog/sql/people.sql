-- Staff, each with the roles they hold in matrix order. A parameter that is NULL asks for nothing.
SELECT
    s.staff_id, s.full_name, s.department_code, s.branch_code, s.manager_id, s.login::text, s.active,
    ARRAY(
        SELECT h.role_code
        FROM pgcustsec_internal.staff_role AS h
        JOIN pgcustsec_internal.role AS r ON r.role_code = h.role_code
        WHERE h.staff_id = s.staff_id
        ORDER BY r.place, r.role_code)
FROM pgcustsec_internal.staff AS s
WHERE (%(staff)s::text IS NULL OR s.staff_id = %(staff)s)
    AND (%(manager)s::text IS NULL OR s.manager_id = %(manager)s)
    AND (%(department)s::text IS NULL OR s.department_code = %(department)s)
    AND (%(branch)s::text IS NULL OR s.branch_code = %(branch)s)
    AND (
        %(role)s::text IS NULL
        OR EXISTS (
            SELECT FROM pgcustsec_internal.staff_role AS h
            WHERE h.staff_id = s.staff_id AND h.role_code = %(role)s))
    AND (s.active OR %(left)s)
ORDER BY s.staff_id
