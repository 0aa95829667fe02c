SELECT r.rolname, d.datname, setting
FROM pg_catalog.pg_db_role_setting AS s
JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole
JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase
CROSS JOIN pg_catalog.unnest(s.setconfig) AS setting
WHERE r.rolname = ANY (%(logins)s::name[]) AND d.datname = pg_catalog.current_database()
