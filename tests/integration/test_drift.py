# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
Whatever is changed by hand, the plan repairs that and nothing else, and what is not the matrix's stays as it is.

Each change is made, repaired and taken back in one transaction, so that one world serves them all.
"""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from pgcustsec.db import Connection
from pgcustsec.errors import NotAllowed
from pgcustsec.migrate import plan_matrix
from tests.snapshot import difference, snapshot
from tests.worlds import World, repair, undone

#: What the changes below call by name.
SERVING = 'pgcustsec_internal."serving crm.customer"(text)'
AGENT_VIEW, INNER = "sales_agent.customer", 'pgcustsec_views."sales_agent.customer"'

#: SQL, and the steps of the plan that repairs what it did; an ellipsis stands for what hangs on them.
Change = tuple[str, list[Any]]

_TABLE_GRANTS: dict[str, Change] = {
    "SELECT on a base table to PUBLIC": (
        "GRANT SELECT ON crm.customer TO PUBLIC",
        ["drop grant table.crm.customer.PUBLIC.{owner}"],
    ),
    "SELECT on a base column to PUBLIC": (
        "GRANT SELECT (mobile) ON crm.customer TO PUBLIC",
        ["drop grant column.crm.customer.mobile.PUBLIC.{owner}"],
    ),
    "SELECT on a base table to a group": (
        "GRANT SELECT ON crm.claim TO {p}sales_agent",
        ["drop grant table.crm.claim.{p}sales_agent.{owner}"],
    ),
    "SELECT on a base column to a login": (
        "GRANT SELECT (id_card) ON crm.customer TO {p}li",
        ["drop grant column.crm.customer.id_card.{p}li.{owner}"],
    ),
    "SELECT on a base table to a login": (
        "GRANT SELECT ON crm.customer TO {p}li",
        ["drop grant table.crm.customer.{p}li.{owner}"],
    ),
    "SELECT on a column that no view of the role prints": (
        "GRANT SELECT (internal) ON crm.customer TO {p}analyst_viewer",
        ["drop grant column.crm.customer.internal.{p}analyst_viewer.{owner}"],
    ),
    "SELECT on a whole base table to a viewer": (
        # Revoking it from the table takes the columns' grants along: they come back one by one.
        "GRANT SELECT ON crm.visit TO {p}analyst_viewer",
        [
            "drop grant table.crm.visit.{p}analyst_viewer.{owner}",
            "create grant column.crm.visit.visit_id.{p}analyst_viewer.{owner}",
            "create grant column.crm.visit.customer_id.{p}analyst_viewer.{owner}",
            "create grant column.crm.visit.seen_on.{p}analyst_viewer.{owner}",
        ],
    ),
    "UPDATE on a base table to a viewer": (
        "GRANT UPDATE ON crm.visit TO {p}analyst_viewer",
        ["drop grant table.crm.visit.{p}analyst_viewer.{owner}"],
    ),
    "UPDATE beside SELECT on a column to a viewer": (
        "GRANT UPDATE (status) ON crm.customer TO {p}analyst_viewer",
        ["change grant column.crm.customer.status.{p}analyst_viewer.{owner}"],
    ),
    "TRUNCATE and TRIGGER on a base table to a group": (
        "GRANT TRUNCATE, TRIGGER ON crm.policy TO {p}service_agent",
        ["drop grant table.crm.policy.{p}service_agent.{owner}"],
    ),
    "SELECT on a partition to PUBLIC": (
        "GRANT SELECT ON crm.visit_2026 TO PUBLIC",
        ["drop grant table.crm.visit_2026.PUBLIC.{owner}"],
    ),
    "SELECT on a table that is none of the matrix's to a group": (
        "CREATE TABLE crm.plain (x int); ALTER TABLE crm.plain OWNER TO {owner}; GRANT SELECT ON crm.plain TO {p}analyst",
        ["drop grant table.crm.plain.{p}analyst.{owner}"],
    ),
    "a viewer's column with the grant option": (
        "GRANT SELECT (status) ON crm.customer TO {p}analyst_viewer WITH GRANT OPTION",
        ["change grant column.crm.customer.status.{p}analyst_viewer.{owner}"],
    ),
    "a viewer's column handed on to PUBLIC": (
        "GRANT SELECT (status) ON crm.customer TO {p}analyst_viewer WITH GRANT OPTION;"
        "SET ROLE {p}analyst_viewer; GRANT SELECT (status) ON crm.customer TO PUBLIC; RESET ROLE",
        ["change grant column.crm.customer.status.{p}analyst_viewer.{owner}"],
    ),
    "a table handed on by a group": (
        "GRANT SELECT ON crm.claim TO {p}sales_agent WITH GRANT OPTION; GRANT USAGE ON SCHEMA crm TO {p}sales_agent;"
        "SET ROLE {p}sales_agent; GRANT SELECT ON crm.claim TO {p}analyst; GRANT SELECT ON crm.claim TO PUBLIC; RESET ROLE",
        [
            "drop grant table.crm.claim.{p}sales_agent.{owner}",
            "drop grant schema.crm.{p}sales_agent.{owner}",
        ],
    ),
    "a column that a viewer no longer reads": (
        "REVOKE SELECT (status) ON crm.customer FROM {p}analyst_viewer",
        ["create grant column.crm.customer.status.{p}analyst_viewer.{owner}"],
    ),
}

_OTHER_GRANTS: dict[str, Change] = {
    "the tables' schema opened to a group": (
        "GRANT USAGE ON SCHEMA crm TO {p}analyst",
        ["drop grant schema.crm.{p}analyst.{owner}"],
    ),
    "a role's schema opened to PUBLIC": (
        "GRANT USAGE ON SCHEMA sales_agent TO PUBLIC",
        ["drop grant schema.sales_agent.PUBLIC.{p}sales_agent_viewer"],
    ),
    "a role's schema opened to another role": (
        "GRANT USAGE ON SCHEMA sales_agent TO {p}analyst",
        ["drop grant schema.sales_agent.{p}analyst.{p}sales_agent_viewer"],
    ),
    "CREATE in its own schema to a group": (
        "GRANT CREATE ON SCHEMA sales_agent TO {p}sales_agent",
        ["change grant schema.sales_agent.{p}sales_agent.{p}sales_agent_viewer"],
    ),
    "the inner schema opened to a login": (
        "GRANT USAGE ON SCHEMA pgcustsec_views TO {p}li",
        ["drop grant schema.pgcustsec_views.{p}li.pgcustsec_owner"],
    ),
    "pgcustsec's tables opened to a group": (
        "GRANT USAGE ON SCHEMA pgcustsec_internal TO {p}analyst; GRANT SELECT ON pgcustsec_internal.staff TO {p}analyst",
        [
            "drop grant schema.pgcustsec_internal.{p}analyst.pgcustsec_owner",
            "drop grant table.pgcustsec_internal.staff.{p}analyst.pgcustsec_owner",
        ],
    ),
    "pgcustsec's tables opened to PUBLIC": (
        "GRANT INSERT ON pgcustsec_internal.staff_role TO PUBLIC",
        ["drop grant table.pgcustsec_internal.staff_role.PUBLIC.pgcustsec_owner"],
    ),
    "a role's view opened to another role": (
        "GRANT SELECT ON service_agent.policy TO {p}analyst",
        ["drop grant table.service_agent.policy.{p}analyst.{p}service_agent_viewer"],
    ),
    "a role's view opened to PUBLIC": (
        "GRANT SELECT ON service_agent.policy TO PUBLIC",
        ["drop grant table.service_agent.policy.PUBLIC.{p}service_agent_viewer"],
    ),
    "UPDATE on its own view to a group": (
        "GRANT UPDATE ON analyst.visit TO {p}analyst",
        ["change grant table.analyst.visit.{p}analyst.{p}analyst_viewer"],
    ),
    "a role's view taken from its group": (
        "REVOKE SELECT ON analyst.visit FROM {p}analyst",
        ["create grant table.analyst.visit.{p}analyst.{p}analyst_viewer"],
    ),
    "EXECUTE on an installed internal function to PUBLIC": (
        "GRANT EXECUTE ON FUNCTION pgcustsec_internal.refuse_old_snapshot() TO PUBLIC",
        ["drop grant function.pgcustsec_internal.refuse_old_snapshot..PUBLIC.pgcustsec_owner"],
    ),
    "EXECUTE on a compiled internal function to PUBLIC": (
        f"GRANT EXECUTE ON FUNCTION {SERVING} TO PUBLIC",
        ["drop grant function.pgcustsec_internal.serving crm.customer.text.PUBLIC.pgcustsec_owner"],
    ),
    "EXECUTE on an internal function to a role that does not call it": (
        "GRANT EXECUTE ON FUNCTION pgcustsec_internal._reports(text) TO {p}analyst",
        ["drop grant function.pgcustsec_internal._reports.text.{p}analyst.pgcustsec_owner"],
    ),
    "SELECT on who asks to a group": (
        "GRANT SELECT ON pgcustsec_internal.asker TO {p}analyst",
        ["drop grant table.pgcustsec_internal.asker.{p}analyst.pgcustsec_owner"],
    ),
    "SELECT on who asks taken from a viewer": (
        "REVOKE SELECT ON pgcustsec_internal.asker FROM {p}analyst_viewer",
        ["create grant table.pgcustsec_internal.asker.{p}analyst_viewer.pgcustsec_owner"],
    ),
    "EXECUTE taken from a role that calls it": (
        "REVOKE EXECUTE ON FUNCTION pgcustsec_internal.refuse_old_snapshot() FROM {p}analyst",
        ["create grant function.pgcustsec_internal.refuse_old_snapshot..{p}analyst.pgcustsec_owner"],
    ),
    "CONNECT and TEMP to PUBLIC": (
        "GRANT CONNECT, TEMPORARY ON DATABASE {db} TO PUBLIC",
        ["drop grant database.{db}.PUBLIC.{dba}"],
    ),
    "TEMP to a group": (
        "GRANT TEMPORARY ON DATABASE {db} TO {p}analyst",
        ["change grant database.{db}.{p}analyst.{dba}"],
    ),
    "TEMP to a login": ("GRANT TEMPORARY ON DATABASE {db} TO {p}li", ["drop grant database.{db}.{p}li.{dba}"]),
    "CONNECT taken from a group": (
        "REVOKE CONNECT ON DATABASE {db} FROM {p}analyst",
        ["create grant database.{db}.{p}analyst.{dba}"],
    ),
    "schema public opened to PUBLIC": (
        "GRANT CREATE, USAGE ON SCHEMA public TO PUBLIC",
        ["drop grant schema.public.PUBLIC.pg_database_owner"],
    ),
    "functions of the tables' owner made for PUBLIC": (
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        ["change default privileges {owner}.functions"],
    ),
    "types of a viewer made for PUBLIC": (
        "ALTER DEFAULT PRIVILEGES FOR ROLE {p}analyst_viewer GRANT USAGE ON TYPES TO PUBLIC",
        ["change default privileges {p}analyst_viewer.types"],
    ),
}

_ROLES: dict[str, Change] = {
    "a stranger in a group": (
        "CREATE ROLE {p}stranger LOGIN; GRANT {p}sales_agent TO {p}stranger GRANTED BY {dba}",
        ["drop membership {p}sales_agent.{p}stranger"],
    ),
    "a person in a group of another role": (
        "GRANT {p}analyst TO {p}li GRANTED BY {dba}",
        ["drop membership {p}analyst.{p}li"],
    ),
    "a person no longer in their group": (
        "REVOKE {p}sales_agent FROM {p}li GRANTED BY {dba}",
        ["create membership {p}sales_agent.{p}li"],
    ),
    "a person who may hand their role on": (
        "GRANT {p}sales_agent TO {p}li WITH ADMIN OPTION GRANTED BY {dba}",
        ["change membership {p}sales_agent.{p}li"],
    ),
    "a viewer given to a login": (
        "GRANT {p}sales_agent_viewer TO {p}li GRANTED BY {dba}",
        ["drop membership {p}sales_agent_viewer.{p}li"],
    ),
    "a viewer that its administrator cannot act as": (
        "REVOKE {p}sales_agent_viewer FROM {dba} GRANTED BY {dba}",
        ["<16 create membership {p}sales_agent_viewer.{dba}", ">=16 change membership {p}sales_agent_viewer.{dba}"],
    ),
    "a viewer given to a group": (
        "GRANT {p}sales_agent_viewer TO {p}analyst GRANTED BY {dba}",
        ["drop membership {p}sales_agent_viewer.{p}analyst"],
    ),
    "a group in a role of somebody else's": (
        "CREATE ROLE {p}stranger; GRANT {p}stranger TO {p}analyst; GRANT {p}stranger TO {dba} WITH ADMIN OPTION;"
        "REVOKE {p}stranger FROM {p}analyst; GRANT {p}stranger TO {p}analyst GRANTED BY {dba}",
        ["drop membership {p}stranger.{p}analyst"],
    ),
    "a group that can log in": ("ALTER ROLE {p}analyst LOGIN", ["change role {p}analyst"]),
    "a viewer that can log in": ("ALTER ROLE {p}analyst_viewer LOGIN PASSWORD 'x'", ["change role {p}analyst_viewer"]),
    "a group that makes roles": ("ALTER ROLE {p}analyst CREATEROLE", ["change role {p}analyst"]),
    "a group's comment": ("COMMENT ON ROLE {p}analyst IS 'mine'", ["change role {p}analyst"]),
    "another search path for a login": (
        "ALTER ROLE {p}li IN DATABASE {db} SET search_path = crm, sales_agent",
        ["change setting {p}li.{db}.search_path"],
    ),
    "no search path for a login": (
        "ALTER ROLE {p}wang IN DATABASE {db} RESET search_path",
        ["create setting {p}wang.{db}.search_path"],
    ),
}


def _closed(role: str, *tables: str) -> list[str]:
    """A role's views are closed meanwhile."""
    grants = [f"grant table.{role}.{table}.{{p}}{role}.{{p}}{role}_viewer" for table in tables]
    return [f"{word} {grant}" for grant in grants for word in ("drop", "create")]


_ROW_SECURITY: dict[str, Change] = {
    "row security off on a table": (
        "ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY",
        ["change row security crm.customer"],
    ),
    "row security off on a partition": (
        "ALTER TABLE crm.visit_2025 DISABLE ROW LEVEL SECURITY",
        ["change row security crm.visit_2025"],
    ),
    "a policy dropped": (
        "DROP POLICY {p}analyst_viewer ON crm.customer",
        ["create policy crm.customer.{p}analyst_viewer"],
    ),
    "a policy for every row": (
        "ALTER POLICY {p}sales_agent_viewer ON crm.customer USING (true)",
        ["change policy crm.customer.{p}sales_agent_viewer"],
    ),
    "a partition's policy for every row": (
        "ALTER POLICY {p}sales_agent_viewer ON crm.visit_2026 USING (true)",
        ["change policy crm.visit_2026.{p}sales_agent_viewer"],
    ),
    "a policy renamed": (
        "ALTER POLICY {p}analyst_viewer ON crm.customer RENAME TO other",
        # Two policies of one role differ: its views are closed until both are right.
        [
            "drop policy crm.customer.other",
            "create policy crm.customer.{p}analyst_viewer",
            *_closed("analyst", "customer", "visit"),
        ],
    ),
    "a policy for another role as well": (
        "ALTER POLICY {p}analyst_viewer ON crm.customer TO {p}analyst_viewer, {p}sales_agent_viewer",
        ["change policy crm.customer.{p}analyst_viewer"],
    ),
    "a policy for PUBLIC": (
        "ALTER POLICY {p}analyst_viewer ON crm.customer TO PUBLIC",
        ["change policy crm.customer.{p}analyst_viewer"],
    ),
    "a policy for all commands": (
        "DROP POLICY {p}analyst_viewer ON crm.customer;"
        "CREATE POLICY {p}analyst_viewer ON crm.customer FOR ALL TO {p}analyst_viewer USING (true)",
        ["change policy crm.customer.{p}analyst_viewer"],
    ),
    "a policy more, for PUBLIC": (
        "CREATE POLICY everyone ON crm.customer FOR SELECT TO PUBLIC USING (true)",
        ["drop policy crm.customer.everyone"],
    ),
    "a policy more, for a viewer": (
        "CREATE POLICY more ON crm.policy FOR SELECT TO {p}sales_agent_viewer USING (true)",
        ["drop policy crm.policy.more"],
    ),
    "a policy more on a partition, for a group": (
        'CREATE POLICY "more; \'of it" ON crm.visit_2025 TO {p}sales_agent USING (true)',
        ["drop policy crm.visit_2025.more; 'of it"],
    ),
    "a restrictive policy for a viewer": (
        "CREATE POLICY less ON crm.policy AS RESTRICTIVE FOR SELECT TO {p}sales_agent_viewer USING (false)",
        ["drop policy crm.policy.less"],
    ),
    "a policy's comment": (
        "COMMENT ON POLICY {p}analyst_viewer ON crm.customer IS NULL",
        ["change policy crm.customer.{p}analyst_viewer"],
    ),
    "a partition attached": (
        "CREATE TABLE crm.visit_2027 (LIKE crm.visit); ALTER TABLE crm.visit_2027 OWNER TO {owner};"
        "ALTER TABLE crm.visit ATTACH PARTITION crm.visit_2027 FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')",
        [
            "change row security crm.visit_2027",
            "create policy crm.visit_2027.{p}sales_agent_viewer",
            "create policy crm.visit_2027.{p}analyst_viewer",
            "create policy crm.visit_2027.pgcustsec_explains",
        ],
    ),
    "a child of a table": (
        "CREATE TABLE crm.old_claim () INHERITS (crm.claim); ALTER TABLE crm.old_claim OWNER TO {owner}",
        [
            "change row security crm.old_claim",
            "create policy crm.old_claim.{p}service_agent_viewer",
            "create policy crm.old_claim.pgcustsec_explains",
        ],
    ),
}


def _anew(view: str, role: str, *, inner: bool = False) -> list[str]:
    """A view goes and comes back, with its reader or what it reads, and is opened to its group again."""
    names = [view, f"pgcustsec_views.{view}"] if inner else [view]
    steps = [f"{word} view {name}" for name in names for word in ("drop", "create")]
    return [*steps, f"create grant table.{view}.{{p}}{role}.{{p}}{role}_viewer"]


def _rewritten(view: str, old: str, new: str) -> str:
    """Replace what matches *old* by *new* in the body of *view*, as its owner might."""
    return f"""DO $block$
        DECLARE
            body text := pg_catalog.pg_get_viewdef('{view}'::regclass);
        BEGIN
            ASSERT body ~ $${old}$$, 'not in the body: ' || body;
            EXECUTE 'CREATE OR REPLACE VIEW {view} WITH (security_barrier = true) AS '
                || pg_catalog.regexp_replace(body, $${old}$$, $${new}$$);
        END
    $block$"""


_VIEWS: dict[str, Change] = {
    "a view that shows a column more": (
        _rewritten("analyst.customer", r"NULL::text AS health", "t.health AS health"),
        _anew("analyst.customer", "analyst"),
    ),
    "a view with another column at its end": (
        _rewritten("analyst.visit", r"\s+FROM crm\.visit", ", t.customer_id AS more FROM crm.visit"),
        _anew("analyst.visit", "analyst"),
    ),
    "a view without its barrier": (
        "ALTER VIEW analyst.visit RESET (security_barrier)",
        _anew("analyst.visit", "analyst"),
    ),
    "a view with its reader's rights": (
        "ALTER VIEW analyst.visit SET (security_invoker = true)",
        _anew("analyst.visit", "analyst"),
    ),
    "a view of the tables' owner": (
        "ALTER VIEW analyst.visit OWNER TO {owner}",
        _anew("analyst.visit", "analyst"),
    ),
    "a view's column renamed": (
        "ALTER VIEW analyst.visit RENAME COLUMN remark TO remarks",
        _anew("analyst.visit", "analyst"),
    ),
    "a view dropped": (
        "DROP VIEW analyst.visit",
        ["create view analyst.visit", "create grant table.analyst.visit.{p}analyst.{p}analyst_viewer"],
    ),
    "a view's comment": ("COMMENT ON VIEW analyst.visit IS 'mine'", _anew("analyst.visit", "analyst")),
    "a view column's comment": (
        "COMMENT ON COLUMN analyst.visit.remark IS 'mine'",
        _anew("analyst.visit", "analyst"),
    ),
    "an inner view that says yes to every row": (
        _rewritten(INNER, 'AS "tier 2 shows"', 'OR true AS "tier 2 shows"'),
        _anew("sales_agent.customer", "sales_agent", inner=True),
    ),
    "an outer view that does not ask the inner one": (
        _rewritten(AGENT_VIEW, r'WHEN [^W]*"tier 2 shows"\)? THEN (t\.)?health', "WHEN true THEN t.health"),
        [
            "drop view sales_agent.customer",
            "create view sales_agent.customer",
            "create grant table.sales_agent.customer.{p}sales_agent.{p}sales_agent_viewer",
        ],
    ),
    "an inner view opened to a group": (
        f"GRANT SELECT ON {INNER} TO {{p}}sales_agent",
        ["drop grant table.pgcustsec_views.sales_agent.customer.{p}sales_agent.{p}sales_agent_viewer"],
    ),
    "a view more in a role's schema": (
        "SET ROLE {p}analyst_viewer; CREATE VIEW analyst.raw AS SELECT 1 AS one; GRANT SELECT ON analyst.raw TO {p}analyst;"
        "RESET ROLE",
        ["drop view analyst.raw"],
    ),
    "two views changed": (
        "COMMENT ON VIEW analyst.visit IS 'mine'; COMMENT ON VIEW analyst.customer IS 'mine'",
        [*_anew("analyst.visit", "analyst"), *_anew("analyst.customer", "analyst")],
    ),
    "a role's schema's comment": ("COMMENT ON SCHEMA analyst IS 'mine'", ["change schema analyst"]),
}

_FUNCTIONS: dict[str, Change] = {
    "a compiled function's body": (
        "CREATE OR REPLACE FUNCTION " + SERVING[:-6] + "(text) RETURNS bigint[] LANGUAGE sql STABLE SECURITY DEFINER"
        " SET search_path = pg_catalog, pg_temp AS 'SELECT array_agg(customer_id) FROM crm.customer'",
        ["change function pgcustsec_internal.serving crm.customer.text"],
    ),
    "a compiled function with another result": (
        f"DROP FUNCTION {SERVING} CASCADE; CREATE FUNCTION {SERVING} RETURNS integer[] LANGUAGE sql RETURN NULL::integer[]",
        [
            "drop function pgcustsec_internal.serving crm.customer.text",
            "create function pgcustsec_internal.serving crm.customer.text",
            ...,
        ],
    ),
    "a compiled function without its search path": (
        f"ALTER FUNCTION {SERVING} RESET search_path",
        ["change function pgcustsec_internal.serving crm.customer.text"],
    ),
    "a compiled function with its caller's rights": (
        f"ALTER FUNCTION {SERVING} SECURITY INVOKER",
        ["change function pgcustsec_internal.serving crm.customer.text"],
    ),
    "a compiled function of the tables' owner": (
        # It cannot be given back, only made anew, and with it the policies and views that call it.
        f"ALTER FUNCTION {SERVING} OWNER TO {{owner}}",
        [
            "drop function pgcustsec_internal.serving crm.customer.text",
            "create function pgcustsec_internal.serving crm.customer.text",
            ...,
        ],
    ),
    "a compiled function's comment": (
        f"COMMENT ON FUNCTION {SERVING} IS NULL",
        ["change function pgcustsec_internal.serving crm.customer.text"],
    ),
}

_LISTS: dict[str, Change] = {
    "a branch's title": (
        "UPDATE pgcustsec_internal.branch SET title = 'Peking' WHERE branch_code = 'BJ'",
        ["change row branch.BJ"],
    ),
    "a branch more": ("INSERT INTO pgcustsec_internal.branch VALUES ('XX', 'X')", ["drop row branch.XX"]),
    "a department's title": (
        "UPDATE pgcustsec_internal.department SET title = '' WHERE department_code = 'data'",
        ["change row department.data"],
    ),
    "a role of another department": (
        "UPDATE pgcustsec_internal.role SET department_code = 'data', supervises = true WHERE role_code = 'sales_agent'",
        ["change row role.sales_agent"],
    ),
}

DRIFTS = {**_TABLE_GRANTS, **_OTHER_GRANTS, **_ROLES, **_ROW_SECURITY, **_VIEWS, **_FUNCTIONS, **_LISTS}

#: What PostgreSQL lets nobody but a superuser put right, from which version on.
SUPERUSER_ONLY: dict[str, Change] = {
    "a group that passes row security by": ("ALTER ROLE {p}analyst BYPASSRLS", ["change role {p}analyst"]),
    "a group that is a superuser": ("ALTER ROLE {p}analyst SUPERUSER", ["change role {p}analyst"]),
    "a viewer that replicates": ("ALTER ROLE {p}analyst_viewer REPLICATION", ["change role {p}analyst_viewer"]),
}
SUPERUSER_FROM_16: dict[str, Change] = {
    "a group that makes databases": ("ALTER ROLE {p}analyst CREATEDB", ["change role {p}analyst"]),
    "a viewer that reads everything": (
        "GRANT pg_read_all_data TO {p}analyst_viewer",
        ["drop membership pg_read_all_data.{p}analyst_viewer"],
    ),
    "a member whom a superuser put in": (
        "CREATE ROLE {p}stranger LOGIN; GRANT {p}analyst TO {p}stranger",
        ["drop membership {p}analyst.{p}stranger"],
    ),
    "a person in the tables' owner": (
        "GRANT {p}owner TO {p}li",
        ["drop membership {p}owner.{p}li"],
    ),
    "a person in a role that reads everything": (
        "GRANT pg_read_all_data TO {p}li",
        ["drop membership pg_read_all_data.{p}li"],
    ),
    "a group's right handed out by a stranger": (
        "CREATE ROLE {p}stranger; GRANT {p}analyst TO {p}stranger WITH ADMIN OPTION;"
        "SET ROLE {p}stranger; GRANT {p}analyst TO {p}li; RESET ROLE",
        # From 16 on the one goes with the other.
        ["<16 drop membership {p}analyst.{p}li", "drop membership {p}analyst.{p}stranger"],
    ),
}


def _filled(world: World, text: str) -> str:
    names = {"p": world.prefix, "owner": world.owner, "dba": world.admin, "db": world.database.name}
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    if not world.modern:
        text = text.replace(f" GRANTED BY {world.admin}", "")
    return text


def drift(connection: Connection, world: World, change: str) -> None:
    connection.execute(_filled(world, change).encode())


def check(world: World, before: list[str], change: Change, user: str | None) -> None:
    """Make *change*, repair it as *user*: the steps are those expected and the catalog is as it was."""
    sql, expected = change
    with undone(world) as connection:
        drift(connection, world, sql)
        plan = repair(connection, world, user)
        left = difference(before, snapshot(connection, world.prefix, leave_out=UNSEEN))
    other = "<16 " if world.modern else ">=16 "
    texts = [text for text in expected if isinstance(text, str) and not text.startswith(other)]
    named = {_filled(world, text.removeprefix("<16 ").removeprefix(">=16 ")) for text in texts}
    steps = [step.what for step in plan.statements]
    assert (set(steps) >= named) if ... in expected else (sorted(steps) == sorted(named))
    assert [line for line in left if not _is_the_drifts_own(line)] == []


#: A new partition is written down as applied.
UNSEEN = ("applied",)


def _is_the_drifts_own(line: str) -> bool:
    """Tables, partitions and roles that a change makes stay: they are none of the matrix's."""
    return line.startswith("+") and any(word in line for word in ("visit_2027", "old_claim", "stranger", "'plain'"))


@pytest.fixture(scope="module")
def before(crm: World) -> list[str]:
    """The catalog right after the apply, when a plan is empty."""
    with crm.connect() as connection:
        assert not plan_matrix(connection, crm.matrix)
        return snapshot(connection, crm.prefix, leave_out=UNSEEN)


@pytest.mark.parametrize("change", DRIFTS.values(), ids=DRIFTS.keys())
def test_the_administrator_repairs_exactly_what_drifted(crm: World, before: list[str], change: Change) -> None:
    check(crm, before, change, crm.admin)


def test_a_superuser_repairs_all_of_it_at_once(crm: World, before: list[str]) -> None:
    with undone(crm) as connection:
        # What an administrator grants itself comes back from somebody else then, and so looks otherwise.
        drifts = {**DRIFTS, **_GUARDED}
        del drifts["a viewer that its administrator cannot act as"]
        made = sum(_drifts(connection, crm, sql) for sql, _ in drifts.values())
        assert made > 60
        assert repair(connection, crm, None)
        assert not repair(connection, crm, None)
        left = difference(before, snapshot(connection, crm.prefix, leave_out=UNSEEN))
    assert [line for line in left if not _is_the_drifts_own(line)] == []


def _drifts(connection: Connection, world: World, sql: str) -> bool:
    """Make the change *sql*, unless it meets what an earlier one left."""
    try:
        with connection.transaction():
            drift(connection, world, sql)
    except psycopg.Error:
        return False
    return True


_GUARDED = {**SUPERUSER_ONLY, **SUPERUSER_FROM_16}


@pytest.mark.parametrize("change", _GUARDED.values(), ids=_GUARDED.keys())
def test_a_superuser_repairs_what_nobody_else_may(crm: World, before: list[str], change: Change) -> None:
    check(crm, before, change, None)


@pytest.mark.parametrize("change", _GUARDED.values(), ids=_GUARDED.keys())
def test_the_administrator_is_told_that_it_takes_a_superuser(crm: World, before: list[str], change: Change) -> None:
    if not crm.modern and change in SUPERUSER_FROM_16.values():
        check(crm, before, change, crm.admin)
        return
    with undone(crm) as connection:
        drift(connection, crm, change[0])
        with pytest.raises(NotAllowed) as refused:
            repair(connection, crm, crm.admin)
    assert refused.value.exit_code == 3
    assert refused.value.hint and "superuser" in refused.value.hint


@pytest.mark.parametrize(
    "name", ["a stranger in a group", "a person no longer in their group", "another search path for a login"]
)
def test_what_a_superuser_repaired_the_administrator_can_take_away(crm: World, name: str) -> None:
    """From 16 on a membership belongs to who granted it."""
    with undone(crm) as connection:
        drift(connection, crm, DRIFTS[name][0])
        repair(connection, crm, None)
        connection.execute("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'S1'")
        plan = repair(connection, crm, crm.admin)
    assert f"drop membership {crm.group('sales_agent')}.{crm.login('li')}" in {step.what for step in plan.statements}


#: What is not the matrix's, and what the plan says of it, if it touches a protected table.
FOREIGN = [
    (
        "CREATE ROLE {p}reporting; GRANT SELECT (status) ON crm.customer TO {p}reporting",
        "SELECT on crm.customer, to {p}reporting",
    ),
    (
        "CREATE ROLE {p}sales_agent2; GRANT SELECT ON crm.visit_2026 TO {p}sales_agent2",
        "SELECT on crm.visit_2026, to {p}sales_agent2",
    ),
    (
        "CREATE ROLE {p}reporting; CREATE POLICY reporting ON crm.customer FOR SELECT TO {p}reporting USING (status = 'lost')",
        "policy reporting on crm.customer, to {p}reporting",
    ),
    ("CREATE POLICY less ON crm.visit AS RESTRICTIVE USING (true)", "policy less on crm.visit, to PUBLIC"),
    (
        "CREATE SCHEMA reports; CREATE VIEW reports.v AS SELECT 1; GRANT USAGE ON SCHEMA reports TO PUBLIC;"
        "GRANT SELECT ON reports.v TO PUBLIC",
        None,
    ),
    (
        "CREATE SCHEMA sales_agent_2; CREATE ROLE {p}sales_agent_viewer2; GRANT USAGE ON SCHEMA sales_agent_2 TO {p}sales_agent_viewer2",
        None,
    ),
    ("CREATE ROLE {p}other; CREATE ROLE {p}boss; GRANT {p}other TO {p}boss WITH ADMIN OPTION", None),
    ("ALTER ROLE {p}li SET statement_timeout = '5s'; ALTER ROLE {p}li IN DATABASE {db} SET work_mem = '8MB'", None),
    (
        "CREATE TABLE crm.plain (x int); ALTER TABLE crm.plain ENABLE ROW LEVEL SECURITY; GRANT SELECT ON crm.plain TO PUBLIC",
        None,
    ),
    ("INSERT INTO crm.customer (status) VALUES ('lost'); CREATE INDEX ON crm.customer (status)", None),
]


@pytest.mark.parametrize(("sql", "listed"), FOREIGN)
def test_what_is_not_the_matrixs_is_left_alone_and_listed(crm: World, sql: str, listed: str | None) -> None:
    with undone(crm) as connection:
        drift(connection, crm, sql)
        with_it = snapshot(connection, crm.prefix)
        plan = repair(connection, crm, crm.admin)
        assert plan.statements == ()
        assert plan.unmanaged == ((_filled(crm, listed),) if listed else ())
        # Also while something else is repaired.
        drift(connection, crm, DRIFTS["SELECT on a base table to PUBLIC"][0])
        assert len(repair(connection, crm, crm.admin).statements) == 1
        assert difference(with_it, snapshot(connection, crm.prefix)) == []
