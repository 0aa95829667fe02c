"""The words that staff are described with, as the applied matrix has them, and the nearest right one to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from pgcustsec.catalog.queries import ask
from pgcustsec.db import Connection
from pgcustsec.errors import UsageError

#: So few that an error can name them all.
_FEW = 8


@dataclass(frozen=True, slots=True)
class RoleWord:
    """A role of the matrix: its code, its group role in the cluster, and the department whose part it is."""

    code: str
    group_role: str
    department: str


@dataclass(frozen=True, slots=True)
class Words:
    """Titles by code of branches and departments; roles by code, in matrix order."""

    branches: Mapping[str, str]
    departments: Mapping[str, str]
    roles: Mapping[str, RoleWord]

    def branch(self, code: str) -> str:
        """Return *code*, a branch. Raises `UsageError` with the nearest right word."""
        return _known("branch", code, self.branches)

    def department(self, code: str) -> str:
        """Return *code*, a department. Raises `UsageError` with the nearest right word."""
        return _known("department", code, self.departments)

    def role(self, code: str) -> str:
        """Return *code*, a role. Raises `UsageError` with the nearest right word, also for a group role's name."""
        groups = {code: word.group_role for code, word in self.roles.items()}
        return _known("role", code, groups)

    def held(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Return *codes* in matrix order, each with its group role."""
        wanted = set(codes)
        return [(word.code, word.group_role) for word in self.roles.values() if word.code in wanted]

    def outside(self, codes: Iterable[str], department: str) -> list[str]:
        """Return a sentence for each role that is not *department*'s part: allowed, but worth a look."""
        return [
            f"role {code} is the part of department {self.roles[code].department}, this person is in {department} (5.3)"
            for code in codes
            if self.roles[code].department != department
        ]


def read_words(connection: Connection) -> Words:
    """Return what the applied matrix offers, read as pgcustsec_owner. Raises `UsageError` when none was applied."""
    rows = ask(connection, "people_words")
    if not rows:
        raise UsageError(
            "no matrix has been applied to this database, so there are no departments, branches and roles",
            hint=f"run: pgcustsec apply -m matrix.yaml -d {connection.info.dbname}",
        )
    return Words(
        branches={code: title for kind, code, title, *_ in rows if kind == "branch"},
        departments={code: title for kind, code, title, *_ in rows if kind == "department"},
        roles={r[1]: RoleWord(r[1], r[3], r[4]) for r in rows if r[0] == "role"},
    )


def _known(kind: str, code: str, titles: Mapping[str, str]) -> str:
    if code in titles:
        return code
    raise UsageError(f"no {kind} {code!r}{nearest(code, titles)}", hint=_choice(kind, titles))


def nearest(word: str, titles: Mapping[str, str]) -> str:
    """Return `; did you mean ...?` for the code that *word* most looks like, or whose title it is; else nothing."""
    by_title = [code for code, title in titles.items() if title == word]
    by_case = [code for code in titles if code.casefold() == word.casefold()]
    near = by_title or by_case or get_close_matches(word, titles, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _choice(kind: str, titles: Mapping[str, str]) -> str:
    if not titles:
        return f"the applied matrix has none: add a {kind} to it and apply it"
    shown = ", ".join(list(titles)[:_FEW])
    return f"of the applied matrix: {shown}{', ...' if len(titles) > _FEW else ''}"
