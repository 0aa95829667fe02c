"""CQ01: bulk read of tier 1."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import ELSEWHERE, listed, outputs, place_of
from pgcustsec.query.rules.records import kept_to_records
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity


def _check(report: Report, context: Context) -> Iterator[Found]:
    found = outputs(report, 1)
    if not found or report.kind in ELSEWHERE:
        return
    kept = kept_to_records(report, context)
    for table in sorted({source.table for source in found} - kept):
        of_table = [source for source in found if source.table == table]
        yield Found(
            f"tier 1 of many rows: {listed(of_table)}",
            f"one record, by its key ({', '.join(context.matrix.tables[table].key)}), opened before by"
            " pgcustsec.open_record(); or an extract on request",
            min(place_of(report, source) for source in of_table),
            of_table[0].mark,
        )


RULE = Rule(
    code="CQ01",
    name="bulk_tier1",
    title="Bulk read of tier 1",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "Tier 1 is shown record by record. Of every row but the one that is open it reads ***, so a list of it "
        "tells nothing; what the work needs in bulk goes by a special application."
    ),
    bad="SELECT customer_id, mobile FROM customer",
    good="SELECT customer_id, mobile FROM customer WHERE customer_id = $1",
    check=_check,
)
