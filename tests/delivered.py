"""Everything about pgcustsec in a database that two deliveries, or a dump and its restore, must agree on."""

from __future__ import annotations

from typing import Any

from pgcustsec.db import Connection

Catalog = dict[tuple[str, str], Any]

#: Privileges as they count: an absent list is spelt out, so that the same rights compare equal.
_ACL = """
    ARRAY(
        SELECT concat_ws(' ', CASE e.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(e.grantee) END,
            e.privilege_type, e.is_grantable, 'by', pg_get_userbyid(e.grantor))
        FROM aclexplode({acl}) AS e
        ORDER BY 1)
"""


def _acl(column: str, kind: str | None = None, owner: str | None = None) -> str:
    return _ACL.format(acl=f"COALESCE({column}, acldefault('{kind}', {owner}))" if kind else column)


_OURS = "n.nspname IN ('pgcustsec', 'pgcustsec_internal', 'pgcustsec_views')"

_QUERIES = {
    "schema": f"""
        SELECT n.nspname, jsonb_build_array(pg_get_userbyid(n.nspowner), obj_description(n.oid, 'pg_namespace'),
            {_acl("n.nspacl", "n", "n.nspowner")})
        FROM pg_namespace AS n WHERE {_OURS}""",
    "relation": f"""
        SELECT c.oid::regclass::text, jsonb_build_array(c.relkind, pg_get_userbyid(c.relowner), c.relpersistence,
            c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relreplident, obj_description(c.oid, 'pg_class'),
            CASE WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END,
            CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) END,
            {_acl("c.relacl", "r", "c.relowner")})
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE {_OURS}""",
    "sequence": f"""
        SELECT s.seqrelid::regclass::text, to_jsonb(s) - 'seqrelid'
        FROM pg_sequence AS s JOIN pg_class AS c ON c.oid = s.seqrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {_OURS}""",
    "column": f"""
        SELECT concat(c.oid::regclass, '.', a.attname), jsonb_build_array(
            a.attnum, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
            a.attcollation::regcollation, a.attstorage,
            pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum), {_acl("a.attacl")})
        FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE {_OURS} AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": f"""
        SELECT concat(k.conrelid::regclass, '.', k.conname),
            jsonb_build_array(pg_get_constraintdef(k.oid), k.convalidated, obj_description(k.oid, 'pg_constraint'))
        FROM pg_constraint AS k JOIN pg_namespace AS n ON n.oid = k.connamespace WHERE {_OURS}""",
    "function": f"""
        SELECT p.oid::regprocedure::text, jsonb_build_array(pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner),
            obj_description(p.oid, 'pg_proc'), {_acl("p.proacl", "f", "p.proowner")})
        FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE {_OURS}""",
    "trigger": f"""
        SELECT concat(c.oid::regclass, '.', t.tgname), jsonb_build_array(pg_get_triggerdef(t.oid), t.tgenabled)
        FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {_OURS} AND NOT t.tgisinternal""",
    "policy": f"""
        SELECT concat(c.oid::regclass, '.', p.polname), jsonb_build_array(p.polcmd, p.polpermissive,
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
        FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE {_OURS}""",
    "type": f"""
        SELECT t.oid::regtype::text, jsonb_build_array(t.typtype, pg_get_userbyid(t.typowner),
            obj_description(t.oid, 'pg_type'), {_acl("t.typacl", "T", "t.typowner")})
        FROM pg_type AS t JOIN pg_namespace AS n ON n.oid = t.typnamespace WHERE {_OURS}""",
    "default privileges": f"""
        SELECT concat(d.defaclobjtype, d.defaclnamespace), {_acl("d.defaclacl")}
        FROM pg_default_acl AS d WHERE pg_get_userbyid(d.defaclrole) = 'pgcustsec_owner'""",
    "owner": """
        SELECT r.rolname, to_jsonb(r) - 'oid' || jsonb_build_object('comment', shobj_description(r.oid, 'pg_authid'))
        FROM pg_roles AS r WHERE r.rolname = 'pgcustsec_owner'""",
    "public": f"""
        SELECT n.nspname, {_acl("n.nspacl", "n", "n.nspowner")} FROM pg_namespace AS n WHERE n.nspname = 'public'""",
    "database": f"""
        SELECT 'privileges', {_acl("d.datacl", "d", "d.datdba")}
        FROM pg_database AS d WHERE d.datname = current_database()""",
}


def catalog(connection: Connection) -> Catalog:
    """Return what there is, (kind, name) to all that is to be known about it. The extension itself is not in it."""
    connection.execute("SET search_path = ''")
    return {
        (kind, name): facts for kind, query in _QUERIES.items() for name, facts in connection.execute(query).fetchall()
    }


def settled_catalog(connection: Connection) -> Catalog:
    """
    Return `catalog` with every function read back from its own text once, as a dump and its restore do.

    PostgreSQL prints `a BETWEEN 1 AND 2 AND b` with a pair of parentheses that it leaves out the second time.
    """
    connection.execute("SET search_path = ''")
    with connection.transaction(force_rollback=True):
        texts = connection.execute(
            f"SELECT pg_get_functiondef(p.oid) FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
            f" WHERE {_OURS}"
        ).fetchall()
        for (text,) in texts:
            connection.execute(text)
        return catalog(connection)


def contents(connection: Connection) -> dict[str, list[str]]:
    """Return every row of every table and sequence of ours as text, by name, sorted; but who is at work."""
    names = connection.execute(
        "SELECT c.oid::regclass::text, c.relkind FROM pg_class AS c WHERE c.relkind IN ('r', 'S')"
        " AND c.relnamespace = 'pgcustsec_internal'::regnamespace AND c.relname <> 'session_access' ORDER BY 1"
    ).fetchall()
    found = {}
    for name, kind in names:
        what = "concat_ws(' ', t.last_value, t.is_called)" if kind == "S" else "t::text"
        found[name] = [row for (row,) in connection.execute(f"SELECT {what} FROM {name} AS t ORDER BY 1")]
    return found
