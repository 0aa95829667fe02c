"""
Checking beside a database: what is in it is followed as it is now, and PostgreSQL's own word is asked on a statement.

An administrator's connection asks what a statement depends on; who holds the role asks whether they may run it.
"""

from __future__ import annotations

from pgcustsec.catalog.probing import PROBED, Probe, may_run, probe
from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix
from pgcustsec.query.check import Checker
from pgcustsec.query.comparing import agree
from pgcustsec.query.report import Report
from pgcustsec.query.taking import roles_of_login, take_snapshot

#: Relations that the viewer of a role can name as its holders can.
_VIEWERS = frozenset({"view", "cte", "catalog"})


class OnlineChecker:
    """Checks as `Checker` does, and compares with what PostgreSQL says: a disagreement is an error of ours, refused."""

    def __init__(self, connection: Connection, matrix: Matrix) -> None:
        self._connection = connection
        self._matrix = matrix
        self._checker = Checker(matrix, take_snapshot(connection, matrix))
        self._held = roles_of_login(connection, matrix)

    @property
    def roles(self) -> list[str]:
        return self._checker.roles

    def check(self, text: str, role: str) -> list[Report]:
        """
        Return what each statement of *text* would reveal to who holds *role*. Runs none of them.

        Raises `UsageError` where the matrix has no such role, and `NotAllowed` where the connected login neither holds
        the role nor may act as its viewer.
        """
        reports = self._checker.check(text, role)
        for report in reports:
            if report.kind in PROBED and not report.faults and (found := self._probe(report, role)):
                agree(report, found, self._matrix)
        return reports

    def _probe(self, report: Report, role: str) -> Probe | None:
        """What PostgreSQL says; None where nobody can be asked: a script's own table, a schema closed to the viewer."""
        whats = {named.what for named in report.relations}
        if "temporary" in whats:
            return None
        if role in self._held:
            return may_run(self._connection, report.text, [role])
        if not whats <= _VIEWERS or any(call.schema not in (None, "pg_catalog") for call in report.calls):
            return None
        viewer, group = self._matrix.viewer_role(role), self._matrix.group_role(role)
        return probe(self._connection, report.text, [role], viewer=viewer, group=group)
