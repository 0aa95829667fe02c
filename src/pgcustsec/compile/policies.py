"""Row policies: which rows of a table a role's viewer reads (5.2.2, 5.3), on the table and on everything below it."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.clearance import cleared_sql
from pgcustsec.compile.quote import fitting, ident
from pgcustsec.compile.reading import Reading, key_match, parent_joins, writes
from pgcustsec.compile.scopes import condition_sql, own_condition, top_of, visible
from pgcustsec.compile.terms.when import not_due
from pgcustsec.matrix.model import Table
from pgcustsec.objects import OWNER, Policy, RowSecurity, digest
from pgcustsec.shape import Relation, TableShape

SERVING_POLICY = "pgcustsec_assignments"


def row_security(shape: TableShape) -> Iterator[RowSecurity]:
    """Row-level security for the table and each partition or child, which direct readers would come to."""
    for relation, owner in relations_of(shape):
        yield RowSecurity(schema=relation[0], name=relation[1], enabled=True, owner=owner)


def policies(reading: Reading) -> Iterator[Policy]:
    """The policies by which the role's viewer reads the table: one on it and one on each partition or child."""
    shape = reading.site.tables[reading.table.qualified]
    viewer = reading.matrix.viewer_role(reading.role.name)
    for relation, owner in relations_of(shape):
        using = _using(reading, relation[1])
        yield _policy(
            relation,
            owner,
            viewer,
            viewer,
            using,
            f"Rows of {reading.table.qualified} for {reading.role.name} (5.2.2).",
        )
        if relation == shape.relation:
            yield from _write_policies(reading, owner, viewer, using)


def _write_policies(reading: Reading, owner: str, viewer: str, using: str) -> Iterator[Policy]:
    """
    The rows that the role writes are those it sees, before and after. On the table alone: writes go through it.
    """
    comment = f"Rows of {reading.table.qualified} that {reading.role.name} writes (5.3)."
    relation = reading.site.tables[reading.table.qualified].relation
    for command in writes(reading):
        name = fitting(f"{viewer} {command.lower()}")
        yield _policy(relation, owner, name, viewer, using, comment, command)


def assignment_policies(shape: TableShape) -> Iterator[Policy]:
    """What lets pgcustsec read who is assigned to whom, for its own functions alone."""
    for relation, owner in relations_of(shape):
        yield _policy(relation, owner, SERVING_POLICY, OWNER, "true", "pgcustsec reads who serves whom (5.2.2).")


def relations_of(shape: TableShape) -> list[tuple[Relation, str]]:
    """The table and each partition or child, with their owners."""
    return [(shape.relation, shape.owner), *shape.below.items()]


def _policy(
    relation: Relation, owner: str, name: str, to: str, using: str, comment: str, command: str = "SELECT"
) -> Policy:
    return Policy(
        schema=relation[0],
        table=relation[1],
        name=name,
        roles=frozenset({to}),
        command=command,
        permissive=True,
        source=digest(using),
        comment=comment,
        owner=owner,
        using=using,
    )


def _using(reading: Reading, alias: str) -> str:
    matrix, role, table = reading.matrix, reading.role, reading.table
    if table.parent is None:
        rows = condition_sql(matrix, role, table, alias, reading.visible, indexed=True)
    else:
        rows = _through_parent(reading, alias)
    if term := not_due(table, alias):
        # Past its term a row is invisible at once (4.3), and what hangs on it with it.
        rows = f"{term} AND ({rows})"
    # That such a row exists is tier 2, and shows in a session like the rest of it.
    return f"{cleared_sql(role, table)} AND ({rows})" if table.exists_is_tier2 else rows


def _through_parent(reading: Reading, alias: str) -> str:
    """
    The row's parent must be there for this viewer, whose own policy decides; what the child narrows comes on top.

    Only with such a narrowing is the customer itself read here.
    """
    matrix, role, table = reading.matrix, reading.role, reading.table
    assert table.parent is not None
    parent = matrix.tables[table.parent.table]
    own = own_condition(matrix, role, table, visible(matrix, role, parent))
    match = key_match(table, alias, "up0", parent)
    if not own:
        return f"EXISTS (SELECT FROM {ident(parent.schema, parent.name)} AS up0 WHERE {match})"
    joins = "".join(f"\n{line}" for line in parent_joins(matrix, parent, "up0"))
    top_alias = f"up{_depth(reading, parent)}"
    # Here the condition judges a customer that is found by key: never by walking an array of all that somebody serves.
    condition = condition_sql(matrix, role, top_of(matrix, table), top_alias, own, indexed=False)
    return f"EXISTS (SELECT FROM {ident(parent.schema, parent.name)} AS up0{joins}\nWHERE {match} AND ({condition}))"


def _depth(reading: Reading, table: Table) -> int:
    return 0 if table.parent is None else 1 + _depth(reading, reading.matrix.tables[table.parent.table])
