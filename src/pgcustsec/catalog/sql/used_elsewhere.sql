-- Roles that something in another database, or another database itself, depends on; one database each.
SELECT r.rolname, pg_catalog.min(d.datname::text)
FROM pg_catalog.pg_shdepend AS s
JOIN pg_catalog.pg_roles AS r ON r.oid = s.refobjid
JOIN pg_catalog.pg_database AS d
    ON d.oid = CASE WHEN s.classid = 'pg_catalog.pg_database'::pg_catalog.regclass THEN s.objid ELSE s.dbid END
WHERE s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass
    AND r.rolname = ANY (%(roles)s::name[])
    AND d.datname <> pg_catalog.current_database()
GROUP BY r.rolname
