"""Which names mean what at a place of a statement: the relations of FROM, their columns, common table expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pgcustsec.query.sources import NOTHING, Reach, together


@dataclass(slots=True)
class Item:
    """
    One entry of FROM under its alias: its columns in order, a name more than once where it is.

    `others`: what a column reaches that is not listed; None where all are known. `counted`: whether `*` is just these.
    """

    alias: str
    columns: Sequence[tuple[str, Reach]]
    others: Reach | None = None
    #: `schema.name` of a relation without an alias, by which it may be named as well.
    qualified: str | None = None
    #: Whether its alias names columns anew, which its rows as JSON do not know of.
    renamed: bool = False
    by_name: dict[str, Reach] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, reach in self.columns:
            self.by_name[name] = self.by_name[name].also(reach) if name in self.by_name else reach

    @property
    def counted(self) -> bool:
        return self.others is None

    @property
    def whole(self) -> Reach:
        """The row as one value."""
        found = together([reach for _, reach in self.columns]) if self.columns else NOTHING
        return found if self.others is None else found.also(self.others)

    def column(self, name: str) -> Reach | None:
        return self.by_name.get(name, self.others)


@dataclass(slots=True)
class From:
    """
    What FROM makes visible: items by alias, and columns that can be named without one, in the order of `*`.

    A join with USING or NATURAL merges two columns in one; one with an alias hides the items within.
    """

    items: list[Item] = field(default_factory=list)
    #: The columns of `*`; None in place of columns that are not known.
    star: list[tuple[str, Reach] | None] = field(default_factory=list)
    #: Items whose columns are named by their alias alone: within a join that has one.
    bare: dict[str, Reach] = field(default_factory=dict)
    #: What a name reaches that is in no item whose columns are all known.
    others: Reach | None = None

    def add(self, item: Item) -> None:
        self.items.append(item)
        for name, reach in item.columns:
            self.star.append((name, reach))
            self.bare[name] = self.bare[name].also(reach) if name in self.bare else reach
        if item.others is not None:
            self.star.append(None)
            self.others = item.others if self.others is None else self.others.also(item.others)

    def join(self, other: From) -> None:
        """Take in *other*, side by side."""
        self.items += other.items
        self.star += other.star
        for name, reach in other.bare.items():
            self.bare[name] = self.bare[name].also(reach) if name in self.bare else reach
        if other.others is not None:
            self.others = other.others if self.others is None else self.others.also(other.others)

    def merge(self, names: Sequence[str]) -> None:
        """Make one column each of the two of every name of *names*; they come first in `*`."""
        # Where one side's columns are not all known, one of those may have the name.
        first = [(name, self.bare.get(name, NOTHING).also(self.others or NOTHING)) for name in names]
        rest = [one for one in self.star if one is None or one[0] not in names]
        self.star = [*first, *rest]
        self.bare.update(first)

    def also(self, item: Item, more: Mapping[str, Reach]) -> None:
        """Let columns of *item*, one of these, reach *more* than they did."""
        item.columns = [(name, reach.also(more.get(name, NOTHING))) for name, reach in item.columns]
        item.by_name = {name: reach.also(more.get(name, NOTHING)) for name, reach in item.by_name.items()}
        self.star = [one and (one[0], one[1].also(more.get(one[0], NOTHING))) for one in self.star]
        self.bare = {name: reach.also(more.get(name, NOTHING)) for name, reach in self.bare.items()}

    def item(self, alias: str) -> Item | None:
        return next((item for item in self.items if item.alias == alias), None)

    def qualified(self, name: str) -> Item | None:
        return next((item for item in self.items if item.qualified == name), None)


@dataclass(slots=True)
class Scope:
    """A level of a statement: what it makes visible, the level around it, the common table expressions so far."""

    outer: Scope | None = None
    visible: From = field(default_factory=From)
    ctes: dict[str, Item] = field(default_factory=dict)
    #: What the windows of WINDOW are parted and ordered by.
    windows: dict[str, Reach] = field(default_factory=dict)
    #: Its output columns by name, where ORDER BY and GROUP BY may name them.
    outputs: dict[str, Reach] = field(default_factory=dict)
    #: The variables of the function around it. A name of one is not taken for a column that nobody classified:
    #: PL/pgSQL would refuse it.
    variables: frozenset[str] = frozenset()

    def levels(self) -> Iterator[Scope]:
        level: Scope | None = self
        while level is not None:
            yield level
            level = level.outer

    def cte(self, name: str) -> Item | None:
        return next((level.ctes[name] for level in self.levels() if name in level.ctes), None)

    def column(self, name: str) -> Reach | None:
        """
        What a name without an alias reaches: a column of the nearest level that has one, else a whole row.

        Where not all columns of a level are known, it may be one of those as well as what is found further out.
        """
        perhaps: Reach | None = None
        for level in self.levels():
            if name in level.visible.bare:
                found = level.visible.bare[name]
                return found if perhaps is None else found.also(perhaps)
            if (others := level.visible.others) is not None and not self._is_variable(name):
                perhaps = others if perhaps is None else perhaps.also(others)
        if item := self.item(name):
            return item.whole if perhaps is None else item.whole.also(perhaps)
        return perhaps

    def _is_variable(self, name: str) -> bool:
        return any(name in level.variables for level in self.levels())

    def item(self, alias: str) -> Item | None:
        return next((item for level in self.levels() if (item := level.visible.item(alias))), None)

    def qualified(self, name: str) -> Item | None:
        return next((item for level in self.levels() if (item := level.visible.qualified(name))), None)
