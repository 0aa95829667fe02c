"""What a rule that anonymises leaves of a row, column by column, in words (4.3): what a plan says before it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pgcustsec.compile.terms.anonymising import blanked
from pgcustsec.compile.terms.when import descendants, retained_tables
from pgcustsec.compile.vault.sealed import sealed_columns
from pgcustsec.matrix.model import Matrix, RetentionRule, Table
from pgcustsec.shape import Site, TableShape

Place = tuple[str, str, str]  # table, rule, column or table below


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """What becomes of a column, or of a table below, by a rule that anonymises; None: the rule says nothing of it."""

    table: str
    rule: str
    what: str
    before: str | None
    after: str | None


def outcomes(matrix: Matrix, site: Site) -> dict[Place, str]:
    """Return what becomes of every column, in the matrix or not, and of every table below, by rule that anonymises."""
    found: dict[Place, str] = {}
    for table in retained_tables(matrix):
        shape = site.tables[table.qualified]
        sealed = {one.name for one in sealed_columns(table, shape)}
        below = [child.qualified for child in reversed(descendants(matrix, table))]
        for rule in table.retention:
            if rule.keep is None:
                continue
            for name, word in _columns(table, shape, rule).items():
                found[table.qualified, rule.name, name] = word + (_VAULT if name in sealed else "")
            found |= {(table.qualified, rule.name, child): "rows destroyed" for child in below}
    return found


_VAULT = ", its value in the vault destroyed"


def _columns(table: Table, shape: TableShape, rule: RetentionRule) -> dict[str, str]:
    """In words, what the statement that anonymises sets, and what it therefore leaves."""
    always, rare = blanked(table, shape, rule), blanked(table, shape, rule, rare=True)
    words: dict[str, str] = {}
    for name, column in shape.columns.items():
        if name in always:
            words[name] = _word(always[name])
        elif name in rare:
            words[name] = f"kept, unless fewer than five rows are alike: then {_word(rare[name])}"
        elif column.made_by in ("stored", "virtual"):
            words[name] = "made of other columns, of what is left of them"
        else:
            why = "has a CHECK or foreign key to meet" if name in shape.tied else "its type has no blank"
            words[name] = f"stays: tier 3, NOT NULL, and {why}"
    return words


def _word(value: str) -> str:
    return {"DEFAULT": "a new key", "NULL": "emptied (NULL)"}.get(value, f"blank: {value}")


def compare_outcomes(before: Mapping[Place, str], after: Mapping[Place, str]) -> list[OutcomeChange]:
    """Return what differs, in the order of *after*, and what it no longer says anything of."""
    return [
        OutcomeChange(*place, before.get(place), after.get(place))
        for place in dict.fromkeys((*after, *before))
        if before.get(place) != after.get(place)
    ]


def outcome_lines(changes: Iterable[OutcomeChange]) -> Iterator[str]:
    """Yield *changes* in words: rule by rule, what has the same end on one line."""
    alike: dict[tuple[str, str], dict[tuple[str | None, str | None], list[str]]] = {}
    for one in changes:
        alike.setdefault((one.table, one.rule), {}).setdefault((one.before, one.after), []).append(one.what)
    for (table, rule), ends in alike.items():
        yield f"{table}, rule {rule}"
        for (before, after), names in ends.items():
            was = f" (before: {before})" if before else ""
            yield f"    {', '.join(names)}: {after or 'no longer anonymised by it'}{was}"


def outcomes_to_rows(found: Mapping[Place, str]) -> list[list[str]]:
    """*found* as a JSON-able list, which `outcomes_from_rows` reads."""
    return [[*place, word] for place, word in found.items()]


def outcomes_from_rows(rows: Iterable[list[str]]) -> dict[Place, str]:
    """The reverse of `outcomes_to_rows`."""
    return {(table, rule, what): word for table, rule, what, word in rows}
