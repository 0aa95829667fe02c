SELECT
    pg_catalog.current_database()::text,
    pg_catalog.pg_get_userbyid(d.datdba)::text,
    pg_catalog.to_regnamespace('pgcustsec_internal') IS NOT NULL,
    ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles AS r WHERE r.rolsuper),
    session_user::text
FROM pg_catalog.pg_database AS d
WHERE d.datname = pg_catalog.current_database()
