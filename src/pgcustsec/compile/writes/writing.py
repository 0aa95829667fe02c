"""A role's way to write one table, as values: everything that its triggers, rights and defaults come from."""

from __future__ import annotations

from functools import cached_property

from pgcustsec.compile.quote import fitting, ident
from pgcustsec.compile.reading import (
    Reading,
    alias_of_top,
    customer_key,
    parent_joins,
    record_open,
    tier2_shows,
    writes,
)
from pgcustsec.compile.vault import Sealed, Vault, sealed_columns
from pgcustsec.matrix.model import Column
from pgcustsec.shape import ColumnShape

#: Columns that the table fills by itself whatever is given: see `ColumnShape.made_by`.
NEVER_GIVEN = frozenset({"always", "stored", "virtual"})


class Writing:
    """A role's way to write one table: everything that its trigger functions, grants and defaults come from."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.write = reading.access.write
        self.table = reading.table
        self.shape = reading.site.tables[reading.table.qualified]

    @cached_property
    def commands(self) -> list[str]:
        return writes(self.reading)

    @cached_property
    def refused(self) -> list[str]:
        """The commands that the matrix does not allow, where PostgreSQL would say something else of them."""
        # A sub-select below the view (`compile/views.py`): it is not writable, whoever has which right.
        kept_apart = bool(self.reading.lifted)
        return [one for one in ("INSERT", "UPDATE", "DELETE") if kept_apart and one not in self.commands]

    @cached_property
    def vault(self) -> Vault | None:
        sealed = sealed_columns(self.table, self.shape)
        return Vault(self.table, self.shape, sealed) if sealed else None

    @cached_property
    def sealed(self) -> dict[str, Sealed]:
        return {one.name: one for one in self.vault.sealed} if self.vault else {}

    @property
    def relation(self) -> str:
        return ident(*self.shape.relation)

    def column(self, name: str) -> ColumnShape:
        return self.shape.columns[name]

    def function_name(self, command: str) -> str:
        return fitting(f"{command.lower()} {self.reading.role.name}.{self.table.name}")

    @cached_property
    def viewed(self) -> list[Column]:
        return self.reading.columns

    @cached_property
    def stored(self) -> list[Column]:
        """The view's columns that show what is stored, where they do: all but tier 1 and what never shows."""
        return [c for c in self.viewed if c.tier == 3 or (c.tier == 2 and self.reading.tier2)]

    @cached_property
    def opened(self) -> list[Column]:
        """Columns of tier 1 that show, masked, and so can be written, while the record is open."""
        return [c for c in self.reading.opened if c.name in self.sealed]

    def open(self) -> str:
        """The condition that the record `t` is open, read as the viewer."""
        return self._from_top(record_open(self.reading, "t", customer_key(self.reading)))

    @cached_property
    def private(self) -> list[Column]:
        """Those of `stored` that show in some rows only."""
        always = self.reading.tier2_everywhere and self.reading.cleared_everywhere
        return [c for c in self.stored if c.tier == 2 and not always]

    def shows(self) -> str | None:
        """The condition that tier 2 of the row `t` shows, read as the viewer; None: it always does."""
        if not self.reading.tier2:
            return None
        shown = tier2_shows(self.reading, alias_of_top(self.reading))
        return shown and self._from_top(shown)

    def _from_top(self, condition: str) -> str:
        """*condition*, in which the row's customer is read under its alias, as one of the row `t` alone."""
        alias = alias_of_top(self.reading)
        if alias == "t" or f"{ident(alias)}." not in condition:
            return f"COALESCE({condition}, false)"
        first, *more = parent_joins(self.reading.matrix, self.table, "t")
        _, _, source = first.partition("JOIN ")
        source, _, match = source.partition(" ON ")
        joins = "".join(f" {line.strip()}" for line in more)
        return f"EXISTS (SELECT FROM {source}{joins} WHERE {match} AND ({condition}))"
