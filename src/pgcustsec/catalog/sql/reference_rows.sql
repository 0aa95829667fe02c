SELECT 'branch', branch_code, ARRAY['title', title] FROM pgcustsec_internal.branch
UNION ALL
SELECT 'department', department_code, ARRAY['title', title, 'agreements', agreements::text]
FROM pgcustsec_internal.department
UNION ALL
SELECT
    'agreement', agreement_code, ARRAY['title', title, 'valid_days', valid_days::text, 'everyone', everyone::text]
FROM pgcustsec_internal.agreement
UNION ALL
SELECT
    'role', role_code,
    ARRAY['group_role', group_role::text, 'department_code', department_code, 'supervises', supervises::text,
          'service', service::text,
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
          'key_columns', key_columns::text, 'opens', opens::text, 'lifts', lifts::text,
          'find_columns', find_columns::text, 'find_functions', find_functions::text, 'rule', rule::text]
FROM pgcustsec_internal.access
UNION ALL
SELECT
    'request_kind', kind_code,
    ARRAY['title', title, 'filed_by', filed_by::text, 'custodian', custodian, 'approvals', approvals::text,
          'max_days', max_days::text, 'max_rows', max_rows::text, 'canaries', canaries::text,
          'emergency_hours', emergency_hours::text, 'standing', standing::text, 'erases', erases::text,
          'widens', widens::text]
FROM pgcustsec_internal.request_kind
UNION ALL
SELECT
    'retention_rule', rule_code,
    ARRAY['relation', relation, 'name', name, 'place', place::text, 'keep_days', keep_days::text, 'keeps', keeps,
          'drops_partitions', drops_partitions::text, 'recipe', recipe]
FROM pgcustsec_internal.retention_rule
UNION ALL
SELECT
    'classification', classification_code,
    ARRAY['relation', relation, 'column_name', column_name::text, 'tier', tier::text, 'kind', kind]
FROM pgcustsec_internal.classification
UNION ALL
SELECT
    'pool', pool_code,
    ARRAY['schema_name', schema_name::text, 'table_name', table_name::text, 'roles', roles::text,
          'recycle_days', recycle_days::text, 'claim_limit', claim_limit::text, 'cool_down_days', cool_down_days::text]
FROM pgcustsec_internal.pool
