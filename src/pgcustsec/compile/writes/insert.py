"""INSERT through a view: masked form and true value together."""

from __future__ import annotations

from pgcustsec.compile.quote import ident, literal
from pgcustsec.compile.vault import record_key
from pgcustsec.compile.writes.parts import (
    key_values,
    record_change,
    refusal,
    returning,
    shape_refusals,
    shown_again,
)
from pgcustsec.compile.writes.writing import NEVER_GIVEN, Writing
from pgcustsec.objects import INTERNAL_SCHEMA


def insert(writing: Writing) -> str:
    """Insert what the role may, masked; keep the true values; show the row as the view does."""
    mine = [name for name in writing.write.insert if writing.column(name).made_by not in NEVER_GIVEN]
    others = [c.name for c in writing.viewed if c.name not in mine]
    sealed = [name for name in mine if name in writing.sealed]
    masks = {name: f"masked_{i}" for i, name in enumerate(sealed)}
    declared = "".join(f"    {masks[name]} {writing.column(name).type};\n" for name in sealed)
    assigned = "".join(
        f"    {masks[name]} := {writing.sealed[name].masked(f'NEW.{ident(name)}')};\n" for name in sealed
    )
    # Those that RETURNING puts the masked form in the place of.
    given = {c.name: f"kept_{i}" for i, c in enumerate(writing.stored) if c.name in sealed}
    kept = "".join(
        f"    {variable} {writing.column(name).type} := NEW.{ident(name)};\n" for name, variable in given.items()
    )
    columns, values = [], []
    for name in mine:
        shape = writing.column(name)
        value = masks.get(name, f"NEW.{ident(name)}")
        if shape.sequence:
            # A serial's own default: there may be more in it than the sequence's number.
            made = shape.default or f"nextval({literal(ident(*shape.sequence))}::regclass)"
            value = f"COALESCE({value}, {made})"
        columns.append(ident(name))
        values.append(value)
    return f"""\
DECLARE
    shown boolean;
    recorded boolean;
{kept}{declared}BEGIN
{refusal(writing, "CS406", [(name, f"NEW.{ident(name)} IS NOT NULL") for name in others])}\
{shape_refusals(writing, sealed)}\
{assigned}\
    INSERT INTO {writing.relation} AS t ({", ".join(columns)})
        VALUES ({", ".join(values)}){returning(writing)};
{_keep_call(writing, {name: given.get(name, f"NEW.{ident(name)}") for name in sealed})}\
{shown_again(writing)}\
    RETURN NEW;
END;"""


def _keep_call(writing: Writing, given: dict[str, str]) -> str:
    if not writing.vault:
        return record_change(writing, record_key(writing.table, writing.shape, "NEW"), "made")
    values = [given.get(name, f"NULL::{one.shape.plain_type}") for name, one in writing.sealed.items()]
    arguments = ", ".join([key_values("NEW", writing), *values])
    return f"    recorded := {INTERNAL_SCHEMA}.{ident(writing.vault.keep_name)}({arguments});\n"
