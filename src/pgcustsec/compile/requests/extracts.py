"""
The view by which a role reads the extract that it has begun: the rows it covers, the columns it names, in full (5.2.1).

It belongs to the role's viewer, whose policies bind it to the rows that the role sees today. The vault's rows it reads
through a view of pgcustsec_owner, which has some for who reads an extract and for nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.compile.clearance import access_code
from pgcustsec.compile.quote import fitting, ident, literal
from pgcustsec.compile.reading import Reading
from pgcustsec.compile.requests.keys import PLACES, handed_key, key_family
from pgcustsec.compile.vault.sealed import Vault, sealed_columns
from pgcustsec.objects import EXTRACT_SCHEMA, INTERNAL_SCHEMA, OWNER, Grant, Schema, View, digest
from pgcustsec.shape import Relation, Site

_BARRIER = frozenset({"security_barrier=true"})


def extract_views(reading: Reading) -> list[View]:
    """Return the view of the role's extracts from the table, and the one below it; none where it takes none."""
    if not _extracts(reading):
        return []
    vault = _vault(reading)
    return [*([_true_values(reading, vault)] if vault else []), _extract(reading, vault)]


def extract_schema(site: Site) -> Schema:
    """The schema that the views of all extracts lie in; there also while no role files requests."""
    return Schema(EXTRACT_SCHEMA, OWNER, "pgcustsec: views by which extracts are read (5.2.1).", site.database_owner)


def extract_grants(reading: Reading) -> Iterator[Grant]:
    """The role reads its extract; its viewer the true values, through the view that has some for extracts alone."""
    if not _extracts(reading):
        return
    group, viewer = reading.matrix.group_role(reading.role.name), reading.matrix.viewer_role(reading.role.name)
    yield Grant("schema", (EXTRACT_SCHEMA,), group, OWNER, frozenset({"USAGE"}))
    yield Grant("table", extract_name(reading.role.name, reading.table.name), group, viewer, frozenset({"SELECT"}))
    if _vault(reading):
        yield Grant("table", _true_name(reading), viewer, OWNER, frozenset({"SELECT"}))


def extract_name(role: str, table: str) -> Relation:
    """The view by which *role* reads its extracts of *table*, named without its schema."""
    return (EXTRACT_SCHEMA, fitting(f"{role}.{table}"))


def _true_name(reading: Reading) -> Relation:
    return (EXTRACT_SCHEMA, fitting(f"true {reading.role.name}.{reading.table.name}"))


def _extracts(reading: Reading) -> bool:
    """Whether the role takes extracts: a service opens one record after the other, and nothing in bulk."""
    return reading.uses_requests and not reading.role.service


def _vault(reading: Reading) -> Vault | None:
    sealed = sealed_columns(reading.table, reading.shape)
    return Vault(reading.table, reading.shape, sealed) if sealed else None


def _true_values(reading: Reading, vault: Vault) -> View:
    columns = [ident("v", name) for name in (*reading.table.key, *(one.name for one in vault.sealed))]
    sql = (
        f"CREATE VIEW {ident(*_true_name(reading))} AS\nSELECT {', '.join(columns)}\nFROM {vault.name} AS v\n"
        f"WHERE (SELECT {INTERNAL_SCHEMA}.extract_runs({literal(access_code(reading.role, reading.table))}))"
    )
    return View(
        schema=EXTRACT_SCHEMA,
        name=_true_name(reading)[1],
        owner=OWNER,
        source=digest(sql),
        options=frozenset(),
        comment=f"True values of {reading.table.qualified} for a running extract of {reading.role.name}; else none.",
        columns=(),
        sql=sql,
        above=extract_name(reading.role.name, reading.table.name),
    )


def _extract(reading: Reading, vault: Vault | None) -> View:
    schema, name = extract_name(reading.role.name, reading.table.name)
    relation = ident(reading.table.schema, reading.table.name)
    code = literal(access_code(reading.role, reading.table))
    keys = f"{INTERNAL_SCHEMA}.extract_{PLACES[key_family(reading)]}({code})"
    lines = [f"FROM {keys} AS k (key)", f"JOIN {relation} AS t ON {handed_key(reading, 't')} = k.key"]
    if vault:
        match = " AND ".join(f"{ident('v', column)} = {ident('t', column)}" for column in reading.table.key)
        lines.append(f"LEFT JOIN {ident(*_true_name(reading))} AS v ON {match}")
    sealed = {one.name for one in vault.sealed} if vault else set()
    cells = ",\n".join(
        f"    {_cell(reading, code, column, sealed)} AS {ident(column)}" for column in reading.table.columns
    )
    canaries = ",\n".join(f"    {_canary(reading, column)}" for column in reading.table.columns)
    lines += ["UNION ALL", f"SELECT\n{canaries}", f"FROM {INTERNAL_SCHEMA}.extract_canaries({code}) AS c (canary)"]
    sql = f"CREATE VIEW {ident(schema, name)} WITH (security_barrier = true) AS\nSELECT\n{cells}\n" + "\n".join(lines)
    table = reading.table.qualified
    return View(
        schema=schema,
        name=name,
        owner=reading.matrix.viewer_role(reading.role.name),
        source=digest(sql),
        options=_BARRIER,
        comment=f"Rows of {table} that the reader's running extract covers, in its columns, in full (5.2.1).",
        columns=tuple((c.name, "In full, if the extract names it.") for c in reading.table.columns.values()),
        sql=sql,
    )


def _cell(reading: Reading, code: str, column: str, sealed: set[str]) -> str:
    has = f"(SELECT {INTERNAL_SCHEMA}.extract_has({code}, {literal(column)}))"
    # The NULL says its type: else the CASE would lose a length or precision that the column has.
    return f"CASE WHEN {has} THEN {_value(reading, column, sealed)} ELSE NULL::{reading.shape.columns[column].type} END"


def _canary(reading: Reading, column: str) -> str:
    """A cell of a customer who is nobody: text as it was made, in the column's type."""
    return f"(c.canary ->> {literal(column)})::{reading.shape.columns[column].type}"


def _value(reading: Reading, column: str, sealed: set[str]) -> str:
    """The true value: in the vault, in the table, or, while a table is being sealed, in either."""
    plain = ident("t", column)
    if column not in sealed:
        return plain
    true = f"{ident('v', column)}::{reading.shape.columns[column].type}"
    return true if column in reading.shape.sealed else f"COALESCE({true}, {plain})"
