"""The rules of `pgcustsec query check`: one file each, with its code, a bad and a good example, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pgcustsec.query.report import Report
from pgcustsec.query.rules import (
    another_server,
    base_table,
    bulk_tier1,
    call_refused,
    compare_instead_of_find,
    copy_out,
    cross_join,
    definer_path,
    delete_by_hand,
    does_not_parse,
    dynamic_sql,
    explain_analyze,
    glued,
    granted_on,
    guarding_setting,
    hash_tier1,
    held_cursor,
    hidden_column,
    isolation,
    join_tier1,
    leaky_filter,
    literal_value,
    lock_many,
    lower_tier_written,
    masked_written,
    no_session,
    notify_payload,
    open_not_committed,
    order_tier1,
    order_tier2,
    own_copy,
    own_function,
    owners_work,
    password_literal,
    predicate_tier1,
    query_function,
    refused,
    role_beyond,
    row_security_changed,
    select_star,
    server_files,
    set_role,
    small_groups,
    statistics,
    suppression,
    telling_cast,
    tier2_not_served,
    token_kept,
    update_many,
    whole_row,
    widening_view,
)
from pgcustsec.query.rules.rule import Context, Finding, Found, Rule, Severity

__all__ = ["RULES", "Context", "Finding", "Found", "Rule", "Severity", "find", "find_all"]

#: In the order of their codes.
RULES: tuple[Rule, ...] = (
    bulk_tier1.RULE,
    predicate_tier1.RULE,
    compare_instead_of_find.RULE,
    join_tier1.RULE,
    order_tier1.RULE,
    order_tier2.RULE,
    base_table.RULE,
    select_star.RULE,
    small_groups.RULE,
    copy_out.RULE,
    server_files.RULE,
    set_role.RULE,
    guarding_setting.RULE,
    isolation.RULE,
    dynamic_sql.RULE,
    query_function.RULE,
    another_server.RULE,
    own_function.RULE,
    telling_cast.RULE,
    definer_path.RULE,
    no_session.RULE,
    widening_view.RULE,
    leaky_filter.RULE,
    tier2_not_served.RULE,
    hidden_column.RULE,
    open_not_committed.RULE,
    literal_value.RULE,
    masked_written.RULE,
    lower_tier_written.RULE,
    own_copy.RULE,
    cross_join.RULE,
    notify_payload.RULE,
    statistics.RULE,
    lock_many.RULE,
    held_cursor.RULE,
    explain_analyze.RULE,
    glued.RULE,
    whole_row.RULE,
    granted_on.RULE,
    row_security_changed.RULE,
    delete_by_hand.RULE,
    update_many.RULE,
    password_literal.RULE,
    token_kept.RULE,
    hash_tier1.RULE,
    does_not_parse.RULE,
    owners_work.RULE,
    refused.RULE,
    call_refused.RULE,
    role_beyond.RULE,
    suppression.RULE,
)


def find(report: Report, context: Context) -> Iterator[Finding]:
    """
    Yield where the statement of *report* breaks a rule.

    Why the database refuses it is said once: by the rule that explains it, if there is one.
    """
    said: set[int] = set()
    for rule in RULES:
        for found in rule.check(report, context):
            at = found.at if found.at >= 0 else report.at
            if rule is not refused.RULE or at not in said:
                yield Finding(rule, found if at == found.at else replace(found, at=at), report)
            said.add(at)


def find_all(reports: Sequence[Report], context: Context) -> Iterator[Finding]:
    """Yield where the statements of a script break rules: *reports* are all of its own, in order."""
    script = tuple(reports)
    for place, report in enumerate(script):
        yield from find(report, replace(context, script=script, place=place))
