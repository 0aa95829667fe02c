"""
Errors that carry values (hardening 10; 5.2.1, 5.2.2).

Casts, arithmetic and constraints name the value that failed. What a view does not show must not be what failed.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.world import Attacker, World

#: Each makes the server complain about the first row in which it fails: in a condition, in the output, while sorting.
COMPLAINTS = [
    "SELECT 1 FROM {view} WHERE {text}::int = 0",
    "SELECT {text}::int FROM {view}",
    "SELECT 1 FROM {view} ORDER BY {text}::date",
    "SELECT {text}::date, count(*) FROM {view} GROUP BY 1",
    "SELECT sum({text}::numeric) FROM {view}",
    "SELECT {text}::inet FROM {view} LIMIT 1",
    "SELECT 1 FROM {view} WHERE {text}::uuid IS NOT NULL",
    "SELECT ('[' || {text})::jsonb FROM {view}",
    "SELECT CASE WHEN customer_id > 0 THEN {text}::int END FROM {view}",
    "SELECT * FROM generate_series(1, (SELECT max({text})::int FROM {view}))",
    "SELECT format('%s', {text})::int FROM {view}",
]
NUMBERS = [
    "SELECT 1 FROM {view} WHERE 1 / ({number} - 7000020) = 0",
    "SELECT 1 / ({number} - 7000020) FROM {view}",
    "SELECT {number}::smallint FROM {view}",
    "SELECT repeat('x', {number}::int * 1000000) FROM {view}",
    "SELECT make_date({number}, 1, 1) FROM {view}",
]


@pytest.fixture
def superuser(world: World) -> Iterator[Attacker]:
    with world.database.connect() as connection:
        yield Attacker(world, connection, set())


def test_an_error_names_no_hidden_text(maker: Attacker, superuser: Attacker) -> None:
    """E1 serves nobody: whatever row fails is another's."""
    views = {"agent.customer": ("health", "name", "mobile", "id_card"), "agent.policy": ("product", "account")}
    for complaint in COMPLAINTS:
        control = superuser.send(complaint.format(view="naive.customer", text="health"))
        assert "t2" in control.error, f"the control, {complaint}: the message would tell"
        for view, columns in views.items():
            assert maker.gains(*(complaint.format(view=view, text=column) for column in columns)) == set(), complaint


def test_an_error_does_not_come_of_a_hidden_number(maker: Attacker, superuser: Attacker) -> None:
    for complaint in NUMBERS:
        assert superuser.send(complaint.format(view="naive.customer", number="income")).error, "the control"
        for view, column in (("agent.customer", "income"), ("agent.policy", "premium")):
            assert maker.send(complaint.format(view=view, number=column)).error == "", complaint


def test_a_clerk_gets_no_error_of_tier_2_in_rows_that_others_serve(world: World) -> None:
    with world.attacker("C1") as clerk:
        assert len(clerk.send("SELECT * FROM clerk.customer").rows) > 50, "the control: the rows are there"
        for complaint in COMPLAINTS[:2] + COMPLAINTS[5:7]:
            for column in ("health", "name"):
                assert clerk.send(complaint.format(view="clerk.customer", text=column)).error == ""
        assert clerk.send(NUMBERS[1].format(view="clerk.customer", number="income")).error == ""


def test_a_key_that_is_taken_is_not_told_by_a_constraint(own_world: World) -> None:
    """Writing is not granted, so no unique key, foreign key or check is reached. The control takes rows."""
    own_world.execute("GRANT INSERT ON naive.customer TO PUBLIC")
    attempt = "INSERT INTO {} (customer_id, status) VALUES (20, 'x')"
    with own_world.attacker("A1") as attacker:
        assert attacker.send(attempt.format("naive.customer")).sqlstate == "23505", "the control"
        for relation in ("agent.customer", "crm.customer"):
            taken = attacker.send(attempt.format(relation))
            free = attacker.send(attempt.format(relation).replace("20", "999"))
            assert taken.refused and taken.error.splitlines()[0] == free.error.splitlines()[0]


def test_an_error_in_what_we_run_for_the_caller_shows_no_value_in_its_context(world: World) -> None:
    """plpgsql names the line it failed in; settings of the caller can make it stricter."""
    with world.attacker("A1") as attacker:
        for setting in (
            "plpgsql.extra_errors = 'all'",
            "plpgsql.extra_warnings = 'all'",
            "plpgsql.print_strict_params = on",
            "plpgsql.check_asserts = off",
            "client_min_messages = debug5",
            "debug_print_plan = on; SET client_min_messages = log",
            "statement_timeout = '1ms'",
            "work_mem = '64kB'; SET statement_timeout = 0",
        ):
            attacker.send(f"SET {setting}")
            for statement in (
                "SELECT * FROM agent.customer",
                "SELECT * FROM agent.policy",
                "SELECT * FROM pgcustsec.whoami()",
            ):
                assert attacker.gains(statement) == set(), setting
