"""CQ27: a literal that looks like a customer's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pglast import parser

from pgcustsec.looks.values import SIGNS, look
from pgcustsec.query.report import Report
from pgcustsec.query.rules.rule import Context, Found, Rule, Severity

#: What is told from chance by its check digit or its form, within a longer text too.
TOLD = frozenset({"identity", "mobile", "card", "email"})


#: What of a text may hold a value: texts and numbers, also those that are a function's body; names in quotes; comments.
_WORDS = {
    **dict.fromkeys(("SCONST", "USCONST", "ICONST", "FCONST"), "literal"),
    **dict.fromkeys(("IDENT", "UIDENT"), "name"),
    **dict.fromkeys(("SQL_COMMENT", "C_COMMENT"), "comment"),
}
_INSTEAD = {"literal": "a parameter: $1, %s, :name", "name": "a parameter: $1, %s, :name", "comment": "leave it out"}
_SAYS = {"literal": "looks like", "name": "looks like", "comment": "has what looks like"}
#: The shortest of them is a mobile number's digits, which may be parted.
_POSSIBLE = re.compile(r"[@＠]|(?:\d\W{0,2}){11}")


def _check(report: Report, context: Context) -> Iterator[Found]:
    for what, word, at in _words(report):
        # Who wrote a statement is said in comments as well, and how to reach them.
        if signs := look(word).inside & (TOLD - {"email"} if what == "comment" else TOLD):
            called = " and ".join(SIGNS[sign].called for sign in sorted(signs))
            article = "an" if called[0] in "aeiou" else "a"
            yield Found(f"a {what} {_SAYS[what]} {article} {called}", _INSTEAD[what], at)


def _words(report: Report) -> Iterator[tuple[str, str, int]]:
    """The words of a statement that may hold a value, each with what it is and its place."""
    if not report.tree or not _POSSIBLE.search(report.text):
        return
    for token in parser.scan(report.text):
        word = report.text[token.start : token.end + 1] if token.name in _WORDS else ""
        if _POSSIBLE.search(word):
            at = report.at + len(report.text[: token.start].encode())
            yield _WORDS[token.name], word.strip("'\"$"), at


RULE = Rule(
    code="CQ27",
    name="literal_value",
    title="A literal that looks like a customer's",
    severity=Severity.WARNING,
    article="5.2.1",
    why=(
        "The text of a statement is in logs, pg_stat_activity, pg_stat_statements, shell histories and repositories. A "
        "parameter's value is in none of them, but for a log whose log_parameter_max_length lets it in."
    ),
    bad="SELECT pgcustsec.find('customer', 'mobile', '13800138000')",
    good="SELECT pgcustsec.find('customer', 'mobile', $1)",
    check=_check,
)
