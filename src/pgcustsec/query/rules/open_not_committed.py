"""CQ26: an opening that is not committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pgcustsec.query.report import Report
from pgcustsec.query.rules.looking import calls_ours, read_columns
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

COUNT_ONCE_COMMITTED = ("start_session", "open_record", "open_full")
ENDS = frozenset("TRANS_STMT_COMMIT TRANS_STMT_ROLLBACK TRANS_STMT_PREPARE".split())
BEGINS = frozenset("TRANS_STMT_BEGIN TRANS_STMT_START".split())


def _check(report: Report, context: Context) -> Iterator[Found]:
    for call in calls_ours(report, ("show_record",)):
        if _is_within(context.before):
            yield Found("show_record() commits, and so fails within a transaction", "CALL it before BEGIN", call.at)
    for call in calls_ours(report, COUNT_ONCE_COMMITTED):
        if read_columns(report, 1, 2):
            yield Found(f"{call.name}() counts from the next statement on, not in its own", INSTEAD, call.at)
        elif _is_within(context.before) and (said := _what_follows(context.after)):
            yield Found(f"{call.name}() counts once it is committed, and {said}", INSTEAD, call.at)


INSTEAD = "COMMIT right behind it, then the statements that read"


def _is_within(before: Iterable[Report]) -> bool:
    within = False
    for report in before:
        for fields in report.nodes.get("TransactionStmt", ()):
            # COMMIT AND CHAIN begins the next one.
            within = fields["kind"] in BEGINS or (within and (fields["kind"] not in ENDS or bool(fields.get("chain"))))
    return within


def _what_follows(after: tuple[Report, ...]) -> str | None:
    for report in after:
        kinds = {fields["kind"] for fields in report.nodes.get("TransactionStmt", ())}
        if kinds & ENDS:
            return None if "TRANS_STMT_COMMIT" in kinds else "it is not: what it spends of a budget stays spent"
        if not calls_ours(report, COUNT_ONCE_COMMITTED):
            return "other statements come before COMMIT"
    return "no COMMIT comes"


RULE = Rule(
    code="CQ26",
    name="open_not_committed",
    title="An opening that is not committed",
    severity=Severity.WARNING,
    article="5.2.4",
    why=(
        "A session, or an opened record, counts once its transaction has committed: nothing shows that is not on "
        "record. Within the transaction the next statements still read ***, and every moment that it goes on it "
        "keeps locks."
    ),
    bad=(
        "BEGIN; SELECT pgcustsec.open_record('customer', $1, 'renewal'); SELECT mobile FROM customer WHERE "
        "customer_id = $1; COMMIT"
    ),
    good=(
        "BEGIN; SELECT pgcustsec.open_record('customer', $1, 'renewal'); COMMIT; SELECT mobile FROM customer "
        "WHERE customer_id = $1"
    ),
    check=_check,
)
