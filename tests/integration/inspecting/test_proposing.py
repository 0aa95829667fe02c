"""What is proposed for the demo's own tables, and that it can be planned, applied, sealed and proposed again (3.2)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pgcustsec.db import Connection, connect
from pgcustsec.demo.schema import make_tables
from pgcustsec.errors import UsageError
from pgcustsec.inspecting.proposing import Proposal, propose
from pgcustsec.inspecting.scanning import scan
from pgcustsec.matrix.load import load, loads
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.vault import seal
from tests.cluster import Database
from tests.integration.inspecting.running import run

DEMO = load(Path(__file__).parents[3] / "src" / "pgcustsec" / "demo" / "matrix.yaml")


def proposed(database: Database, user: str | None = None, *schemas: str) -> Proposal:
    with connect(database.conninfo(user)) as connection:
        return propose(connection, schemas, 1_000)


def differences(matrix: Matrix) -> dict[str, tuple[int, int]]:
    """The columns whose tier is other than the demo's: (the demo's, the proposed)."""
    return {
        f"{name}.{column.name}": (column.tier, found.tier if found else 0)
        for name, table in DEMO.tables.items()
        for column in table.columns.values()
        if (found := matrix.tables[name].columns.get(column.name)) is None or found.tier != column.tier
    }


def shape(matrix: Matrix) -> dict[str, tuple[object, ...]]:
    return {name: (table.key, table.parent) for name, table in matrix.tables.items()}


def columns(matrix: Matrix) -> int:
    return sum(len(table.columns) for table in matrix.tables.values())


def test_of_the_demos_empty_tables_without_foreign_keys_everything_is_told_by_names(
    database: Database, prefix: str
) -> None:
    database.execute(f"CREATE ROLE {prefix}crm_owner NOLOGIN")
    with connect(database.conninfo()) as connection:
        make_tables(connection, f"{prefix}crm_owner")
    matrix = proposed(database).matrix
    assert shape(matrix) == shape(DEMO)
    assert differences(matrix) == {}


def test_of_the_demos_filled_tables_one_column_is_told_stricter(broker: Database) -> None:
    """Documents about the family have the mobile number of whom to call: the demo gives them tier 2 all the same."""
    matrix = proposed(broker).matrix
    assert shape(matrix) == shape(DEMO)
    assert differences(matrix) == {"crm.customer.family": (2, 1)}
    assert len(differences(matrix)) <= columns(DEMO) * 0.1
    kinds = {c.name: c.kind for c in matrix.tables["crm.customer"].columns.values() if c.tier == 1 or c.is_name}
    expected = {c.name: c.kind for c in DEMO.tables["crm.customer"].columns.values() if c.tier == 1 or c.is_name}
    assert kinds == expected | {"family": "json"}
    assert matrix.tables["crm.customer"].columns["id_card"].unique


def test_a_group_becomes_a_role_with_its_tables_and_rights(grouped: Database, prefix: str) -> None:
    found = proposed(grouped)
    stem = prefix.strip("_")
    agents, juniors = (found.matrix.roles[f"{stem}_{name}"] for name in ("agents", "juniors"))
    assert set(agents.tables) == {"crm.customer", "crm.policy", "crm.assignment"}
    assert set(juniors.tables) == {*agents.tables, "crm.attachment"}, "what it has by being in the other counts"
    customer = agents.tables["crm.customer"]
    assert (customer.rows, customer.tier2, customer.tier1) == (("all",), "serving", "hidden")
    assert customer.write.update == ("status", "mobile", "note")
    assert customer.write.delete
    assert "customer_id" not in customer.write.insert, "an identity that is always made is written by nobody"
    assert juniors.tables["crm.attachment"].tier1 == "absent", "its content is not among what may be read today"


def test_rights_that_no_role_can_have_are_told_as_comments(grouped: Database, prefix: str) -> None:
    text = proposed(grouped).text
    assert f"# login {prefix}report has rights of its own on crm.claim" in text
    assert "# everybody (PUBLIC) has rights on crm.assignment: apply takes them back" in text
    assert f"# role {prefix}empty has rights on crm.claim, and nobody is in it" in text
    assert f"# group {prefix}agents today; in it: {prefix}li, {prefix}wang" in text


def test_a_child_without_its_parents_is_left_out_of_a_role(grouped: Database, prefix: str) -> None:
    grouped.execute(f"REVOKE SELECT ON crm.customer FROM {prefix}agents")
    found = proposed(grouped)
    assert set(found.matrix.roles[f"{prefix}agents".replace("__", "_")].tables) == set()
    assert "it reads crm.policy today, but not the tables through which its rows are found: left out" in found.text


def test_owners_and_administrators_are_those_of_the_database(grouped: Database, prefix: str) -> None:
    administrators = proposed(grouped).matrix.administrators
    assert (administrators.roles, administrators.owners) == ((f"{prefix}dba",), (f"{prefix}crm_owner",))


def plan(connection: Connection, matrix: Matrix) -> list[str]:
    return [statement.what for statement in plan_matrix(connection, matrix).statements]


def test_a_proposal_can_be_planned_applied_sealed_and_is_proposed_again_the_same(
    grouped: Database, prefix: str
) -> None:
    first = loads(proposed(grouped, f"{prefix}dba").text)
    with connect(grouped.conninfo(f"{prefix}dba")) as connection:
        assert plan(connection, first)
        apply_matrix(connection, first)
    again = proposed(grouped, f"{prefix}dba")
    with connect(grouped.conninfo(f"{prefix}dba")) as connection:
        assert plan(connection, loads(again.text)) == []
        seal(connection, first)
        sealed = propose(connection, (), 1_000)
        assert plan(connection, loads(sealed.text)) == []
    assert sealed.matrix == again.matrix == first


def test_a_sealed_database_is_clean_by_what_was_proposed_and_unsealed_by_the_demos_matrix_it_is_not(
    broker: Database, prefix: str
) -> None:
    first = proposed(broker, f"{prefix}dba").matrix
    with connect(broker.conninfo(f"{prefix}dba")) as connection:
        holdings = scan(connection, DEMO, 1_000).holdings
        assert [(one.table, one.column, one.path) for one in holdings] == [
            ("crm.customer", "family", "$.emergency.mobile")
        ]
        apply_matrix(connection, first)
        seal(connection, first)
        found = scan(connection, first, 1_000)
    assert (found.holdings, found.unread, found.tables, found.clean) == ((), (), 5, True)


def test_a_proposal_without_groups_gives_nobody_anything_and_can_be_applied(broker: Database) -> None:
    first = proposed(broker).matrix
    assert {name: role.tables for name, role in first.roles.items()} == {"nobody": {}}
    with connect(broker.conninfo()) as connection:
        apply_matrix(connection, first)
        assert plan(connection, propose(connection, (), 1_000).matrix) == []


def test_a_new_column_of_a_database_with_a_matrix_is_proposed_beside_what_was_applied(
    grouped: Database, prefix: str
) -> None:
    first = proposed(grouped)
    with connect(grouped.conninfo()) as connection:
        apply_matrix(connection, first.matrix)
    grouped.execute("ALTER TABLE crm.customer ADD wechat text")
    again = proposed(grouped).matrix.tables["crm.customer"].columns
    assert set(again) - set(first.matrix.tables["crm.customer"].columns) == {"wechat"}
    assert (again["wechat"].tier, again["wechat"].kind) == (1, "messenger")


def test_who_may_not_read_which_matrix_is_applied_is_told_so(grouped: Database, prefix: str) -> None:
    grouped.execute(f"GRANT CONNECT ON DATABASE {grouped.name} TO {prefix}report")
    done = run(grouped, "inspect", user=f"{prefix}report")
    assert done.returncode == 3
    assert "may not read which matrix is applied here" in done.stderr


def test_the_command_writes_a_file_that_validates_and_that_plan_takes(
    grouped: Database, prefix: str, tmp_path: Path
) -> None:
    file = tmp_path / "matrix.yaml"
    done = run(grouped, "inspect", "-o", str(file), user=f"{prefix}dba")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    again = run(grouped, "inspect", "-o", str(file), user=f"{prefix}dba")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    planned = run(grouped, "plan", "-m", str(file), user=f"{prefix}dba")
    assert planned.returncode == 0, planned.stderr
    load(file)


def test_programs_are_told_in_json(broker: Database) -> None:
    done = json.loads(run(broker, "inspect", "--format", "json").stdout)
    mobile = done["tables"]["crm.customer"]["columns"]["mobile"]
    assert (mobile["tier"], mobile["kind"], mobile["told"]) == (1, "phone", True)
    assert loads(done["matrix"]).tables.keys() == done["tables"].keys()


def test_a_database_without_customers_and_a_schema_that_is_not_there_are_refused(database: Database) -> None:
    database.execute("CREATE TABLE public.town (id integer PRIMARY KEY, city text)")
    with pytest.raises(UsageError, match="has no table of customers"):
        proposed(database)
    with pytest.raises(UsageError, match="has no schema crn"):
        proposed(database, None, "crn")
