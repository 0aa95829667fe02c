# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
The small broker with two applications, and fifty agents who have no login of their own: they come over the web.

`web` speaks for agents of both kinds. `kiosk` speaks for sales agents, a minute at most, and without a token sees tier 3 of
what is anybody's. Agent A07 serves one customer: name 王小丆, mobile 13800000007, health ill-A07.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import psycopg

from pgcustsec.client import SigningKey, Speaker
from pgcustsec.matrix.model import Application
from pgcustsec.migrate import apply_matrix
from pgcustsec.vault import seal
from tests.cluster import Database, Server, unique
from tests.signing import make_key
from tests.work import WORK
from tests.worlds import World, crm_world

AGENTS = [f"A{number:02}" for number in range(1, 51)]

_AGENTS = """
INSERT INTO pgcustsec_internal.staff (staff_id, full_name, department_code, branch_code)
    SELECT a, 'N. ' || a, 'sales', 'GZ' FROM unnest(%(agents)s::text[]) AS a;
INSERT INTO pgcustsec_internal.staff_role SELECT a, 'sales_agent' FROM unnest(%(agents)s::text[]) AS a;
INSERT INTO crm.customer (status, owner_staff_id, branch_code, name, mobile, health)
    SELECT 'customer', a, 'GZ', '王小' || chr(19968 + right(a, 2)::int), '138000000' || right(a, 2), 'ill-' || a FROM unnest(%(agents)s::text[]) AS a;
"""

#: Whose tier 2, and whose tier 1, is in a text.
_TIER2, _TIER1 = re.compile(r"ill-(A\d\d)"), re.compile(r"138[*0]{4,6}(?:00)?(\d\d)\b")


@dataclass
class Office(World):
    """The world, or a copy of it for one test."""

    def key(self, application: str = "web", **how: Any) -> SigningKey:
        """Give the application another key."""
        return make_key(self.database, self.login(application), **how)

    def speaker(self, staff: str = "S1", role: str = "sales_agent", **said: Any) -> Speaker:
        """Somebody at work through an application, `web` unless a key is given."""
        return Speaker(said.pop("key", None) or self.key(), staff=staff, role=role, purpose=WORK, **said)

    def web(self, login: str = "web", **parameters: Any) -> psycopg.Connection[Any]:
        """A connection of the application's."""
        return self.database.connect(user=self.login(login), **parameters)

    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What the superuser reads."""
        with self.database.connect() as connection:
            return connection.execute(query.encode(), parameters or None).fetchall()


def tier2_in(rows: list[tuple[Any, ...]]) -> set[str]:
    """The agents whose customers' tier 2 is in *rows*."""
    return set(_TIER2.findall(str(rows)))


def tier1_in(rows: list[tuple[Any, ...]]) -> set[str]:
    """The agents whose customers' tier 1 is in *rows*, masked or not."""
    return {f"A{number}" for number in _TIER1.findall(str(rows))}


@contextmanager
def built(server: Server) -> Iterator[Office]:
    """The world in a database of its own, which `copy` clones; its roles end with the block."""
    with crm_world(server) as world:
        applications = {
            **world.matrix.applications,
            "kiosk": Application("kiosk", ("sales_agent",), anonymous="tier3", token_minutes=1),
        }
        office = Office(world.database, world.prefix, replace(world.matrix, applications=applications))
        with office.database.connect() as connection, psycopg.ClientCursor(connection) as cursor:
            cursor.execute(_AGENTS, {"agents": AGENTS})
        with office.connect(office.admin) as connection:
            connection.execute(f"CREATE ROLE {office.login('kiosk')} LOGIN".encode())
            apply_matrix(connection, office.matrix)
        with office.connect(office.admin) as connection:
            seal(connection, office.matrix)
        yield office


@contextmanager
def copy(office: Office) -> Iterator[Office]:
    """A copy of *office*'s database, for one test."""
    server = office.database.server
    database = server.create_database(unique("office_"), office.database.name)
    try:
        yield replace(office, database=Database(server, database.name))
    finally:
        server.drop_database(database.name)
