"""What people do about agreements and suspensions, over their own logins, and what they see then."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import psycopg
import pytest

from pgcustsec.cli import run
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix
from tests.integration.clients.world import Broker

#: The customer that somebody serves, and by whom its row is seen.
SERVED = {"li": 1, "wang": 3, "chen": 1, "zhao": 1, "sun": 1}
VIEW = {"li": "sales_agent", "wang": "sales_agent", "chen": "service_agent", "zhao": "sales_manager"}

SUSPEND = "SELECT pgcustsec.suspend(%s, %s, 'list passed on')"
STANDING = "SELECT s::text FROM pgcustsec_internal.standing AS s ORDER BY known_as, role_code"
RECORD = (
    "SELECT kind, staff_id, about, reason FROM pgcustsec_internal.audit"
    " WHERE kind IN ('suspended', 'rectified', 'reinstated') ORDER BY audit_id"
)


@contextmanager
def login(broker: Broker, name: str, **parameters: Any) -> Iterator[Connection]:
    """A connection as *name*'s own login, in no session but one that they have begun elsewhere."""
    connection = broker.database.connect(user=broker.login(name), **parameters)
    try:
        yield connection
    finally:
        connection.close()


def shows(person: psycopg.Connection[Any], name: str = "li") -> str:
    """What one statement shows *name* of the customer they serve: `nothing`, `tier 3`, `tier 2`, `tier 1` (masked)."""
    found = person.execute(
        f"SELECT gender, health, mobile FROM {VIEW[name]}.customer WHERE customer_id = %s", [SERVED[name]]
    ).fetchall()
    if not found:
        return "nothing"
    [(gender, health, mobile)] = found
    assert gender == "男"
    if mobile != "***":
        return "tier 1"
    return "tier 3" if health is None else "tier 2"


def refusal(person: psycopg.Connection[Any], statement: str, *parameters: object) -> str | None:
    with pytest.raises(psycopg.Error) as caught:
        person.execute(statement.encode(), parameters or None)
    return caught.value.sqlstate


def administrator(broker: Broker) -> tuple[str, ...]:
    """The administrator's login, where it does not inherit the owner's rights: before 16 this world's does."""
    return ("dba",) if broker.modern else ()


def kept_as_evidence(broker: Broker, mode: str, tables: dict[str, str]) -> None:
    """Every way to change or remove rows of *tables*, each with one of its columns, is refused to everybody."""
    with broker.database.connect() as superuser, ExitStack() as stack:
        superuser.execute(f"SET session_replication_role = {mode}".encode())
        people = [stack.enter_context(login(broker, name)) for name in ("li", "qin", *administrator(broker))]
        for table, column in tables.items():
            for verb in ("UPDATE {t} SET {c} = 'x'", "DELETE FROM {t}", "TRUNCATE {t} CASCADE"):
                statement = verb.format(t=f"pgcustsec_internal.{table}", c=column)
                assert refusal(superuser, statement) == "CS604", statement
                for person in people:
                    assert refusal(person, statement) == "42501", statement


def value(person: psycopg.Connection[Any], statement: str, *parameters: object) -> Any:
    [(found,)] = person.execute(statement.encode(), parameters or None).fetchall()
    return found


def why(person: psycopg.Connection[Any]) -> tuple[str, str]:
    """What whoami() says is missing, and what to do about it."""
    [(reason, next_step)] = person.execute("SELECT reason, next_step FROM pgcustsec.whoami()").fetchall()
    return reason or "", next_step or ""


# --- agreements -------------------------------------------------------------------------------------------------------


def publish(broker: Broker, name: str, body: str, later: str | None = None, *, by: str = "qin") -> int:
    """Publish *body* over the login *by*, needed after the interval *later*."""
    with login(broker, by) as supervisor:
        return int(
            value(
                supervisor,
                "SELECT pgcustsec.publish_agreement(%s, %s, clock_timestamp() + %s::interval)",
                *(name, body, later),
            )
        )


def sign(person: psycopg.Connection[Any], name: str = "confidentiality") -> None:
    """Sign what they read."""
    digest = value(person, "SELECT digest FROM pgcustsec.my_agreements() WHERE agreement = %s", name)
    person.execute("SELECT pgcustsec.sign_agreement(%s, %s)", [name, digest])


def work(person: psycopg.Connection[Any], purpose: str = "selling") -> None:
    person.execute("SELECT pgcustsec.start_session(%s)", [purpose])


def apply(broker: Broker, matrix: Matrix) -> None:
    with broker.connect(broker.admin) as administrator:
        apply_matrix(administrator, matrix)


# --- suspensions ------------------------------------------------------------------------------------------------------


def suspend(broker: Broker, kind: str, code: str, *, by: str = "qin") -> int:
    """Suspend over the login *by*, and end nobody's connections; return the number."""
    with login(broker, by) as supervisor:
        return int(value(supervisor, "SELECT pgcustsec.suspend(%s, %s, 'list passed on')", kind, code))


def rectify(broker: Broker, number: int, *, by: str) -> None:
    with login(broker, by) as person:
        person.execute("SELECT pgcustsec.rectify(%s, 'copies shredded')", [number])


def reinstate(broker: Broker, number: int, *, by: str = "luo") -> None:
    with login(broker, by) as supervisor:
        supervisor.execute("SELECT pgcustsec.reinstate(%s, 'no copy found')", [number])


# --- the program ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    code: int
    out: str
    err: str


def shell(broker: Broker, name: str, *arguments: str, stdin: str = "", code: int = 0) -> Said:
    """Run `pgcustsec` as *name*, in this process; it has to end with *code*."""
    out, err = io.StringIO(), io.StringIO()
    command = ["pgcustsec", *arguments, "-d", broker.database.conninfo(broker.login(name))]
    with (
        patch.object(sys, "argv", command),
        patch.object(sys, "stdin", io.StringIO(stdin)),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        run()
    said = Said(int(ended.value.code or 0), out.getvalue(), err.getvalue())
    assert said.code == code, said
    return said


def looks(broker: Broker, *names: str) -> dict[str, str]:
    """What each of *names* is shown, by a connection that begins now."""
    found = {}
    for name in names:
        with login(broker, name) as person:
            found[name] = shows(person, name)
    return found


def at_work(broker: Broker, *names: str) -> None:
    for name in names:
        broker.person(name).close()
