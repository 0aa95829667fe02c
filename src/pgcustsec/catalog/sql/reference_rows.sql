SELECT 'branch', branch_code, ARRAY['title', title] FROM pgcustsec_internal.branch
UNION ALL
SELECT 'department', department_code, ARRAY['title', title] FROM pgcustsec_internal.department
UNION ALL
SELECT
    'role', role_code,
    ARRAY['group_role', group_role::text, 'department_code', department_code, 'supervises', supervises::text,
          'place', place::text, 'session_hours', session_hours::text, 'record_minutes', record_minutes::text,
          'openings_per_day', openings_per_day::text, 'customers_per_day', customers_per_day::text]
FROM pgcustsec_internal.role
UNION ALL
SELECT 'purpose', purpose_code, ARRAY['title', title, 'roles', roles::text] FROM pgcustsec_internal.purpose
UNION ALL
SELECT
    'application', application_code,
    ARRAY['login', login::text, 'roles', roles::text, 'role_hexes', role_hexes::text,
          'token_minutes', token_minutes::text, 'anonymous', anonymous::text]
FROM pgcustsec_internal.application
UNION ALL
SELECT
    'access', access_code,
    ARRAY['role_code', role_code, 'schema_name', schema_name::text, 'table_name', table_name::text,
          'key_columns', key_columns::text, 'opens', opens::text,
          'find_columns', find_columns::text, 'find_functions', find_functions::text]
FROM pgcustsec_internal.access
