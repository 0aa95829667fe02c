"""What `explain_access` says of cells, against what the model says of the same ones, shown or not."""

from __future__ import annotations

from random import Random

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Column, Table
from tests.oracle.ledger import Disagreement
from tests.oracle.model import Asker, AtWork, Model, Row, is_text, key_of
from tests.oracle.office import key_text

#: A cell's outcome in the words of `explain_access`.
WORDS = {
    "value": "shown",
    "full name": "shown",
    "in full": "shown",
    "masked": "masked",
    "closed": "hidden",
    "hidden": "hidden",
    "withheld": "hidden",
}
EXPLAIN = "SELECT e.shown, e.why, e.article FROM pgcustsec.explain_access(%s, %s, %s, %s) AS e WHERE e.role = %s"


def due(model: Model, asker: Asker, table: Table, row: Row | None, column: Column) -> str:
    """What must be said of one cell: of one that is empty the same as if something were in it."""
    access = model.matrix.roles[asker.role].tables[table.qualified]
    if column.tier == 1 and access.tier1 == "absent":
        return "no column"
    if row is None or not model.row_shows(asker, table, row):
        return "no row"
    if column.tier == 3 or model.in_full(asker, table, row, column):
        return "shown"
    outcome = model.cell(asker, table, row, column).outcome
    if outcome != "null":
        return WORDS[outcome]
    if column.tier == 1:
        # Of text, `***` is said of an empty cell too, so this record is open.
        return "masked" if is_text(model.world.tables[table.qualified].types[column.name]) else "hidden"
    customer = model.customer_of(table, row)
    assert customer is not None
    if not model.tier2_shows(asker, access, customer):
        return "hidden"
    return WORDS[model.name_cell(asker, access, table, row, "某").outcome] if column.is_name else "shown"


def compare_explained(
    connection: Connection, model: Model, login: str, role: str, table: Table, at: AtWork, random: Random
) -> int:
    """Ask of some cells, over the person's own login; return how many were asked. Raises `Disagreement`."""
    person = model.somebody(login, role)
    if person is None:
        return 0
    asker, rows = Asker(person, role, at), model.world.tables[table.qualified].rows
    opened = model.row_of(table, at.opened[role, table.qualified]) if (role, table.qualified) in at.opened else None
    asked = [(key_text(key_of(table, row)), row) for row in random.sample(rows, min(len(rows), 2))]
    asked += [(key_text(key_of(table, opened)), opened)] if opened else []
    count = 0
    for key, row in [*asked, ("no key of anything", None)]:
        for column in random.sample(list(table.columns.values()), min(len(table.columns), 3)):
            values = [person.staff_id, table.qualified, key, column.name, role]
            [(shown, why, article)] = connection.execute(EXPLAIN, values).fetchall()
            expected = due(model, asker, table, row, column)
            if shown != expected:
                what = f"{role}, {table.qualified} {key}, {column.name} (tier {column.tier}), at {at}"
                raise Disagreement(f"{what}: explained as {shown} ({why}, {article}), should be {expected}")
            count += 1
    return count
