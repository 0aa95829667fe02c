"""What of a statement may be said in a message: names and signs, never what could be somebody's value."""

from __future__ import annotations

import re

_NAME = re.compile(r"(?!.*\d{5})[A-Za-z_][A-Za-z0-9_$.]*")
_SIGN = re.compile(r"[^\w\s'\"$]{1,3}")
_NEAR = re.compile(r'at or near "(?P<what>.*)"', re.DOTALL)


def is_name(text: str) -> bool:
    """Whether *text* looks like a name. One in quotes may be a value by mistake: `WHERE mobile = "138..."`."""
    return _NAME.fullmatch(text) is not None


def of_name(what: str, name: str) -> str:
    """Return *what* with its *name*, where that may be told."""
    return f"{what} {name}" if is_name(name) else f"{what} of that name"


def of_parser(words: str) -> str:
    """Return the parser's *words* without the literal that it stumbled over."""
    found = _NEAR.search(words)
    if found is None or is_name(found["what"]) or _SIGN.fullmatch(found["what"]):
        return words
    return f"{words[: found.start()].rstrip()} here"
