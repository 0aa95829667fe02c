"""CQ24: tier 2 of customers whom one does not serve."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.matrix.model import ServedByColumn, Table
from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import ELSEWHERE, columns, listed, outputs, place_of
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    found = outputs(report, 2)
    if not found or report.kind in ELSEWHERE:
        return
    kept = kept_to_records(report, context)
    for name in sorted({source.table for source in found} - kept):
        table, access = context.matrix.tables[name], context.role.tables.get(name)
        if access is None or table.exists_is_tier2 or set(access.rows) <= {access.tier2} or access.tier2 == "all":
            continue
        if _asks_who_serves(report, table):
            continue
        of_table = [source for source in found if source.table == name]
        are = "is" if len(of_table) == 1 else "are"
        serving = [one.column for one in table.served_by if isinstance(one, ServedByColumn)]
        yield Found(
            f"{listed(of_table)} {are} NULL where {context.role.name} does not serve the customer",
            f"a condition on who serves ({', '.join(serving)}), or on the key" if serving else "a condition on the key",
            min(place_of(report, source) for source in of_table),
            of_table[0].mark,
        )


def _asks_who_serves(report: Report, table: Table) -> bool:
    serving = {one.table for one in table.served_by_tables}
    if any(one.table in serving for one in report.relations):
        return True
    names = {one.column for one in table.served_by if isinstance(one, ServedByColumn)}
    return any(
        source.table == table.qualified and source.column in names
        for use in report.uses
        if use.where in ("where", "join")
        for source in columns(use.reach, 1, 2, 3)
    )


RULE = Rule(
    code="CQ24",
    name="tier2_not_served",
    title="Tier 2 of customers whom one does not serve",
    severity=Severity.NOTE,
    article="5.2.2",
    why=(
        "The view has rows of other customers too, and there tier 2 is NULL: in a list they cannot be told from "
        "customers without a value, and an average leaves them out."
    ),
    bad="SELECT customer_id, annual_income FROM customer",
    good="SELECT customer_id, annual_income FROM customer WHERE owner_staff_id = $1",
    check=_check,
)
