"""A check as JSON for programs. The keys are documented in docs/query.md, and are not given another meaning."""

from __future__ import annotations

from typing import Any

from pgcustsec.query.results import Checked, Origin, Place, Seen, Statement, Told
from pgcustsec.report.query.counts import LEVELS, all_told

#: Of the form below. A key may be added to it; anything else is another number.
VERSION = 1


def check_values(checked: Checked) -> dict[str, Any]:
    """Return *checked* as what `json.dumps` takes."""
    levels = [one.told.level for one in all_told(checked)]
    return {
        "version": VERSION,
        "matrix": checked.matrix,
        "roles": list(checked.roles),
        "files": list(checked.files),
        "statements": [_statement(one) for one in checked.statements],
        "unchecked": [
            {"file": one.file, **_place(one.place), "level": one.level, "message": one.message}
            for one in checked.unchecked
        ],
        "counts": {level: levels.count(level) for level in LEVELS},
    }


def _statement(one: Statement) -> dict[str, Any]:
    return {
        "file": one.file,
        **_place(one.place),
        "role": one.role,
        "kind": one.kind,
        "text": one.text,
        "verdict": one.verdict.value,
        "columns": [{"name": seen.name, **_seen(seen)} for seen in one.seen if seen.what == "column"],
        "uses": [{"where": seen.what, **_seen(seen)} for seen in one.seen if seen.what != "column"],
        "findings": [_told(told) for told in one.told],
    }


def _seen(seen: Seen) -> dict[str, Any]:
    return {
        "verdict": seen.verdict.value,
        "tier": seen.tier,
        "article": seen.article,
        **_place(seen.place),
        "origins": [_origin(origin) for origin in seen.origins],
        "opaque": list(seen.opaque),
    }


def _origin(origin: Origin) -> dict[str, Any]:
    return {**origin._asdict(), "path": list(origin.path)}


def _told(told: Told) -> dict[str, Any]:
    return {
        "rule": told.rule,
        "level": told.level,
        "message": told.message,
        "instead": told.instead,
        "why": told.why,
        "article": told.article,
        "matrix_line": told.matrix_line or None,
        **_place(told.place),
    }


def _place(place: Place) -> dict[str, int]:
    return {"line": place.line, "column": place.column}
