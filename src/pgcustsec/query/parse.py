"""A text to statements: PostgreSQL's own scanner and grammar, each statement with its place in the text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pglast import parser
from pglast.parser import ParseError, parse_sql_json

from pgcustsec.query.telling import of_parser

#: Longer or deeper statements are nobody's by hand; they are refused rather than read for minutes.
LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A statement of a text: where it begins, in bytes of UTF-8; its kind and tree, or why it does not parse."""

    text: str
    begin: int
    kind: str
    tree: dict[str, Any]
    error: str | None = None
    error_at: int = 0


def parse(text: str) -> list[Parsed]:
    """
    Return the statements of *text* in order. One that does not parse is among them, with the parser's words.

    Places in trees are bytes of the whole text.
    """
    if len(text) > LONGEST:
        return [Parsed(text[:60], 0, "", {}, f"a text of {len(text):,} characters is not read: split it up")]
    if (mark := _unreadable(text)) is not None:
        # PostgreSQL takes no such text; its parser would end at a zero, and pass over what follows.
        shown = text.encode(errors="replace").decode().replace("\0", "?")
        return [Parsed(shown.strip(), 0, "", {}, f"character {mark + 1} is none that a statement can have")]
    try:
        found = json.loads(parse_sql_json(text))
    except (ParseError, RecursionError):
        return _one_by_one(text)
    encoded = text.encode()
    return [_parsed(encoded, raw) for raw in found.get("stmts", ())]


_UNREADABLE = re.compile("[\0\ud800-\udfff]")


def _unreadable(text: str) -> int | None:
    """Where *text* has a zero or half a character, None if nowhere."""
    found = _UNREADABLE.search(text)
    return found.start() if found else None


def _parsed(encoded: bytes, raw: dict[str, Any]) -> Parsed:
    begin = raw.get("stmt_location", 0)
    end = begin + raw["stmt_len"] if raw.get("stmt_len") else len(encoded)
    tree = raw["stmt"]
    kind = next(iter(tree))
    text = encoded[begin:end].decode()
    return Parsed(text.strip(), begin + len(encoded[begin:end]) - len(encoded[begin:end].lstrip()), kind, tree)


def _one_by_one(text: str) -> list[Parsed]:
    """
    Each statement by itself, so that one that does not parse hides no other, and none is passed over.

    They end at a semicolon. One within parentheses or a function's body is not the end: pieces are put together as
    long as that gives no statement, and where it never does, the first is refused.
    """
    try:
        pieces = _pieces(text)
    except ParseError as error:
        return [Parsed(text.strip(), 0, "", {}, _words(error), _place(error))]
    found: list[Parsed] = []
    place = 0
    while place < len(pieces):
        begin = pieces[place][0]
        last = min(place + MOST_PIECES, len(pieces)) if _goes_on(text[slice(*pieces[place])]) else place + 1
        for end in range(place, last):
            parsed = _alone(text, begin, pieces[end][1])
            if parsed is None or parsed.error is None:
                break
        else:
            end, parsed = place, _alone(text, *pieces[place])
        found += [parsed] if parsed else []
        place = end + 1
    return found


#: A function's body or a rule in a text with a mistake has as many statements as this, or is refused.
MOST_PIECES = 40
_SEMICOLON = "ASCII_59"
_GOES_ON = re.compile(r"\bATOMIC\b|\bRULE\b", re.IGNORECASE)


def _goes_on(piece: str) -> bool:
    return bool(_GOES_ON.search(piece))


def _pieces(text: str) -> list[tuple[int, int]]:
    """
    Begin and end, in characters, of what stands between semicolons, without comments before it.

    Where a quote or a comment never ends, all from the statement that it is in is one piece.
    """
    pieces: list[tuple[int, int]] = []
    begin: int | None = None
    unended: int | None = None
    try:
        tokens = parser.scan(text)
    except ParseError as error:
        unended = _place(error)
        tokens = parser.scan(text[:unended])
    for token in tokens:
        if token.name == _SEMICOLON:
            pieces.append((token.start if begin is None else begin, token.start))
            begin = None
        elif begin is None and not token.name.endswith("COMMENT"):
            begin = token.start
    last = begin if begin is not None else unended
    return pieces if last is None else [*pieces, (last, len(text))]


def _alone(text: str, begin: int, end: int) -> Parsed | None:
    """The one statement of a piece of *text*; None where it has nothing but blanks and comments."""
    part = text[begin:end]
    at = len(text[:begin].encode())
    first = at + len(part.encode()) - len(part.lstrip().encode())
    try:
        statements = _moved(json.loads(parse_sql_json(part)).get("stmts", []), at)
    except ParseError as error:
        return Parsed(part.strip(), first, "", {}, _words(error), at + len(part[: _place(error)].encode()))
    except RecursionError:
        return Parsed(part.strip(), first, "", {}, "a statement is nested too deeply to be read")
    if not statements:
        return None
    one = _parsed(part.encode(), statements[0])
    return Parsed(one.text, at + one.begin, one.kind, one.tree)


_PLACES = ("location", "name_location")


def _moved(tree: Any, by: int) -> Any:
    """*tree* with its places counted from *by* bytes earlier."""
    if isinstance(tree, dict):
        return {
            key: value + by if key in _PLACES and isinstance(value, int) and value >= 0 else _moved(value, by)
            for key, value in tree.items()
        }
    return [_moved(value, by) for value in tree] if isinstance(tree, list) else tree


def _words(error: ParseError) -> str:
    return of_parser(str(error.args[0])) if error.args else "it does not parse"


def _place(error: ParseError) -> int:
    location = error.args[1] if len(error.args) > 1 else None
    return location if isinstance(location, int) and location >= 0 else 0
