"""What is said of a statement: its output columns, its uses of columns, and why it is refused, if it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pgcustsec.query.sources import Reach
from pgcustsec.query.verdict import Verdict, of_output, of_use

#: A node's fields, as libpg_query writes them in JSON.
Fields = dict[str, Any]
#: In place of a key: here a part of the tree ends.
_END = "(end)"
#: Kinds with nothing below them that is a node. Names in lists are none, and are read from the lists.
_LEAVES = frozenset({"ColumnRef", "A_Const", "ParamRef"})

#: Where a use stands in a statement. "rows": a function makes as many rows of it as it likes, or a view
#: has more or fewer by it. "call": a function that
#: nobody knows runs there, and may do more than give a value back.
USES = (
    *("where", "join", "having", "group", "order", "distinct", "window", "limit", "set operation", "conflict"),
    *("rows", "call"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """An output column. `at` is where its expression, or its star, is written: a byte of the text."""

    name: str
    reach: Reach
    at: int

    @property
    def verdict(self) -> Verdict:
        return of_output(self.reach)[0]

    @property
    def tier(self) -> int | None:
        return of_output(self.reach)[1]


@dataclass(frozen=True, slots=True)
class Use:
    """A predicate, ordering, grouping or join: `where` it stands is one of `USES`."""

    where: str
    reach: Reach
    at: int

    @property
    def verdict(self) -> Verdict:
        return of_use(self.reach)[0]

    @property
    def tier(self) -> int | None:
        return of_use(self.reach)[1]


@dataclass(frozen=True, slots=True)
class Write:
    """That a column of a relation (None: not known which) is written with what *reach* says."""

    relation: str
    column: str | None
    reach: Reach
    at: int


@dataclass(frozen=True, slots=True)
class Named:
    """A relation as a statement names it: read, inserted, updated, deleted, locked; `what` it is, None if unknown."""

    name: str
    how: str
    what: str | None
    table: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function call: its name as written, in lower case unless quoted, and what its arguments reach."""

    schema: str | None
    name: str
    arguments: Reach
    at: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the database refuses the statement, or why nobody can say what it is."""

    message: str
    hint: str
    at: int


@dataclass
class Report:
    """
    A statement and what it would reveal to a role. `kind` is the grammar's (`SelectStmt`); `destination` where its
    rows go if not to the caller: a table, a file, a program. `at` is where it begins, in bytes of the whole text, as
    are all places.
    """

    text: str
    role: str
    kind: str
    columns: list[Column] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    relations: list[Named] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    destination: str | None = None
    #: Where the statement begins in the text that was checked, in bytes.
    at: int = 0
    #: What each name of a column reaches, by its place in the text.
    reads: dict[int, Reach] = field(default_factory=dict, repr=False)
    #: The grammar's tree of the statement, for rules.
    tree: Fields = field(default_factory=dict, repr=False)
    #: What several rules ask of it, worked out once.
    facts: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def nodes(self) -> dict[str, list[Fields]]:
        """The fields of all nodes of the tree, by their kind or else their key, in the order of the tree."""
        found: dict[str, list[Fields]] = {}
        for kind, fields in self._flat[0]:
            found.setdefault(kind, []).append(fields)
        return found

    def below(self, tree: Any) -> list[tuple[str, Fields]]:
        """Each node below *tree*, a part of the statement's tree or a list of such, with its kind, in order."""
        if isinstance(tree, list):
            return [found for part in tree for found in self.below(part)]
        flat, spans = self._flat
        if (span := spans.get(id(tree))) is not None:
            return flat[span[0] + 1 : span[1]]
        if not tree or len(tree) != 1:
            return []
        # Fields with their kind: the node itself is below that.
        begin, end = spans.get(id(next(iter(tree.values()))), (0, 0))
        return flat[begin:end]

    @cached_property
    def _flat(self) -> tuple[list[tuple[str, Fields]], dict[int, tuple[int, int]]]:
        """All nodes of the tree in order, and of the fields of each where it stands, and where those below it end."""
        # In steps, not in calls: a chain of a thousand ORs is a thousand deep.
        flat: list[tuple[str, Fields]] = []
        spans: dict[int, tuple[int, int]] = {}
        waiting: list[tuple[str, Any]] = list(self.tree.items())
        while waiting:
            key, one = waiting.pop()
            if key is _END:
                spans[one[0]] = (one[1], len(flat))
                continue
            place = len(flat)
            if key in _LEAVES:
                flat.append((key, one))
                spans[id(one)] = (place, place + 1)
                continue
            before = len(waiting)
            # The sides of a set operation are told by no kind.
            flat.append(("SelectStmt" if key in ("larg", "rarg") and "op" in one else key, one))
            waiting.append((_END, (id(one), place)))
            for name in reversed(one):
                value = one[name]
                if type(value) is dict:
                    waiting.append((name, value))
                elif type(value) is list:
                    for part in reversed(value):
                        if type(part) is dict and "String" not in part:
                            waiting.extend(part.items())
            if len(waiting) == before + 1:
                waiting.pop()
                spans[id(one)] = (place, place + 1)
        return flat, spans

    @property
    def verdict(self) -> Verdict:
        """The worst of all its columns and uses; refused where it has a fault."""
        if self.faults:
            return Verdict.REFUSED
        everything: list[Column | Use] = [*self.columns, *self.uses]
        found = {one.verdict for one in everything if not _harmless(one)}
        return next((verdict for verdict in Verdict if verdict in found), Verdict.HIDDEN)


def _harmless(one: Column | Use) -> bool:
    return one.verdict is Verdict.REVEALED and one.tier == 3
