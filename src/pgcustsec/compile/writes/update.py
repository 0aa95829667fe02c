"""UPDATE and DELETE through a view: what differs from what was shown, where it was shown."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import indent

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.vault import record_key
from pgcustsec.compile.writes.parts import (
    as_text,
    closed_again,
    differs,
    hidden_again,
    is_empty,
    key_values,
    named_if,
    names,
    record_change,
    refusal,
    refuse,
    returning,
    shape_refusals,
)
from pgcustsec.compile.writes.writing import NEVER_GIVEN, Writing
from pgcustsec.objects import INTERNAL_SCHEMA


@dataclass(frozen=True, slots=True)
class _Updated:
    """The columns of an UPDATE by what becomes of them."""

    open: list[str]
    private: list[str]
    names: list[str]
    #: Tier 1 that shows, masked, while the record is open.
    opened: list[str]
    unseen: list[str]
    others: list[str]

    @property
    def tier2(self) -> list[str]:
        return [*self.private, *self.names]

    @property
    def sealed(self) -> list[str]:
        return [*self.names, *self.opened]


def _sorted_out(writing: Writing) -> _Updated:
    mine = {name for name in writing.write.update if writing.column(name).made_by not in NEVER_GIVEN}
    stored = {c.name: c for c in writing.stored}
    opened = [c.name for c in writing.opened if c.name in mine]
    return _Updated(
        open=[n for n, c in stored.items() if n in mine and c.tier == 3],
        private=[n for n, c in stored.items() if n in mine and c.tier == 2 and n not in writing.sealed],
        names=[n for n, c in stored.items() if n in mine and n in writing.sealed],
        opened=opened,
        unseen=[c.name for c in writing.viewed if c.name in mine and c.name not in (*stored, *opened)],
        others=[c.name for c in writing.viewed if c.name not in mine],
    )


def update(writing: Writing) -> str:
    """Write what differs from what was shown, where it was shown; the rest stays as it is stored."""
    columns = _sorted_out(writing)
    guarded = [*columns.tier2, *columns.opened]
    # Whether a column changes is a variable of its own: easily read where PostgreSQL begins the UPDATE anew each time.
    # What few changes need stands behind an IF: an expression is made ready anew in each transaction that comes to it.
    changed = {name: f"changed_{i}" for i, name in enumerate((*columns.open, *guarded))}
    if not changed:
        return _update_of_nothing(writing, columns)
    masks = {name: f"masked_{i}" for i, name in enumerate(columns.sealed)}
    declared = "".join(
        f"    {flag} boolean := {differs(writing, name, 'NEW', 'OLD')};\n" for name, flag in changed.items()
    )
    declared += "".join(f"    {masked} {writing.column(name).type};\n" for name, masked in masks.items())
    match = " AND ".join(f"{ident('t', name)} = OLD.{ident(name)}" for name in writing.table.key)
    sets = ", ".join(
        f"{ident(name)} = CASE WHEN {flag} THEN {masks.get(name, f'NEW.{ident(name)}')} ELSE {ident('t', name)} END"
        for name, flag in changed.items()
    )
    needs = _what_must_show(writing, columns)
    condition = "".join(f"\n        AND (NOT ({_any(changed, names)}) OR {needed})" for _, names, needed in needs)
    condition += "".join(f"\n        AND (NOT {flag} OR {_as_read(writing, name)})" for name, flag in changed.items())
    hidden = "".join(
        f"        IF ({_any(changed, names)}) AND EXISTS (SELECT FROM {writing.relation} AS t WHERE {match} AND"
        f" {needed} IS NOT TRUE) THEN\n"
        f"            {refuse(writing, state, named_if([(name, changed[name]) for name in names]))};\n"
        f"        END IF;\n"
        for state, names, needed in needs
    )
    return f"""\
DECLARE
    shown boolean;
    opened boolean;
    recorded boolean;
    given record := NEW;
{declared}\
BEGIN
{refusal(writing, "CS406", [(name, differs(writing, name, "NEW", "OLD")) for name in columns.others])}\
{refusal(writing, "CS402", [(name, differs(writing, name, "NEW", "OLD")) for name in columns.unseen])}\
{_clears_refused(writing, {name: changed[name] for name in guarded})}\
{_masked(writing, masks, changed)}\
    IF NOT ({" OR ".join(changed.values())}) THEN
        -- OLD: NEW may be equal and look otherwise, as 1.0 and 1.00.
        RETURN OLD;
    END IF;
{_seal_first(writing)}\
    UPDATE {writing.relation} AS t
    SET {sets}
    WHERE {match}{condition}{returning(writing, opened=True)};
    IF NOT FOUND THEN
{hidden}\
{_refuse_overtaken(writing, match, named_if(list(changed.items())))}\
        RETURN NULL;
    END IF;
{_record_update(writing, columns, changed)}\
{hidden_again(writing)}\
{closed_again(writing)}\
    RETURN NEW;
END;"""


def _as_read(writing: Writing, name: str) -> str:
    """The condition that the row `t` is still as the statement read it; what a request lifts was read in full."""
    same = f"NOT {differs(writing, name, 't', 'OLD')}"
    if name not in writing.sealed or all(c.name != name for c in writing.reading.lifted):
        return same
    masked = writing.sealed[name].masked(f"OLD.{ident(name)}")
    return f"({same} OR {ident('t', name)} IS NOT DISTINCT FROM {masked})"


def _what_must_show(writing: Writing, columns: _Updated) -> list[tuple[str, list[str], str]]:
    """Of what is seen in some rows only: the refusal where it is not, the columns, the condition that it is."""
    needs = []
    shows = writing.shows() if columns.tier2 and writing.private else None
    if shows:
        needs.append(("CS402", columns.tier2, shows))
    if columns.opened:
        needs.append(("CS203", columns.opened, writing.open()))
    return needs


def _any(changed: dict[str, str], names: list[str]) -> str:
    return " OR ".join(changed[name] for name in names)


def _clears_refused(writing: Writing, changed: dict[str, str]) -> str:
    """Refuse to empty one of the columns in *changed*, whose variables say whether it changes, unless it is said."""
    emptied = [f"{flag} AND {is_empty(writing, name, 'NEW')}" for name, flag in changed.items()]
    clears = [
        (
            name,
            f"{flag} AND {is_empty(writing, name, 'NEW')} AND NOT ({is_empty(writing, name, 'OLD')})"
            f" AND {literal(name)} <> ALL (COALESCE({INTERNAL_SCHEMA}.clearing(), '{{}}'::text[]))",
        )
        for name, flag in changed.items()
    ]
    return _where(emptied, refusal(writing, "CS403", clears))


def _masked(writing: Writing, masks: dict[str, str], changed: dict[str, str]) -> str:
    """Put the masked forms of the columns in *masks* into their variables, if any of them changes to a true value."""
    assigned = "".join(
        f"    {masked} := {writing.sealed[name].masked(f'NEW.{ident(name)}')};\n" for name, masked in masks.items()
    )
    return _where([changed[name] for name in masks], shape_refusals(writing, list(masks), changed) + assigned)


def _where(conditions: list[str], statements: str) -> str:
    """*statements*, come to only where one of *conditions* holds."""
    if not conditions:
        return ""
    any_ = "\n        OR ".join(conditions)
    return f"    IF {any_} THEN\n{indent(statements, '    ')}    END IF;\n"


def _refuse_overtaken(writing: Writing, match: str, columns: str) -> str:
    """
    Where the row is there after all, others changed it since it was read: what was worked out from it is out of date.

    PostgreSQL's own UPDATE and DELETE would read the row again; a trigger has only what the statement read.
    """
    return f"""\
        IF EXISTS (SELECT FROM {writing.relation} AS t WHERE {match}) THEN
            {refuse(writing, "40001", columns)};
        END IF;
"""


def _update_of_nothing(writing: Writing, columns: _Updated) -> str:
    return f"""\
BEGIN
{refusal(writing, "CS406", [(name, differs(writing, name, "NEW", "OLD")) for name in columns.others])}\
{refusal(writing, "CS402", [(name, differs(writing, name, "NEW", "OLD")) for name in columns.unseen])}\
    RETURN NEW;
END;"""


def _seal_first(writing: Writing) -> str:
    """Until all of the table is sealed, a row may still hold true values, which its CHECKs would stop at."""
    vault = writing.vault
    if not vault or writing.shape.sealed >= writing.sealed.keys():
        return ""
    return f"    PERFORM {INTERNAL_SCHEMA}.{ident(vault.seal_name)}({key_values('OLD', writing)});\n"


def _record_update(writing: Writing, columns: _Updated, changed: dict[str, str]) -> str:
    """Who changed what: tier 2 with its values, names by way of the vault; tier 3 leaves no trace (3.1)."""
    key = record_key(writing.table, writing.shape, "OLD")
    lines = ""
    for name in columns.private:
        values = f"{as_text(writing, name, 'OLD')}, {as_text(writing, name, 'given')}"
        lines += _where([changed[name]], record_change(writing, key, "changed", f"{literal(name)}, {values}"))
    if columns.sealed and writing.vault:
        values = ", ".join(
            f"given.{ident(name)}" if name in columns.sealed else f"NULL::{one.shape.plain_type}"
            for name, one in writing.sealed.items()
        )
        named = named_if([(name, changed[name]) for name in columns.sealed])
        call = f"{ident(writing.vault.change_name)}({key_values('NEW', writing)}, {named}, {values})"
        lines += _where([changed[name] for name in columns.sealed], f"    recorded := {INTERNAL_SCHEMA}.{call};\n")
    return lines


def delete(writing: Writing) -> str:
    """Delete the row; the vault's goes with it by foreign key."""
    match = " AND ".join(f"{ident('t', name)} = OLD.{ident(name)}" for name in writing.table.key)
    # Not the names: a row that is not sealed yet has others in it than the view showed.
    plain = [c for c in writing.stored if c.name not in writing.sealed]
    same = "".join(
        f"\n        AND {f'(OLD.{ident(c.name)} IS NULL OR ' if c in writing.private else '('}"
        f"NOT {differs(writing, c.name, 't', 'OLD')})"
        for c in plain
        if c.name not in writing.table.key
    )
    key = record_key(writing.table, writing.shape, "OLD")
    return f"""\
DECLARE
    recorded boolean;
BEGIN
    DELETE FROM {writing.relation} AS t WHERE {match}{same};
    IF NOT FOUND THEN
{_refuse_overtaken(writing, match, names([c.name for c in plain]))}\
        RETURN NULL;
    END IF;
{record_change(writing, key, "removed")}\
    RETURN OLD;
END;"""
