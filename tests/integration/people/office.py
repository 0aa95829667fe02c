"""An office: a database with what applying a matrix leaves there, and its administrator, who is no superuser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pgcustsec.db import Connection, connect
from pgcustsec.people import Login, Outcome, add_staff, create_login
from tests.cluster import Database

PASSWORD = "correct horse battery staple"

#: role -> department, in matrix order, which is not the alphabet's.
ROLES = {"seller": "sales", "boss": "sales", "agent": "service"}


@dataclass(frozen=True)
class Office:
    """`administrator` owns the database, may create roles, and may act as pgcustsec_owner without inheriting it."""

    database: Database
    prefix: str
    administrator: str

    def connect(self) -> Connection:
        """A connection of the administrator's, as the command line opens it."""
        return connect(self.database.conninfo(self.administrator))

    def ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """What a superuser sees."""
        with self.database.connect() as connection:
            return connection.execute(query, parameters or None).fetchall()

    def login(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def add(self, number: str, *roles: str, **more: Any) -> None:
        with self.connect() as connection:
            add_staff(
                connection,
                number,
                **({"name": f"name {number}", "department": "sales", "branch": "BJ"} | more),
                roles=roles,
            )

    def give_login(self, number: str, name: str, password: str = PASSWORD, **more: Any) -> Outcome[Login]:
        with self.connect() as connection:
            return create_login(connection, self.login(name), staff=number, password=password, **more)

    def groups_of(self, login: str) -> set[str]:
        rows = self.ask(
            "SELECT r.rolname FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.roleid"
            " WHERE m.member = (SELECT oid FROM pg_roles WHERE rolname = %s)",
            self.login(login),
        )
        return {row[0].removeprefix(self.prefix) for row in rows}

    def search_path_of(self, login: str) -> str | None:
        rows = self.ask(
            "SELECT setconfig[1] FROM pg_db_role_setting WHERE setrole = (SELECT oid FROM pg_roles WHERE rolname = %s)",
            self.login(login),
        )
        return rows[0][0] if rows else None

    def everything(self) -> list[list[tuple[Any, ...]]]:
        """All that a command here can change; equal before and after means that nothing was."""
        return [
            self.ask("SELECT * FROM pgcustsec_internal.staff ORDER BY 1"),
            self.ask("SELECT * FROM pgcustsec_internal.staff_role ORDER BY 1, 2"),
            self.ask(
                "SELECT r.rolname, r.rolcanlogin, r.rolpassword, r.rolvaliduntil, s.setconfig, array_agg(m.roleid)"
                " FROM pg_authid AS r LEFT JOIN pg_auth_members AS m ON m.member = r.oid"
                " LEFT JOIN pg_db_role_setting AS s ON s.setrole = r.oid"
                " WHERE starts_with(r.rolname, %s) GROUP BY r.oid, s.setconfig, 1, 2, 3, 4 ORDER BY 1",
                self.prefix,
            ),
        ]
