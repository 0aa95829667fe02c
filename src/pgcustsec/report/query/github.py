"""A check as workflow commands of GitHub Actions: annotations in the files of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from pgcustsec.query.results import Checked
from pgcustsec.report.query.counts import all_told, path, sentence

_COMMANDS = {"note": "notice", "warning": "warning", "error": "error"}


def check_commands(checked: Checked) -> Iterator[str]:
    """Yield one command for each finding."""
    for file, role, told, _ in all_told(checked):
        properties = {
            "file": path(file),
            "line": told.place.line,
            "col": told.place.column,
            "title": f"{told.rule}: {told.title}",
        }
        given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        yield f"::{_COMMANDS[told.level]} {given}::{_message(sentence(told, role))}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
