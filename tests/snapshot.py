"""
What protection is made of, read from the catalog line by line, by names and not by oids.

Two snapshots are equal when nothing that decides who sees what differs: the tests' own reading, which shares nothing
with `pgcustsec.catalog`. A privilege list that was never touched counts as the default that it stands for.
"""

from __future__ import annotations

from pgcustsec.db import Connection

_ACL = """
    COALESCE((SELECT string_agg(
        format('%%s=%%s%%s/%%s', CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END,
            e.privilege_type, CASE WHEN e.is_grantable THEN '*' END, pg_get_userbyid(e.grantor)), ' ' ORDER BY
            CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END, e.privilege_type,
            pg_get_userbyid(e.grantor))
        FROM aclexplode(COALESCE({acl}, acldefault('{kind}', {owner}))) AS e), '')
"""


def _acl(acl: str, kind: str, owner: str) -> str:
    return _ACL.format(acl=acl, kind=kind, owner=owner)


_OURS = "n.nspname !~ '^pg_(catalog|toast|temp)' AND n.nspname <> 'information_schema'"

DATABASE_PARTS = {
    "database": f"""
        SELECT pg_get_userbyid(d.datdba), {_acl("d.datacl", "d", "d.datdba")}
        FROM pg_database AS d WHERE d.datname = current_database() AND %(prefix)s <> ''""",
    "schema": f"""
        SELECT n.nspname, pg_get_userbyid(n.nspowner), obj_description(n.oid, 'pg_namespace'),
            {_acl("n.nspacl", "n", "n.nspowner")}
        FROM pg_namespace AS n WHERE {_OURS} AND %(prefix)s <> ''""",
    "relation": f"""
        SELECT n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner), c.relrowsecurity, c.relforcerowsecurity,
            c.reloptions, c.relispartition, obj_description(c.oid, 'pg_class'),
            CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END,
            {_acl("c.relacl", "r", "c.relowner")}
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {_OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND %(prefix)s <> ''""",
    "sequence": f"""
        SELECT n.nspname, c.relname, pg_get_userbyid(c.relowner), {_acl("c.relacl", "s", "c.relowner")}
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {_OURS} AND c.relkind = 'S' AND %(prefix)s <> ''""",
    "column": f"""
        SELECT n.nspname, c.relname, a.attname, a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull,
            col_description(c.oid, a.attnum), {_acl("a.attacl", "c", "c.relowner")}
        FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {_OURS} AND c.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped AND %(prefix)s <> ''""",
    "policy": """
        SELECT c.relnamespace::regnamespace::text, c.relname, p.polname, p.polcmd, p.polpermissive,
            ARRAY(SELECT CASE WHEN r = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r)::text END
                  FROM unnest(p.polroles) AS r ORDER BY 1),
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid),
            obj_description(p.oid, 'pg_policy')
        FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid WHERE %(prefix)s <> ''""",
    "constraint": f"""
        SELECT c.conrelid::regclass::text, c.conname, c.convalidated, pg_get_constraintdef(c.oid)
        FROM pg_constraint AS c JOIN pg_class AS t ON t.oid = c.conrelid
        JOIN pg_namespace AS n ON n.oid = t.relnamespace
        WHERE {_OURS} AND %(prefix)s <> '' AND c.conname NOT LIKE 'pgcustsec_sealed_health'""",
    "index": f"""
        SELECT pg_get_indexdef(i.indexrelid), i.indisvalid
        FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid JOIN pg_namespace AS n ON n.oid = t.relnamespace
        WHERE {_OURS} AND %(prefix)s <> ''""",
    "trigger": f"""
        SELECT t.tgrelid::regclass::text, pg_get_triggerdef(t.oid), t.tgenabled
        FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {_OURS} AND NOT t.tgisinternal AND %(prefix)s <> ''""",
    "function": f"""
        SELECT n.nspname, p.proname, pg_get_userbyid(p.proowner),
            CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END, obj_description(p.oid, 'pg_proc'),
            {_acl("p.proacl", "f", "p.proowner")}
        FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE {_OURS} AND %(prefix)s <> ''""",
    "domain": f"""
        SELECT n.nspname, t.typname, pg_get_userbyid(t.typowner), format_type(t.typbasetype, t.typtypmod), t.typnotnull,
            ARRAY(SELECT pg_get_constraintdef(c.oid) FROM pg_constraint AS c WHERE c.contypid = t.oid ORDER BY 1),
            obj_description(t.oid, 'pg_type'), {_acl("t.typacl", "T", "t.typowner")}
        FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace
        WHERE {_OURS} AND t.typtype = 'd' AND %(prefix)s <> ''""",
    "default privileges": """
        SELECT pg_get_userbyid(d.defaclrole), d.defaclnamespace::regnamespace::text, d.defaclobjtype,
            ARRAY(SELECT format('%%s=%%s', e.grantee::regrole, e.privilege_type)
                  FROM aclexplode(d.defaclacl) AS e ORDER BY 1)
        FROM pg_default_acl AS d WHERE %(prefix)s <> ''""",
    "branch": "SELECT b.* FROM pgcustsec_internal.branch AS b WHERE %(prefix)s <> ''",
    "department": "SELECT d.* FROM pgcustsec_internal.department AS d WHERE %(prefix)s <> ''",
    "role row": "SELECT r.* FROM pgcustsec_internal.role AS r WHERE %(prefix)s <> ''",
    "staff": "SELECT s.* FROM pgcustsec_internal.staff AS s WHERE %(prefix)s <> ''",
    "staff role": "SELECT s.staff_id, s.role_code FROM pgcustsec_internal.staff_role AS s WHERE %(prefix)s <> ''",
    "applied": "SELECT a.* FROM pgcustsec_internal.applied_object AS a WHERE %(prefix)s <> ''",
    "settings": """
        SELECT r.rolname, s.setconfig
        FROM pg_db_role_setting AS s JOIN pg_roles AS r ON r.oid = s.setrole
        WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND %(prefix)s <> ''""",
}

CLUSTER_PARTS = {
    "role": """
        SELECT r.rolname, r.rolsuper, r.rolinherit, r.rolcreaterole, r.rolcreatedb, r.rolcanlogin, r.rolreplication,
            r.rolbypassrls, r.rolconnlimit, shobj_description(r.oid, 'pg_authid')
        FROM pg_roles AS r WHERE starts_with(r.rolname, %(prefix)s) OR r.rolname = 'pgcustsec_owner'""",
    "membership": """
        SELECT r.rolname, m.rolname, a.admin_option, to_jsonb(a) ->> 'inherit_option', to_jsonb(a) ->> 'set_option',
            CASE WHEN current_setting('server_version_num')::int >= 160000 THEN pg_get_userbyid(a.grantor) END
        FROM pg_auth_members AS a JOIN pg_roles AS r ON r.oid = a.roleid JOIN pg_roles AS m ON m.oid = a.member
        WHERE starts_with(r.rolname, %(prefix)s) OR starts_with(m.rolname, %(prefix)s)""",
}


def snapshot(connection: Connection, prefix: str, *, leave_out: tuple[str, ...] = ()) -> list[str]:
    """
    Return the protection of the connected database and of the cluster's roles that begin with *prefix*, sorted lines.

    *leave_out* names parts (`staff role`, `membership`, ...) that are not to be read. Reads as a superuser.
    """
    lines = []
    for part, query in {**DATABASE_PARTS, **CLUSTER_PARTS}.items():
        if part not in leave_out:
            rows = connection.execute(query.encode(), {"prefix": prefix}).fetchall()
            lines += [f"{part}: {row}" for row in rows]
    return sorted(lines)


def difference(before: list[str], after: list[str]) -> list[str]:
    """Return the lines that only one of two snapshots has, marked - and +."""
    return [f"- {line}" for line in before if line not in after] + [f"+ {line}" for line in after if line not in before]
