-- Active staff by the roles that they hold, with whom they serve; everybody of their department, who left as well.
SELECT
    h.role_code, s.staff_id, s.full_name, s.department_code, s.branch_code,
    ARRAY[s.staff_id], t.serves_direct, t.serves_chain,
    ARRAY(SELECT c.staff_id FROM pgcustsec_internal.staff AS c WHERE c.department_code = s.department_code)
FROM pgcustsec_internal.staff_role AS h
JOIN pgcustsec_internal.staff AS s ON s.staff_id = h.staff_id AND s.active
CROSS JOIN LATERAL (
    SELECT
        ARRAY(
            SELECT s.staff_id UNION SELECT d.staff_id
            FROM pgcustsec_internal.staff AS d WHERE d.manager_id = s.staff_id AND d.active) AS serves_direct,
        ARRAY(
            WITH RECURSIVE below (staff_id, active) AS (
                SELECT s.staff_id, true
                UNION
                SELECT d.staff_id, d.active FROM pgcustsec_internal.staff AS d JOIN below AS b ON d.manager_id = b.staff_id)
            SELECT b.staff_id FROM below AS b WHERE b.active) AS serves_chain) AS t
WHERE h.role_code = ANY (%(roles)s::text[])
ORDER BY 1, 2
