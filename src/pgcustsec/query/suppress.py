"""
Findings that somebody decided to leave as they are, said beside the statement and with the reason.

    -- pgcustsec: allow CQ01 because the extract of request 17 is made by it
    SELECT customer_id, mobile FROM customer;

    SELECT customer_id, email,   -- pgcustsec: allow CQ01, CQ24 because ...
           health FROM customer;

On a line of its own it is for the statement that it stands in, or else the next; behind code for the statement of that
code. It takes away findings of its codes for that statement, never the verdict. Where it has no reason it takes away
nothing; that, and one that had nothing to take away, are findings themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pglast import parser
from pglast.parser import ParseError

from pgcustsec.query.report import Report
from pgcustsec.query.rules import RULES, Finding, Found, suppression

CODES = frozenset(rule.code for rule in RULES)
FORM = "-- pgcustsec: allow CQ01 because ..., several codes with commas"
_OURS = re.compile(r"--+\s*pgcustsec\s*:", re.IGNORECASE)
_ALLOW = re.compile(
    r"--+\s*pgcustsec\s*:\s*allow\s+(?P<codes>[a-z]+[0-9]+(?:[\s,]+[a-z]+[0-9]+)*)(?:\s+because\b(?P<reason>.*))?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that allows *codes*: at which byte of the text, and for the statement that begins at which."""

    codes: tuple[str, ...]
    reason: str
    at: int
    statement: int


def suppress(text: str, reports: Sequence[Report], findings: Iterable[Finding]) -> list[Finding]:
    """
    Return those of *findings* in *text* that no comment takes away, and what is wrong with such comments, in order.

    *reports* are of all statements of *text*, for one role or several one after the other: a comment is of use if it
    is for any of them.
    """
    statements = {report.at: report for report in reversed(reports)}
    comments = list(_suppressions(text, sorted(statements)))
    allowed = {(one.statement, code) for one in comments if one.reason for code in one.codes}
    found = list(findings)
    used = {(finding.report.at, finding.rule.code) for finding in found} & allowed
    kept = [finding for finding in found if (finding.report.at, finding.rule.code) not in allowed]
    wrong = [
        Finding(suppression.RULE, Found(message, instead, one.at), statements.get(one.statement, Report(text, "", "")))
        for one in comments
        for message, instead in _wrong(one, used)
    ]
    return sorted([*kept, *wrong], key=lambda finding: finding.found.at)


def _wrong(one: Suppression, used: set[tuple[int, str]]) -> Iterator[tuple[str, str]]:
    if not one.codes:
        yield "a comment to pgcustsec that says nothing", FORM
    for code in one.codes:
        if code not in CODES or code == suppression.RULE.code:
            yield f"{code} is no rule that can be suppressed", f"one of {min(CODES)} to {_last()}"
        elif not one.reason:
            yield f"{code} is allowed without a reason, and so is not", FORM
        elif (one.statement, code) not in used:
            yield f"{code} is allowed, but nothing breaks it here", "take the comment away"


def _last() -> str:
    return max(CODES - {suppression.RULE.code})


def _suppressions(text: str, begins: list[int]) -> Iterator[Suppression]:
    if "pgcustsec" not in text.lower():
        return
    try:
        tokens = parser.scan(text)
    except ParseError:
        # Where a quote is not closed nobody knows what is a comment: nothing is suppressed.
        return
    within = False
    for token in tokens:
        if not token.name.endswith("COMMENT"):
            # A statement has begun, and not ended: something but comments since the last semicolon.
            within = token.name != "ASCII_59"
        words = text[token.start : token.end + 1]
        if token.name != "SQL_COMMENT" or not _OURS.match(words):
            continue
        allow = _ALLOW.fullmatch(words)
        codes = tuple(dict.fromkeys(re.findall(r"[A-Z]+[0-9]+", allow["codes"].upper()))) if allow else ()
        reason = (allow["reason"] or "").strip(" \t.") if allow else ""
        statement = _statement(text, token.start, begins, within)
        yield Suppression(codes, reason, _bytes(text, token.start), statement)


def _statement(text: str, at: int, begins: list[int], within: bool) -> int:
    """Where the statement begins that a comment at *at* is for."""
    line = text.rfind("\n", 0, at) + 1
    before = text[line:at].rstrip()
    place = _bytes(text, line + len(before) - 1 if before else at)
    earlier = [begin for begin in begins if begin <= place]
    later = [begin for begin in begins if begin > place]
    if later and not before and not within:
        return later[0]
    return (earlier or begins or [0])[-1 if earlier else 0]


def _bytes(text: str, characters: int) -> int:
    return len(text[:characters].encode())
