"""The shared pool and terms of keeping (4.3): their columns and their conditions."""

from __future__ import annotations

from pgcustsec.matrix.checks.sight import ancestors, column, customer_of, plain_column
from pgcustsec.matrix.predicate import PredicateError, columns_of, empty_where
from pgcustsec.matrix.tree import Notes, Part, Word, instead


def check_terms(tree: Part, notes: Notes) -> None:
    """Note columns that pools and retention rules name and that are not there, and conditions that are none."""
    for name, table in tree.named("tables"):
        pool = table.part("pool")
        _check_condition(name, table, pool, notes)
        for key in ("holder", "claimed_at", "progress_at"):
            if key in pool:
                plain_column(table, pool[key], notes, name, f"a pool's {key}")
        _check_empty(table, pool, notes)
        seen: set[str] = set()
        for rule in table.items_of("retention"):
            _check_rule(tree, name, table, rule, notes)
            if rule.get("name") in seen:
                notes.add(rule["name"].mark, f"two retention rules of {name} have the name {str(rule['name'])!r}")
            seen.add(rule.get("name", ""))
        _check_dropping(name, table, notes)


def _check_dropping(name: Word, table: Part, notes: Notes) -> None:
    """Note that partitions are to be dropped of a table whose rows have no end, or leave something."""
    if not table.get("drop_partitions") or table.get("subject") != "self":
        return
    mark, rules = table.named_at["drop_partitions"], table.items_of("retention")
    if not rules and "retention" not in table:
        notes.add(mark, f"{name} has no rules of retention: no partition of it is ever past its term (4.3)")
    for rule in rules:
        if isinstance(rule.get("action"), Part):
            message = (
                f"rule {str(rule.get('name'))!r} of {name} anonymises: partitions with rows of statistics stay (4.3)"
            )
            notes.add(mark, message, "drop partitions only where every rule has action: destroy")


def _check_condition(name: Word, table: Part, part: Part, notes: Notes) -> None:
    condition = part.get("when")
    if not isinstance(condition, Word):
        return
    try:
        used = columns_of(condition)
    except PredicateError as error:
        notes.add(condition.mark, error.message, error.hint)
        return
    for one in sorted(used):
        plain_column(table, Word(one, condition.mark), notes, name, "in a condition")


def _check_empty(table: Part, pool: Part, notes: Notes) -> None:
    """Note a pool whose condition goes on to hold once somebody has claimed the row."""
    condition, holder = pool.get("when"), pool.get("holder")
    if not isinstance(condition, Word) or holder not in table.part("columns"):
        return
    try:
        used, empty = columns_of(condition), empty_where(condition)
    except PredicateError:
        return
    columns = table.part("columns")
    if holder not in empty and all(isinstance(columns.get(one), Part) and _is_plain(columns[one]) for one in used):
        notes.add(
            condition.mark,
            f"a row would stay in the pool when somebody has claimed it: {str(holder)!r} need not be empty",
            f"say `{holder} IS NULL AND ...`",
        )


def _is_plain(column: Part) -> bool:
    return column.get("tier") != 1 and column.get("kind") != "name"


def _check_rule(tree: Part, name: Word, table: Part, rule: Part, notes: Notes) -> None:
    _check_condition(name, table, rule, notes)
    basis = rule.part("basis")
    for one in basis.items_of("latest"):
        _check_dated(tree, name, table, one, notes)
    if "if_null" in basis:
        plain_column(table, basis["if_null"], notes, name, "a basis")
    action = rule.get("action")
    if isinstance(action, Part):
        counted = {*basis.items_of("latest"), basis.get("if_null")}
        for one in action.part("anonymise").items_of("keep"):
            if one in counted:
                message = f"{str(one)!r} is kept, and what the rule counts from: a row would never end (4.3)"
                notes.add(one.mark, message)
            kept = column(table, one, notes, name)
            if kept is not None and kept.get("tier") in (1, 2):
                notes.add(
                    one.mark, f"column {str(one)!r} is tier {kept['tier']}: an anonymised row keeps tier 3 only (4.3)"
                )


def _check_dated(tree: Part, name: Word, table: Part, one: Word, notes: Notes) -> None:
    """*one* is a column of *table*, or `schema.table.column` of a table below it."""
    where, _, own = one.rpartition(".")
    if not where:
        plain_column(table, one, notes, name, "a basis")
        return
    tables = tree.part("tables")
    if where not in tables and where not in tables.spoiled:
        notes.add(one.mark, f"no table {where!r} in this matrix", instead(where, list(tables), "tables"))
    elif customer_of(tree, where) is not None and name not in ancestors(tree, where):
        notes.add(one.mark, f"{where} does not belong to {name}: a term counts from the customer's own rows")
    elif isinstance(tables.get(where), Part):
        plain_column(tables[where], Word(own, one.mark), notes, where, "a basis")
