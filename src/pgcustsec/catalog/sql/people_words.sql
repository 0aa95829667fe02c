-- What staff may be given: branches, departments and roles of the applied matrix, roles in its order.
SELECT 'branch', branch_code, title, NULL, NULL, 0 FROM pgcustsec_internal.branch
UNION ALL
SELECT 'department', department_code, title, NULL, NULL, 0 FROM pgcustsec_internal.department
UNION ALL
SELECT 'role', role_code, role_code, group_role::text, department_code, place FROM pgcustsec_internal.role
ORDER BY 1, 6, 2
