"""Requests that were filed and approved by the people whom the matrix names, each over their own login."""

from __future__ import annotations

import json
from typing import Any

import psycopg

from tests.integration.clients.world import Broker

#: Who approves a request of whom, in order: the manager where there is one, and the legal officer.
CHAIN = {"li": ("zhao", "luo"), "wang": ("zhao", "luo"), "ouyang": ("luo",)}

BJ = ({"column": "branch_code", "is": "=", "value": "BJ"},)


def asked(
    person: psycopg.Connection[Any],
    columns: str,
    *,
    keys: list[str] | None = None,
    where: tuple[dict[str, Any], ...] | None = None,
    table: str = "crm.customer",
    kind: str = "special",
    purpose: str = "selling",
    days: int = 3,
    max_rows: int | None = None,
) -> int:
    """File a request over the login of *person*, for *columns* in one text, and return its number."""
    [(number,)] = person.execute(
        "SELECT pgcustsec.file_request(%s, %s, %s, %s, %s, %s, %s, %s)",
        [kind, purpose, table, columns.split(), json.dumps(where) if where else None, keys, days, max_rows],
    ).fetchall()
    return int(number)


def approve(broker: Broker, number: int, *approvers: str) -> None:
    """Approve step by step, each over their own login."""
    for login in approvers:
        with broker.database.connect(user=broker.login(login)) as approver:
            approver.execute("SELECT pgcustsec.decide_request(%s, 'approve', 'needed')", [number])


def approved(broker: Broker, person: psycopg.Connection[Any], columns: str, *, of: str = "li", **terms: Any) -> int:
    """File a request of *of*'s and have it approved; return its number."""
    number = asked(person, columns, **terms)
    approve(broker, number, *CHAIN[of])
    return number
