-- What our roles still have in this database, and PUBLIC on what was protected: a REVOKE each, and who granted it.
WITH acls (kind, oid, name, acl) AS (
    SELECT 'DATABASE', d.oid, pg_catalog.format('%%I', d.datname), d.datacl
    FROM pg_catalog.pg_database AS d
    WHERE d.datname = pg_catalog.current_database()
    UNION ALL
    SELECT 'SCHEMA', n.oid, pg_catalog.format('%%I', n.nspname), n.nspacl
    FROM pg_catalog.pg_namespace AS n
    UNION ALL
    SELECT
        CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid,
        pg_catalog.format('%%I.%%I', n.nspname, c.relname), c.relacl
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    UNION ALL
    -- REVOKE ON TABLE takes the privileges on columns too.
    SELECT 'TABLE', c.oid, pg_catalog.format('%%I.%%I', n.nspname, c.relname), a.attacl
    FROM pg_catalog.pg_attribute AS a
    JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    -- Before 16 a column that is gone keeps them, and nobody can revoke them.
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT
        'ROUTINE', p.oid,
        pg_catalog.format('%%I.%%I(%%s)', n.nspname, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)), p.proacl
    FROM pg_catalog.pg_proc AS p
    JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
)
SELECT DISTINCT
    pg_catalog.format(
        'REVOKE ALL ON %%s %%s FROM %%s', acls.kind, acls.name,
        CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(e.grantee)) END),
    pg_catalog.pg_get_userbyid(e.grantor)::text
FROM acls
CROSS JOIN LATERAL pg_catalog.aclexplode(acls.acl) AS e
WHERE e.grantor <> e.grantee
    AND (
        pg_catalog.pg_get_userbyid(e.grantee) = ANY (%(roles)s::name[])
        OR (e.grantee = 0 AND acls.kind = 'TABLE' AND acls.name = ANY (%(tables)s::text[])))
ORDER BY 1
