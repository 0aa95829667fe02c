-- Who is connected, to what, and how far the right to install reaches.
SELECT
    current_user::text AS person,
    r.rolsuper AS superuser,
    r.rolcreaterole AS createrole,
    d.datname::text AS database,
    pg_catalog.pg_get_userbyid(d.datdba)::text AS database_owner,
    pg_catalog.pg_has_role(
        d.datdba,
        CASE
            WHEN pg_catalog.current_setting('server_version_num')::integer < 160000 THEN 'MEMBER'
            ELSE 'SET'
        END) AS owns_database,
    owner.oid IS NOT NULL AS owner_exists,
    COALESCE(
        pg_catalog.pg_has_role(
            owner.oid,
            CASE
                WHEN pg_catalog.current_setting('server_version_num')::integer < 160000 THEN 'MEMBER'
                ELSE 'SET'
            END),
        false) AS is_member,
    -- Until 16 CREATEROLE hands out every role that is no superuser's.
    COALESCE(
        pg_catalog.pg_has_role(owner.oid, 'MEMBER WITH ADMIN OPTION')
            OR (r.rolcreaterole AND pg_catalog.current_setting('server_version_num')::integer < 160000),
        false) AS may_join
FROM pg_catalog.pg_roles AS r
JOIN pg_catalog.pg_database AS d ON d.datname = pg_catalog.current_database()
LEFT JOIN pg_catalog.pg_roles AS owner ON owner.rolname = 'pgcustsec_owner'
WHERE r.rolname = current_user
