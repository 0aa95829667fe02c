"""Conditions on rows, from the words of a command line to what the database takes (5.2.1)."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pgcustsec.errors import UsageError

#: One condition: `column`, `is`, and where it takes one `value`.
Condition = Mapping[str, Any]

FORMS = "'branch_code=BJ' (also <> < <= > >=), 'branch_code in BJ,SH', 'health is null', 'health is not null'"

_COLUMN = r'\s*(?:(?P<plain>[^\W\d]\w*)|"(?P<quoted>(?:[^"]|"")+)")\s*'
_COMPARED = re.compile(_COLUMN + r"(?P<is><=|>=|<>|=|<|>)\s*(?P<value>.*?)\s*", re.DOTALL)
_LISTED = re.compile(_COLUMN + r"\bin\s+(?P<value>.*?)\s*", re.DOTALL | re.IGNORECASE)
_NULL = re.compile(_COLUMN + r"\bis\s+(?P<is>(?:not\s+)?null)\s*", re.IGNORECASE)


def parse_conditions(texts: Sequence[str]) -> list[Condition]:
    """
    Return the conditions that *texts* say, in order, as `file_request` takes them; all of them have to hold.

    A value that begins with a sign or is empty stands in single quotes. Values stay text: the database reads each as
    one of its column, and refuses what is none. Raises `UsageError`, which shows the forms that there are.
    """
    return [_parsed(text) for text in texts]


def _parsed(text: str) -> Condition:
    if found := _NULL.fullmatch(text):
        return {"column": _column(found), "is": " ".join(found["is"].lower().split())}
    if found := _LISTED.fullmatch(text):
        return {"column": _column(found), "is": "in", "value": _values(text, found["value"])}
    if found := _COMPARED.fullmatch(text):
        return {"column": _column(found), "is": found["is"], "value": _value(text, found["value"])}
    raise _wrong(text)


def _column(found: re.Match[str]) -> str:
    return found["plain"] or str(found["quoted"]).replace('""', '"')


def _value(text: str, value: str) -> str:
    if value.startswith("'"):
        if not re.fullmatch(r"'(?:[^']|'')*'", value, re.DOTALL):
            raise _wrong(text)
        return value[1:-1].replace("''", "'")
    if not value or value[0] in "=<>!":
        raise _wrong(text)
    return value


def _values(text: str, value: str) -> list[str]:
    """The values between commas, as a line of CSV: one with a comma in it stands in double quotes."""
    try:
        [values] = csv.reader([value], strict=True, skipinitialspace=True)
    except (csv.Error, ValueError):
        raise _wrong(text) from None
    if not all(values):
        raise _wrong(text)
    return [one.strip() for one in values]


def _wrong(text: str) -> UsageError:
    return UsageError(
        f"{text!r} is no condition on rows", hint=f"write one of {FORMS}; each --where is one, and all of them hold"
    )
