"""Names that the database will have: not reserved, not too long, no two the same."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.matrix.model import Mark
from pgcustsec.matrix.tree import Notes, Part, Word

VIEWER = "_viewer"
LONGEST = 63


def check_names(tree: Part, notes: Notes) -> None:
    """Note names of tables, roles and logins that PostgreSQL or pgcustsec keeps for itself, or that collide."""
    _check_schemas(tree, notes)
    prefix = tree.get("role_prefix")
    if isinstance(prefix, Word) and prefix.startswith(("pg_", "pgcustsec")):
        notes.add(prefix.mark, f"role_prefix {str(prefix)!r}: roles that start so are PostgreSQL's or pgcustsec's own")
    _check_roles(tree, notes)
    _check_applications(tree, notes)
    _check_lengths(tree, notes)
    _check_administrators(tree, notes)


def _reserved(name: str) -> bool:
    return name.startswith(("pg_", "pgcustsec")) or name in ("public", "information_schema")


def _check_schemas(tree: Part, notes: Notes) -> None:
    for name, _ in tree.named("tables"):
        schema = name.partition(".")[0]
        if schema.startswith(("pg_", "pgcustsec")) or schema == "information_schema":
            notes.add(name.mark, f"table {str(name)!r}: schema {schema} is PostgreSQL's or pgcustsec's own")
        for part in name.split("."):
            if len(part.encode()) > LONGEST:
                notes.add(name.mark, f"table {str(name)!r}: {part!r} is longer than {LONGEST} bytes")


def _check_roles(tree: Part, notes: Notes) -> None:
    schemas = {table.partition(".")[0] for table, _ in tree.named("tables")}
    for name, _ in tree.named("roles"):
        if _reserved(name):
            notes.add(name.mark, f"role {str(name)!r}: its schema has this name, which is not free", "choose another")
        elif name in schemas:
            notes.add(name.mark, f"role {str(name)!r}: its schema has this name, but protected tables are in there")
        elif name.endswith(VIEWER):
            notes.add(name.mark, f"role {str(name)!r}: {VIEWER} is the ending of who owns a role's views")


def _check_applications(tree: Part, notes: Notes) -> None:
    for name, _ in tree.named("applications"):
        if name in tree.part("roles"):
            notes.add(name.mark, f"application {str(name)!r} would have the database name of the role {str(name)!r}")
        elif name.endswith(VIEWER):
            notes.add(name.mark, f"application {str(name)!r}: {VIEWER} is the ending of who owns a role's views")


def _check_lengths(tree: Part, notes: Notes) -> None:
    prefix = tree.get("role_prefix", "")
    for section, ending in (("roles", VIEWER), ("applications", "")):
        for name, _ in tree.named(section):
            made = f"{prefix}{name}{ending}"
            if len(made.encode()) > LONGEST:
                notes.add(name.mark, f"{made!r} would be longer than PostgreSQL's {LONGEST} bytes", "shorten the name")


def _check_administrators(tree: Part, notes: Notes) -> None:
    administrators = tree.part("administrators")
    ours = dict(_made(tree))
    for key in ("roles", "owners"):
        for name in administrators.items_of(key):
            if name.startswith(("pg_", "pgcustsec")) or name in ("public", "none"):
                notes.add(name.mark, f"{str(name)!r} is PostgreSQL's or pgcustsec's own: name a role of yours")
            elif str(name) in ours:
                notes.add(name.mark, f"{str(name)!r} is the database name of {ours[str(name)]}: it has customers' rows")
    for name in administrators.items_of("roles"):
        if name in administrators.items_of("owners"):
            message = f"{str(name)!r} applies the matrix and owns the tables: an owner is NOLOGIN, nobody's daily role"
            notes.add(name.mark if isinstance(name, Word) else Mark(), message)


def _made(tree: Part) -> Iterator[tuple[str, str]]:
    """The database names that this matrix makes, with what each is."""
    prefix = tree.get("role_prefix")
    if prefix is None:
        return
    for name, _ in tree.named("roles"):
        yield f"{prefix}{name}", f"the role {name}"
        yield f"{prefix}{name}{VIEWER}", f"who owns the views of {name}"
    for name, _ in tree.named("applications"):
        yield f"{prefix}{name}", f"the application {name}"
