"""How many findings there are of which level, and what every format says of them the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pgcustsec.query.results import Checked, Origin, Seen, Statement, Told, Unchecked
from pgcustsec.query.verdict import Verdict

LEVELS = ("note", "warning", "error")


class Finding(NamedTuple):
    """A finding, with its file, the role that it is told of, and its statement in one line."""

    file: str
    role: str
    told: Told
    statement: str


def all_told(checked: Checked) -> Iterator[Finding]:
    """Yield each finding; what is not read is a note, to no role and of no statement."""
    for statement in checked.statements:
        yield from (Finding(statement.file, statement.role, told, first_line(statement)) for told in statement.told)
    yield from unread(checked)


def unread(checked: Checked) -> Iterator[Finding]:
    for one in checked.unchecked:
        if one.level == "unread":
            yield Finding(one.file, "", _unread(one), "")


def path(file: str) -> str:
    """Return *file* as programs know it that look at a whole repository: below its folder, with slashes."""
    return file.replace("\\", "/").removeprefix("./")


def count(checked: Checked, level: str) -> int:
    """Return how many findings there are of *level* or a worse one."""
    return sum(LEVELS.index(one.told.level) >= LEVELS.index(level) for one in all_told(checked))


def summary(checked: Checked) -> str:
    """Return in one line what was checked, and how many findings there are."""
    levels = Counter(one.told.level for one in all_told(checked))
    statements = len({(one.file, one.begin) for one in checked.statements})
    what = (_many(statements, "statement"), _many(len(checked.files), "file"), _many(len(checked.roles), "role"))
    findings = ", ".join(_many(levels[level], level) for level in reversed(LEVELS))
    return f"{what[0]} in {what[1]} for {what[2]}: {findings}"


def harmless(one: Seen) -> bool:
    """Whether it is of tier 3, or of nobody."""
    if one.verdict is Verdict.HIDDEN:
        return not one.origins and not one.opaque
    return one.verdict is Verdict.REVEALED and one.tier == 3


def sentence(told: Told, role: str) -> str:
    """Return a finding as a sentence or two for who sees nothing else of it."""
    to = f"{role}: " if role else ""
    return f"{to}{told.message}. Instead: {told.instead}. (policy article {told.article})"


def reached(origin: Origin, matrix: str) -> str:
    """Return where a value comes from: the column, its matrix line, and its way."""
    way = f", by {' < '.join(origin.path)}" if origin.path else ""
    return f"{origin.column} ({matrix}:{origin.matrix_line}){way}"


def first_line(statement: Statement) -> str:
    """Return the statement's text in one line."""
    return " ".join(statement.text.split())


def _unread(one: Unchecked) -> Told:
    return Told(
        "unread",
        "what is not checked",
        "note",
        one.message,
        "check it where it is written, or look at it by hand",
        "What is not in the file cannot be read from it.",
        "5.2.5",
        one.place,
    )


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
