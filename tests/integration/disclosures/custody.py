"""What custodians and supervisors do, over their own logins, with what the database answers (3.3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from tests.integration.clients.world import Broker

FILE = "SELECT pgcustsec.file_disclosure(%s, %s, %s, %s::text[], %s::jsonb, %s::text[], %s, %s, %s, %s, %s)"
#: Who asks, by what law, in which document.
COURT = ("北京市第一中级人民法院", "民事诉讼法 第七十条", "(2026)京01民初118号")


def call(connection: psycopg.Connection[Any], query: str, *parameters: object) -> Any:
    """Return the one cell of *query*, or, if it was refused, its SQLSTATE."""
    try:
        row = connection.execute(query.encode(), parameters or None).fetchone()
    except psycopg.Error as error:
        return error.sqlstate
    return row and row[0]


def name_custodian(broker: Broker, department: str, staff: str | None, by: str = "qin") -> Any:
    """Name *staff* the custodian of *department*, as the supervisor *by*; None, or the SQLSTATE of the refusal."""
    with broker.database.connect(user=broker.login(by)) as supervisor:
        return call(supervisor, "SELECT pgcustsec.name_custodian(%s, %s)", department, staff) or None


def disclosed(
    connection: psycopg.Connection[Any],
    columns: list[str] | None = None,
    *,
    kind: str = "disclosure",
    relation: str = "crm.customer",
    where: object = None,
    keys: list[str] | None = None,
    days: int = 3,
    court: tuple[str | None, ...] = COURT,
    max_rows: int | None = None,
) -> Any:
    """File a disclosure, of name and mobile by key 1 unless said; its number, or the SQLSTATE of the refusal."""
    keys = ["1"] if keys is None and where is None else keys
    predicate = None if where is None else json.dumps(where)
    columns = columns or ["name", "mobile"]
    return call(
        connection, FILE, kind, "disclosure", relation, columns, predicate, keys, days, *court, max_rows
    )  # fmt: skip


@contextmanager
def second_holder(broker: Broker, login: str = "li", staff: str = "S1") -> Iterator[None]:
    """Give *login* the custodian's role, whole: by the list of people and by membership, which is the cluster's."""
    group, member = broker.group("custodian"), broker.login(login)
    broker.database.execute(
        f"GRANT {group} TO {member}", f"INSERT INTO pgcustsec_internal.staff_role VALUES ('{staff}', 'custodian')"
    )
    try:
        yield
    finally:
        broker.database.execute(f"REVOKE {group} FROM {member}")
