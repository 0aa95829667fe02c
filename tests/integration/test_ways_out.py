# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
Ways by which values leave past the views, and that are none of the matrix's: each is told by `pgcustsec drift`.

What others made on tables of their own stays as it is, with what to do by hand; what somebody hung on a table of ours
is taken away by the next apply.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pgcustsec.db import Connection
from pgcustsec.migrate import find_drift
from pgcustsec.migrate.comparing import compare_catalog
from pgcustsec.plan.drift import Drift, drifts
from tests.integration.test_drift import drift
from tests.worlds import World, repair, undone


class Way(NamedTuple):
    """What somebody does; what drift calls it; words of who could see more by it; words of what to do by hand."""

    made: str
    told: str
    opens: str
    by_hand: str


_FUNCTION = "CREATE FUNCTION public.copied({0}) RETURNS {1} LANGUAGE plpgsql AS 'BEGIN {2} END'; ALTER FUNCTION public.copied OWNER TO {{owner}};"
FOREIGN = {
    "a publication of a table": Way(
        "CREATE PUBLICATION branch FOR TABLE crm.customer (customer_id, mobile, health)",
        "publication branch, crm.customer",
        "every change of crm.customer: tier 1 (masked) mobile; tier 2 health; tier 3 customer_id",
        'ALTER PUBLICATION "branch" DROP TABLE "crm"."customer"',
    ),
    "a publication of a partition alone": Way(
        "CREATE PUBLICATION branch FOR TABLE crm.visit_2026",
        "publication branch, crm.visit_2026",
        "every change of crm.visit_2026",
        'DROP TABLE "crm"."visit_2026"',
    ),
    "a publication of a schema": Way(
        "CREATE PUBLICATION whole FOR TABLES IN SCHEMA crm",
        "publication whole, crm.claim",
        "every change of crm.claim: tier 2 diagnosis; tier 3 claim_id, policy_id, filed_on",
        'DROP PUBLICATION "whole"',
    ),
    "a publication of all tables, pgcustsec's own among them": Way(
        "CREATE PUBLICATION everything FOR ALL TABLES",
        "publication everything, pgcustsec_keys.token_key",
        "every change of pgcustsec's own pgcustsec_keys.token_key",
        'DROP PUBLICATION "everything"',
    ),
    "a view of the tables' owner": Way(
        "CREATE SCHEMA reports; CREATE VIEW reports.v AS SELECT health FROM crm.customer; ALTER VIEW reports.v OWNER TO {owner};"
        "CREATE ROLE {p}reporting; GRANT SELECT ON reports.v TO {p}reporting, PUBLIC",
        "view reports.v, crm.customer",
        "everybody, {owner}",
        "DROP VIEW reports.v",
    ),
    "a materialized view": Way(
        "CREATE SCHEMA reports; CREATE MATERIALIZED VIEW reports.m AS SELECT health FROM crm.customer",
        "view reports.m, crm.customer",
        "every row of crm.customer that reports.m reads, past row security",
        "DROP MATERIALIZED VIEW reports.m",
    ),
    "an event trigger": Way(
        _FUNCTION.format("", "event_trigger", "") + "CREATE EVENT TRIGGER spy ON ddl_command_end EXECUTE FUNCTION public.copied()",
        "event trigger spy",
        "{owner}: public.copied() runs in every change of the database, an apply's too",
        'DROP EVENT TRIGGER "spy"',
    ),
    "a cast of a protected column's type": Way(
        "CREATE TYPE public.kept AS (x text); " + _FUNCTION.format("varchar", "public.kept", "RETURN ROW($1);")
        + "CREATE CAST (varchar AS public.kept) WITH FUNCTION public.copied(varchar) AS ASSIGNMENT",
        "cast character varying AS public.kept",
        "{owner}: public.copied(character varying) is given the values",
        "DROP CAST (character varying AS public.kept)",
    ),
    "a rule that writes elsewhere what is written": Way(
        "CREATE TABLE public.copies (x text); GRANT ALL ON public.copies TO PUBLIC;"
        "CREATE RULE copy AS ON INSERT TO crm.customer DO ALSO INSERT INTO public.copies VALUES (new.health)",
        "rule copy, crm.customer",
        "{owner}: whatever is to be done beside each INSERT on crm.customer",
        'DROP RULE "copy" ON "crm"."customer"',
    ),
}  # fmt: skip


def found(connection: Connection, world: World) -> tuple[Drift, ...]:
    there = compare_catalog(connection, world.matrix)
    return drifts(there.present, there.wanted, world.matrix, there.ways_out)


@pytest.mark.parametrize("name", FOREIGN)
def test_a_way_out_is_told_with_who_could_see_more_and_what_to_do(crm: World, name: str) -> None:
    way = FOREIGN[name]
    with undone(crm) as connection:
        assert found(connection, crm) == ()
        drift(connection, crm, way.made)
        [told] = [one for one in found(connection, crm) if one.object == way.told]
        plan = repair(connection, crm, crm.admin)
        assert [one for one in found(connection, crm) if one.object == way.told] == [told]
    assert told.how == "foreign"
    assert way.opens.format(owner=crm.owner) in (told.opens or "")
    assert way.by_hand in (told.by_hand or "")
    # It is somebody else's: no apply takes it away, and every plan lists it.
    assert plan.statements == ()
    assert way.told in plan.unmanaged


def test_what_is_done_by_hand_ends_it(crm: World) -> None:
    with undone(crm) as connection:
        drift(
            connection,
            crm,
            "CREATE TABLE public.plain (x int); CREATE PUBLICATION branch FOR TABLE crm.customer, public.plain",
        )
        [told] = found(connection, crm)
        assert told.by_hand
        connection.execute(told.by_hand.partition(";")[0].encode())
        assert found(connection, crm) == ()


def test_a_subscription_that_writes_a_protected_table_is_told(crm: World) -> None:
    with undone(crm) as connection:
        connection.execute(
            "CREATE SUBSCRIPTION incoming CONNECTION 'dbname=elsewhere' PUBLICATION p WITH (connect = false, slot_name = NONE)"
        )
        assert found(connection, crm) == ()
        # What a refresh writes down when the publisher answers; this server has no senders to answer with.
        connection.execute("SET LOCAL allow_system_table_mods = on")
        connection.execute(
            "INSERT INTO pg_subscription_rel (srsubid, srrelid, srsubstate)"
            " SELECT s.oid, 'crm.customer'::regclass, 'r' FROM pg_subscription AS s"
        )
        [told] = found(connection, crm)
    assert (told.object, told.how) == ("subscription incoming, crm.customer", "foreign")
    assert "writes rows of crm.customer, past the views" in (told.opens or "")
    assert 'ALTER SUBSCRIPTION "incoming" DISABLE' in (told.by_hand or "")


#: What opens nothing: other tables, other types, what extensions bring, what is switched off.
HARMLESS = [
    "CREATE SCHEMA reports; CREATE VIEW reports.v WITH (security_invoker = true) AS SELECT health FROM crm.customer",
    "CREATE SCHEMA reports; CREATE ROLE {p}reporting; CREATE VIEW reports.v AS SELECT status FROM crm.customer;"
    "ALTER VIEW reports.v OWNER TO {p}reporting",
    "CREATE TABLE public.plain (x int); CREATE PUBLICATION other FOR TABLE public.plain",
    "CREATE TYPE public.kept AS ENUM ('x'); " + _FUNCTION.format("public.kept", "integer", "RETURN 1;")
    + "CREATE CAST (public.kept AS integer) WITH FUNCTION public.copied(public.kept)",
    _FUNCTION.format("", "event_trigger", "") + "CREATE EVENT TRIGGER spy ON ddl_command_end EXECUTE FUNCTION public.copied();"
    "ALTER EVENT TRIGGER spy DISABLE",
    "CREATE TABLE public.plain (x int); CREATE RULE less AS ON INSERT TO public.plain DO INSTEAD NOTHING",
]  # fmt: skip


@pytest.mark.parametrize("made", HARMLESS)
def test_what_carries_nothing_protected_is_no_drift(crm: World, made: str) -> None:
    with undone(crm) as connection:
        drift(connection, crm, made)
        assert found(connection, crm) == ()


def test_a_trigger_of_the_application_is_listed_and_is_no_drift(crm: World) -> None:
    with undone(crm) as connection:
        drift(
            connection,
            crm,
            _FUNCTION.format("", "trigger", "RETURN new;")
            + "CREATE TRIGGER stamp BEFORE UPDATE ON crm.customer FOR EACH ROW EXECUTE FUNCTION public.copied()",
        )
        told = compare_catalog(connection, crm.matrix)
        assert drifts(told.present, told.wanted, crm.matrix, told.ways_out) == ()
        assert "trigger stamp, crm.customer" in told.left_alone


HOOKS = {
    "a rule on the vault": (
        "CREATE TABLE public.copies (x text); GRANT ALL ON public.copies TO PUBLIC;"
        "CREATE RULE copy AS ON INSERT TO {vault} DO ALSO INSERT INTO public.copies VALUES (new.mobile)",
        "foreign rule",
    ),
    "a trigger on the vault": (
        _FUNCTION.format("", "trigger", "RETURN new;")
        + "CREATE TRIGGER copy AFTER INSERT ON {vault} FOR EACH ROW EXECUTE FUNCTION public.copied()",
        "foreign trigger",
    ),
}


@pytest.mark.parametrize("name", HOOKS)
def test_what_hangs_on_the_vault_is_told_and_taken_away_by_apply(crm: World, name: str) -> None:
    made, kind = HOOKS[name]
    with undone(crm) as connection:
        [(vault,)] = connection.execute(
            "SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'pgcustsec_vault'::regnamespace AND a.attname = 'mobile'"
        ).fetchall()
        drift(connection, crm, made.replace("{vault}", vault))
        [told] = found(connection, crm)
        plan = repair(connection, crm, crm.admin)
        assert found(connection, crm) == ()
    assert (told.how, told.by_hand) == ("surplus", None)
    assert told.object.startswith(kind)
    assert "values written to the vault of crm.customer" in (told.opens or "")
    assert [step.what.partition(" pgcustsec")[0] for step in plan.statements] == [f"drop {kind}"]


def test_the_command_ends_with_1_for_a_way_out_alone(crm: World) -> None:
    crm.execute("CREATE PUBLICATION branch FOR TABLE crm.policy")
    try:
        with crm.connect(crm.admin) as connection:
            told = find_drift(connection, crm.matrix)
    finally:
        crm.execute("DROP PUBLICATION branch")
    assert [one.object for one in told.drifts] == ["publication branch, crm.policy"]
    assert told.unmanaged == ()
