-- One row per relation that the matrix names and that exists.
SELECT
    wanted.name,
    c.oid,
    n.nspname,
    c.relname,
    c.relkind::text,
    owner.rolname AS owner,
    owner.rolcanlogin,
    schema_owner.rolname AS schema_owner,
    pg_catalog.format_type(c.reltype, NULL) AS row_type
FROM unnest(%(schemas)s::text[], %(names)s::text[]) AS wanted (schema, name)
JOIN pg_catalog.pg_namespace AS n ON n.nspname = wanted.schema
JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = wanted.name
JOIN pg_catalog.pg_roles AS owner ON owner.oid = c.relowner
JOIN pg_catalog.pg_roles AS schema_owner ON schema_owner.oid = n.nspowner
