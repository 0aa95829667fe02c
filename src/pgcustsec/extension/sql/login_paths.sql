-- Logins whose search path in this database leads to a schema that goes.
SELECT r.rolname::text
FROM pg_catalog.pg_db_role_setting AS s
JOIN pg_catalog.pg_roles AS r ON r.oid = s.setrole
JOIN pg_catalog.pg_database AS d ON d.oid = s.setdatabase AND d.datname = pg_catalog.current_database()
CROSS JOIN LATERAL pg_catalog.unnest(s.setconfig) AS setting (entry)
WHERE setting.entry LIKE 'search\_path=%%'
    AND ARRAY(
        SELECT pg_catalog.btrim(part, ' ')
        FROM pg_catalog.unnest(pg_catalog.string_to_array(pg_catalog.substr(setting.entry, 13), ',')) AS part
    ) && (
        SELECT pg_catalog.array_agg(name)
        FROM pg_catalog.unnest(%(schemas)s::text[]) AS plain (name)
    )
