"""What goes beyond the policy's letter is named, approved and ends (5.2.5)."""

from __future__ import annotations

from pgcustsec.matrix.model import Mark
from pgcustsec.matrix.tree import Notes, Part, Word

#: The article that each deviation goes beyond: names are masked, tier 2 is for who serves.
BEYOND = {"names": "5.2.2", "tier2": "5.2.2"}


def check_deviations(tree: Part, notes: Notes) -> None:
    """Note access beyond the policy without a deviation, and deviations without such access."""
    stated = tree.items_of("deviations")
    named = {(d.get("role"), d.get("table"), d.get("allows")) for d in stated}
    unsure = stated.spoiled or "deviations" in tree.spoiled or any(None in key for key in named)
    for role, part in tree.named("roles"):
        for table, access in part.named("tables"):
            for allows, mark, message in _beyond(table, access):
                if (role, table, allows) not in named and not unsure:
                    hint = f"add to deviations: {{article: {BEYOND[allows]}, role: {role}, table: {table},"
                    notes.add(mark, message, f"{hint} allows: {allows}, approved: ..., until: ...}}")
            _check_names(tree, table, access, notes)
    for deviation in stated:
        _check_used(tree, deviation, notes)


def _beyond(table: str, access: Part) -> list[tuple[str, Mark, str]]:
    found = []
    if access.get("names") == "value":
        message = f"names of {table} unmasked go beyond 5.2.2: without a deviation they may not"
        found.append(("names", access["names"].mark, message))
    if access.get("tier2") not in (None, "serving", "none"):
        scope = str(access["tier2"])
        message = f"tier 2 of {table} for {scope!r} goes beyond who serves (5.2.2): without a deviation it may not"
        found.append(("tier2", access["tier2"].mark, message))
    return found


def _check_names(tree: Part, table: str, access: Part, notes: Notes) -> None:
    part = tree.part("tables").get(table)
    if access.get("names") != "value" or not isinstance(part, Part) or "columns" not in part:
        return
    columns = part.part("columns")
    unsure = columns.spoiled or any("kind" in column.spoiled for _, column in part.named("columns"))
    if not unsure and not any(column.get("kind") == "name" for _, column in part.named("columns")):
        notes.add(access["names"].mark, f"names: {table} has no column of kind name")


def _check_used(tree: Part, deviation: Part, notes: Notes) -> None:
    allows = deviation.get("allows")
    if allows is not None and deviation.get("article", BEYOND[allows]) != BEYOND[allows]:
        message = f"a deviation that allows {allows} goes beyond {BEYOND[allows]}, not {deviation['article']}"
        notes.add(deviation["article"].mark, message)
    role, table = deviation.get("role"), deviation.get("table")
    part = tree.part("roles").get(str(role))
    if allows is None or not isinstance(table, Word) or not isinstance(part, Part) or part.spoiled:
        return
    if table not in tree.part("tables"):
        return
    access = part.part("tables").get(table)
    if isinstance(access, Part) and allows in access.spoiled:
        return
    if not isinstance(access, Part) or allows not in [beyond for beyond, _, _ in _beyond(table, access)]:
        says = "names: value" if allows == "names" else "tier2 wider than serving"
        message = f"nothing uses this deviation: {role} has no {says} on {table}"
        notes.add(deviation["allows"].mark, message, "take it out, or correct what it is for")
