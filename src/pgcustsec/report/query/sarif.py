"""A check as SARIF 2.1.0, as GitHub's code scanning takes it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from urllib.parse import quote

from pgcustsec import __version__
from pgcustsec.query.results import Checked, Told
from pgcustsec.report.query.counts import Finding, all_told, path, sentence

#: The one fingerprint by which code scanning knows a result again.
FINGERPRINT = "primaryLocationLineHash"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def check_sarif(checked: Checked) -> dict[str, Any]:
    """
    Return the findings of *checked* as a SARIF log of one run.

    Columns count Unicode characters. A result's fingerprint is made of file, rule, role, message and statement, not of
    the line, so that a finding stays the same one where lines, or other statements, are put in before it.
    """
    found = list(all_told(checked))
    rules: dict[str, Told] = {}
    for one in found:
        rules.setdefault(one.told.rule, one.told)
    places = {code: number for number, code in enumerate(rules)}
    driver = {
        "name": "pgcustsec",
        "semanticVersion": __version__,
        "rules": [_rule(code, told) for code, told in rules.items()],
    }
    seen: dict[str, int] = {}
    results = [_result(one, places[one.told.rule], seen) for one in found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, told: Told) -> dict[str, Any]:
    return {
        "id": code,
        "name": code,
        "shortDescription": {"text": told.title},
        "fullDescription": {"text": told.why},
        "help": {"text": f"{told.why} Policy article {told.article}."},
        "defaultConfiguration": {"level": told.level},
        "properties": {"tags": ["security", f"policy/{told.article}"]},
    }


def _result(one: Finding, rule: int, seen: dict[str, int]) -> dict[str, Any]:
    told = one.told
    place = {
        "artifactLocation": {"uri": quote(path(one.file), safe="/")},
        "region": {"startLine": told.place.line, "startColumn": told.place.column},
    }
    return {
        "ruleId": told.rule,
        "ruleIndex": rule,
        "level": told.level,
        "message": {"text": sentence(told, one.role)},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {FINGERPRINT: _fingerprint(one, seen)},
    }


def _fingerprint(one: Finding, seen: dict[str, int]) -> str:
    """Of the same finding of a statement that stands more than once in a file, each has its own."""
    parts = (path(one.file), one.told.rule, one.role, one.told.message, one.statement)
    digest = sha256("\0".join(parts).encode()).hexdigest()[:32]
    seen[digest] = seen.get(digest, 0) + 1
    return f"{digest}:{seen[digest]}"
