SELECT 'branch', branch_code, ARRAY['title', title] FROM pgcustsec_internal.branch
UNION ALL
SELECT 'department', department_code, ARRAY['title', title] FROM pgcustsec_internal.department
UNION ALL
SELECT
    'role', role_code,
    ARRAY['group_role', group_role::text, 'department_code', department_code, 'supervises', supervises::text,
          'place', place::text]
FROM pgcustsec_internal.role
