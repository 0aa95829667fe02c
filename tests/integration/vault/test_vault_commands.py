"""`pgcustsec vault` as people and programs call it: output, exit codes, and nothing in it that is a value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pgcustsec.cli.vault import command
from pgcustsec.errors import PgcustsecError, Refused
from pgcustsec.migrate import apply_matrix
from tests.cluster import Server
from tests.worlds import World, crm_world

Run = Callable[..., Result]
CANARIES = ("13812345678", "110101199003070019", "王小明", "6222021234567890")


@pytest.fixture
def crm(server: Server) -> Iterator[World]:
    with crm_world(server) as world:
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        yield world


@pytest.fixture
def run(crm: World, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command as the administrator, with the world's matrix for any file."""
    monkeypatch.setattr("pgcustsec.matrix.load.load", lambda path: crm.matrix)

    def call(*arguments: str, **options: Any) -> Result:
        result = CliRunner().invoke(
            command, [*arguments, "-d", crm.database.conninfo(crm.admin)], standalone_mode=False, **options
        )
        assert not any(canary in result.output for canary in CANARIES)
        return result

    return call


def test_status_exits_1_until_everything_is_sealed(run: Run) -> None:
    before = run("status")
    assert before.return_value == 1
    assert "not sealed" in before.stdout
    assert "pgcustsec vault seal" in before.stderr
    run("seal")
    after = run("status")
    assert after.return_value == 0
    assert "not sealed" not in after.output
    assert "key 1 in use since" in after.stdout


def test_status_tells_programs_in_json(run: Run) -> None:
    told = json.loads(run("status", "--format", "json").stdout)
    assert told["sealed"] is False
    [mobile] = [column for column in told["columns"] if column["column"] == "mobile"]
    assert (mobile["form"], mobile["rows"], mobile["true_values"], mobile["in_vault"]) == ("phone", 4, 3, 0)
    assert mobile["validated"] is False
    assert told["key"]["number"] == 1


def test_sealing_says_what_moved_and_what_still_holds_true_values(run: Run) -> None:
    done = run("seal")
    assert done.stdout.splitlines() == [
        "sealed crm.customer: name, mobile, id_card; 4 rows moved",
        "sealed crm.policy: payer_account; 1 rows moved",
    ]
    for word in ('VACUUM (FULL, ANALYZE) "crm"."customer", "crm"."policy"', "pg_switch_wal", "pg_basebackup", "logs"):
        assert word in done.stderr


def test_sealing_tells_programs_in_json(run: Run) -> None:
    told = json.loads(run("seal", "crm.policy", "--format", "json").stdout)
    assert told["sealed"] == [{"table": "crm.policy", "columns": ["payer_account"], "rows": 1}]
    assert all(entry["what"] and entry["next"] for entry in told["still_true"])


def test_unsealing_is_refused_without_yes_and_says_what_it_means(run: Run) -> None:
    refused = run("unseal", "crm.customer")
    assert isinstance(refused.exception, Refused)
    assert "5.2.1" in refused.exception.message
    assert "UNIQUE" in refused.exception.message
    assert run("status").return_value == 1


def test_unsealing_and_sealing_again(run: Run, crm: World) -> None:
    run("seal")
    assert run("unseal", "crm.customer", "--yes").stdout == (
        "unsealed crm.customer: 4 rows hold their true values again\n"
    )
    assert isinstance(run("seal").exception, Refused)
    with crm.connect(crm.admin) as connection:
        apply_matrix(connection, crm.matrix)
    assert "4 rows moved" in run("seal").stdout


def test_unsealing_tells_programs_in_json(run: Run) -> None:
    run("seal")
    told = json.loads(run("unseal", "crm.customer", "--yes", "--format", "json").stdout)
    assert told == {"table": "crm.customer", "rows": 4, "unique": []}


def test_a_new_key_is_asked_for(run: Run) -> None:
    run("seal")
    assert run("rekey", input="n\n").exception is not None
    assert run("rekey", input="y\n").stdout.splitlines()[0] == "key 2 in use, key 1 retired"
    told = json.loads(run("rekey", "--yes", "--format", "json").stdout)
    assert (told["key"], told["retired"]) == (3, 2)


def test_an_unknown_table_ends_with_the_nearest(run: Run) -> None:
    wrong = run("seal", "crm.polcy").exception
    assert isinstance(wrong, PgcustsecError)
    assert wrong.exit_code == 2
    assert "did you mean crm.policy" in wrong.message


@pytest.mark.parametrize("name", ["seal", "unseal", "status", "rekey"])
def test_every_help_has_examples(name: str) -> None:
    assert f"pgcustsec vault {name}" in CliRunner().invoke(command, [name, "--help"]).stdout
