"""What roles have of tables: scopes that exist, children no wider than their parents, writes that can happen (5.3)."""

from __future__ import annotations

from collections.abc import Iterable

from pgcustsec.matrix.checks.sight import ancestors, column, customer_of, parent_name
from pgcustsec.matrix.tree import Items, Notes, Part, Word

#: What a customer table must say for a scope to mean something.
NEEDS = {"serving": "served_by", "branch": "branch", "department": "department", "pool": "pool"}


def covers(wider: str, scope: str) -> bool:
    """Whether every row of *scope* is held to be one of *wider*."""
    if scope in (wider, "none") or wider == "all":
        return True
    return wider in ("branch", "department") and scope == "serving"


def check_access(tree: Part, notes: Notes) -> None:
    """Note what a role's access says that cannot hold or would break the parent's narrower scope."""
    for role, part in tree.named("roles"):
        for name, access in part.named("tables"):
            table = tree.part("tables").get(name)
            if not isinstance(table, Part):
                continue
            _check_scopes(tree, name, access, notes)
            _check_parents(tree, role, part, name, access, notes)
            _check_write(role, name, table, access, notes)
        _check_opened(tree, role, part, notes)


def _check_scopes(tree: Part, name: Word, access: Part, notes: Notes) -> None:
    rows = access.items_of("rows")
    for scope in [*rows, *_tier2(access)]:
        _check_scope(tree, name, scope, notes)
    if "none" in rows and len(rows) > 1:
        notes.add(rows[rows.index("none")].mark, "none stands in a union: it is no rows at all, or it says nothing")
    for scope in _tier2(access):
        if scope in ("serving", "none") or rows.spoiled or "rows" not in access:
            continue
        if not any(covers(row, scope) for row in rows):
            notes.add(scope.mark, f"tier2 {str(scope)!r} is wider than the rows of {name} that the role has")


def _tier2(access: Part) -> list[Word]:
    return [access["tier2"]] if isinstance(access.get("tier2"), Word) else []


def _check_scope(tree: Part, name: Word, scope: Word, notes: Notes) -> None:
    top = customer_of(tree, name)
    needed = NEEDS.get(scope)
    if top is not None and needed is not None and not top[1].has(needed):
        notes.add(scope.mark, f"scope {str(scope)!r} needs {needed!r} at {top[0]}, which does not say it")


def _check_parents(tree: Part, role: Word, part: Part, name: Word, access: Part, notes: Notes) -> None:
    tables = part.part("tables")
    for above in ancestors(tree, name):
        if above != name and above in tree.part("tables") and not tables.has(above):
            notes.add(name.mark, f"role {str(role)!r} has {name} but not {above}, through which its rows are found")
    parent = parent_name(tree.part("tables")[name])
    given = tables.get(parent) if parent is not None else None
    if isinstance(given, Part):
        _check_no_wider(name, access.items_of("rows"), str(parent), given, notes)


def _check_no_wider(name: Word, rows: Iterable[Word], parent: str, given: Part, notes: Notes) -> None:
    above = given.get("rows")
    if not isinstance(above, Items) or above.spoiled:
        return
    for scope in rows:
        if not any(covers(wider, scope) for wider in above):
            has = ", ".join(above)
            notes.add(scope.mark, f"scope {str(scope)!r} of {name} is wider than the role's scope of {parent}: {has}")


def _check_write(role: Word, name: Word, table: Part, access: Part, notes: Notes) -> None:
    write = access.part("write")
    for what in ("insert", "update"):
        for one in write.items_of(what):
            found = column(table, one, notes, name)
            if found is not None:
                _check_seen(role, one, what, found, access, notes)
    if not any(write.get(what) for what in ("insert", "update", "delete")) and not write.spoiled and "write" in access:
        notes.add(access.named_at["write"], "write allows nothing", "name columns, or remove it")


def _check_seen(role: Word, one: Word, what: str, found: Part, access: Part, notes: Notes) -> None:
    """A column that the view lacks cannot be written; a cell that never shows cannot be changed (3.1)."""
    if found.get("tier") == 1 and access.get("tier1", "absent") == "absent" and "tier1" not in access.spoiled:
        notes.add(one.mark, f"{what} of {str(one)!r}: tier1 is absent, so {role}'s view has no such column")
    never = found.get("tier") == 2 and access.get("tier2", "none") == "none" and "tier2" not in access.spoiled
    if what == "update" and never:
        notes.add(
            one.mark, f"update of {str(one)!r}: {role} never sees tier 2, and what is not seen is not changed (3.1)"
        )


def _check_opened(tree: Part, role: Word, part: Part, notes: Notes) -> None:
    """Tables that open with their customer are below one, and the role has them."""
    tables = tree.part("tables")
    for name in part.part("record_access").items_of("children"):
        if name not in tables:
            continue
        if isinstance(tables[name], Part) and tables[name].get("subject") == "self":
            notes.add(name.mark, f"{name} is a customer table: it opens by itself, not with another")
        elif not part.part("tables").has(name) and "tables" not in part.spoiled:
            notes.add(name.mark, f"role {str(role)!r} has nothing of {name}, so it cannot open with its customer")
