# ruff: noqa: E501 - a statement of SQL reads best on its line
"""What else a database has is followed without it: views over views, functions in SQL and PL/pgSQL (5.2.1, 5.2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pgcustsec.errors import UsageError
from pgcustsec.query import Checker, Report, Verdict
from pgcustsec.query.snapshot import Snapshot, read_snapshot
from pgcustsec.query.taking import take_snapshot
from tests.integration.clients.world import Broker, copy

ROLE = "sales_agent"

MADE = """
CREATE SCHEMA app;
CREATE TABLE app.setting (name text PRIMARY KEY, value text);
CREATE VIEW app.notes AS SELECT customer_id, note AS said, mobile FROM crm.customer;
CREATE VIEW app.twice AS SELECT n.said AS again, n.mobile, n.customer_id FROM app.notes AS n;
CREATE VIEW app.invoked WITH (security_invoker = true) AS SELECT c.name, c.note FROM {role}.customer AS c;
CREATE VIEW app.kept AS SELECT customer_id FROM crm.customer;
CREATE MATERIALIZED VIEW app.copied AS SELECT health FROM crm.customer;
CREATE FUNCTION app.note_of(bigint) RETURNS text LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'SELECT c.note FROM crm.customer AS c WHERE c.customer_id = $1';
CREATE FUNCTION app.modern(wanted bigint) RETURNS text LANGUAGE sql
    BEGIN ATOMIC SELECT p.product FROM {role}.policy AS p WHERE p.customer_id = wanted; END;
CREATE FUNCTION app.doubled(n bigint) RETURNS bigint LANGUAGE sql RETURN n * 2;
CREATE FUNCTION app.stepwise(wanted bigint) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE found text;
BEGIN
    SELECT c.health INTO found FROM crm.customer AS c WHERE c.customer_id = wanted;
    RETURN upper(found);
END$$;
CREATE FUNCTION app.made(command text) RETURNS text LANGUAGE plpgsql AS $$DECLARE r text; BEGIN EXECUTE command INTO r; RETURN r; END$$;
CREATE VIEW app.sick AS SELECT customer_id FROM crm.customer WHERE health = 'ill';
CREATE TABLE app.more_customers () INHERITS (crm.customer);
CREATE VIEW app.more AS SELECT note FROM app.more_customers;
CREATE VIEW app.customer AS SELECT note AS mobile FROM crm.customer;
CREATE FUNCTION app.how_many() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS $$SELECT count(*) FROM crm.customer AS c WHERE c.health = 'ill'$$;
CREATE FUNCTION app.rows_made() RETURNS SETOF text LANGUAGE plpgsql AS $$BEGIN RETURN QUERY EXECUTE 'SELECT 1'; END$$;
CREATE FUNCTION app.by_its_own_path() RETURNS text LANGUAGE sql SET search_path = app, pg_temp
    AS 'SELECT mobile FROM customer';
SET check_function_bodies = off;
CREATE FUNCTION app.by_anybodys_path() RETURNS text LANGUAGE sql AS 'SELECT mobile FROM customer';
CREATE FUNCTION app.left_out(given text DEFAULT app.note_of(1)) RETURNS text LANGUAGE sql RETURN given;
CREATE FUNCTION app.locked() RETURNS text LANGUAGE sql RETURN 'x';
REVOKE ALL ON FUNCTION app.locked() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.note_of, app.modern, app.doubled, app.stepwise, app.made, app.how_many, app.rows_made,
    app.by_its_own_path, app.by_anybodys_path, app.left_out TO {group};
GRANT USAGE ON SCHEMA app TO {group};
GRANT SELECT ON app.setting, app.notes, app.twice, app.invoked, app.copied, app.sick, app.more, app.customer TO {group};
"""


@pytest.fixture(scope="module")
def snapshot(sealed_broker: Broker) -> Iterator[Snapshot]:
    with copy(sealed_broker) as broker:
        # As its owner would: definitions name the role's views, which the superuser may read.
        broker.execute(MADE.format(role=ROLE, group=broker.group(ROLE)))
        with broker.connect(broker.admin) as connection:
            yield take_snapshot(connection, broker.matrix)


@pytest.fixture(scope="module")
def checker(sealed_broker: Broker, snapshot: Snapshot) -> Checker:
    return Checker(sealed_broker.matrix, snapshot)


def check(checker: Checker, statement: str, role: str = ROLE) -> Report:
    [report] = checker.check(statement, role)
    return report


def said(report: Report) -> list[tuple[str, Verdict, int | None]]:
    return [(column.name, column.verdict, column.tier) for column in report.columns]


def test_a_view_that_reads_the_table_with_its_owners_rights_shows_more_than_the_roles_own(checker: Checker) -> None:
    report = check(checker, "SELECT * FROM app.notes")
    # The table is sealed: a full mobile is not in it. But it shows masked without a record open, in every row.
    assert said(report) == [
        ("customer_id", Verdict.REVEALED, 3),
        ("said", Verdict.REVEALED, 2),
        ("mobile", Verdict.MASKED, 1),
    ]
    [flow] = report.columns[1].reach.values
    assert flow.path == ("app.notes", "crm.customer")


def test_a_view_over_a_view_is_followed_through_both(checker: Checker) -> None:
    report = check(checker, "SELECT again FROM app.twice WHERE mobile IS NOT NULL")
    assert said(report) == [("again", Verdict.REVEALED, 2)]
    [flow] = report.columns[0].reach.values
    assert flow.path == ("app.twice", "app.notes", "crm.customer")
    assert [(use.where, use.verdict, use.tier) for use in report.uses] == [("where", Verdict.INFERRED, 1)]


def test_a_view_with_its_readers_rights_shows_what_the_role_sees(checker: Checker) -> None:
    report = check(checker, "SELECT name, note FROM app.invoked")
    assert said(report) == [("name", Verdict.MASKED, 2), ("note", Verdict.REVEALED, 2)]


def test_a_materialized_view_is_a_copy_that_nothing_masks(checker: Checker) -> None:
    assert said(check(checker, "SELECT health FROM app.copied")) == [("health", Verdict.REVEALED, 2)]


def test_functions_are_followed_by_their_bodies(checker: Checker) -> None:
    assert said(check(checker, "SELECT app.note_of(1)")) == [("note_of", Verdict.REVEALED, 2)]
    assert said(check(checker, "SELECT app.modern(1)")) == [("modern", Verdict.REVEALED, 2)]
    assert said(check(checker, "SELECT app.stepwise(1)")) == [("stepwise", Verdict.REVEALED, 2)]
    assert said(check(checker, "SELECT app.doubled(customer_id) FROM customer")) == [("doubled", Verdict.REVEALED, 3)]
    assert said(check(checker, "SELECT x FROM app.note_of(1) AS x")) == [("x", Verdict.REVEALED, 2)]


def test_what_a_function_makes_at_run_time_is_opaque(checker: Checker) -> None:
    assert said(check(checker, "SELECT app.made('SELECT 1')")) == [("made", Verdict.OPAQUE, None)]
    assert said(check(checker, "SELECT app.rows_made()")) == [("rows_made", Verdict.OPAQUE, None)]


def test_what_has_a_say_in_which_rows_a_view_has_is_told_where_it_is_read(checker: Checker) -> None:
    report = check(checker, "SELECT count(*) FROM app.sick")
    assert [(use.where, use.verdict, use.tier) for use in report.uses] == [("rows", Verdict.INFERRED, 2)]
    assert said(check(checker, "SELECT app.how_many()")) == [("how_many", Verdict.INFERRED, 2)]


def test_a_child_of_a_protected_table_has_its_rows_and_is_not_called_another_table(checker: Checker) -> None:
    assert said(check(checker, "SELECT * FROM app.more")) == [("note", Verdict.OPAQUE, None)]
    assert check(checker, "SELECT note FROM app.more_customers").verdict is Verdict.REFUSED


def test_what_an_argument_is_that_is_left_out_may_be_read(checker: Checker) -> None:
    assert said(check(checker, "SELECT app.left_out()")) == [("left_out", Verdict.REVEALED, 2)]


def test_names_in_a_function_are_looked_for_where_it_says_or_else_where_its_caller_looks(checker: Checker) -> None:
    assert said(check(checker, "SELECT app.by_its_own_path()")) == [("by_its_own_path", Verdict.REVEALED, 2)]
    assert said(check(checker, "SELECT app.by_anybodys_path()")) == [("by_anybodys_path", Verdict.MASKED, 1)]
    for moved in (
        "SET search_path = app",
        "CREATE TEMP TABLE customer AS SELECT note AS mobile FROM sales_agent.customer",
    ):
        report = checker.check(f"{moved}; SELECT app.by_anybodys_path()", ROLE)[-1]
        assert report.verdict is Verdict.REFUSED
        assert "decided by the search_path" in report.faults[0].message


@pytest.mark.parametrize("statement", ["SELECT * FROM app.kept", "SELECT app.locked()", "SELECT * FROM app.nothing"])
def test_what_the_role_has_no_right_on_or_is_not_there_is_refused(checker: Checker, statement: str) -> None:
    assert check(checker, statement).verdict is Verdict.REFUSED


def test_without_a_snapshot_nobody_knows_and_it_is_refused_or_opaque(sealed_broker: Broker) -> None:
    alone = Checker(sealed_broker.matrix)
    assert check(alone, "SELECT * FROM app.notes").verdict is Verdict.REFUSED
    assert check(alone, "SELECT app.note_of(1)").verdict is Verdict.OPAQUE


def test_it_is_read_back_as_it_was_written_and_another_file_is_refused(snapshot: Snapshot, tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    file.write_text(snapshot.to_json(), encoding="utf-8")
    assert read_snapshot(file) == snapshot
    assert snapshot.sealed["crm.policy"] == ("payer_account",)
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="no snapshot"):
        read_snapshot(file)
