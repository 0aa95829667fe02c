"""
YAML text -> nodes with line and column.

The parts of YAML that could make a reviewer and the loader read two different matrices are left out: anchors, aliases,
merge keys, tags, directives and further documents are refused. Plain words are read as YAML 1.2 reads them: `yes`,
`no`, `on`, `off` are words, not booleans.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from pgcustsec.errors import Problem
from pgcustsec.matrix.model import Mark

#: A matrix is written and reviewed by people: what is larger or deeper than this is a mistake or an attack.
LARGEST_BYTES = 1_000_000
DEEPEST = 20

INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NULL = frozenset(("", "~", "null", "Null", "NULL"))
BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


@dataclass(frozen=True, slots=True)
class Scalar:
    """One word: `value` is what YAML 1.2 makes of it, `text` what stands there."""

    mark: Mark
    text: str
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Sequence:
    mark: Mark
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys in file order; a key may be any node here, and may stand twice: the reader says so."""

    mark: Mark
    entries: tuple[tuple[Node, Node], ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """What stood here was refused while parsing; there is nothing more to say about it."""

    mark: Mark


Node = Scalar | Sequence | Mapping | Refused


class Unreadable(Exception):
    """The text cannot be read on from here."""

    def __init__(self, mark: Mark, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(mark.line, mark.column, message, hint)


def parse(text: str) -> tuple[Node | None, list[Problem]]:
    """
    Return the one document of *text* (None when it cannot be read) and what is wrong with it as YAML.

    Raises nothing: a syntax error is one problem, because nothing after it can be trusted to mean what it says.
    """
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        return None, [Problem(0, 0, f"the file is larger than {LARGEST_BYTES} bytes: that is no role matrix")]
    composer = _Composer()
    try:
        node = composer.document(YAML(typ="rt", pure=True).parse(text))
    except Unreadable as error:
        return None, [*composer.problems, error.problem]
    except MarkedYAMLError as error:
        return None, [*composer.problems, _syntax_problem(error)]
    except (YAMLError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # The parser's own faults on odd input (an escape past Unicode, say) are the input's: it is refused.
        reason = str(error).strip().splitlines()
        return None, [*composer.problems, Problem(0, 0, f"not readable as YAML: {reason[0] if reason else 'fault'}")]
    return node, composer.problems


def _syntax_problem(error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    said = error.problem or error.context or "syntax error"
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return Problem(line, column, f"not readable as YAML: {said}", "check indentation, brackets and quotes before here")


class _Composer:
    """Builds nodes from parser events and notes what we do not take."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Any]) -> Node | None:
        found: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                self._check_document(event, documents)
            elif isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent, AliasEvent)):
                found = self._node(event, events, 1)
        return found

    def _check_document(self, event: Any, documents: int) -> None:
        if documents > 1:
            raise Unreadable(_mark(event), "a second document in one file", "one file is one matrix: remove `---`")
        if event.tags or (event.version and tuple(event.version) != (1, 2)):
            raise Unreadable(_mark(event), "a YAML directive: a matrix is plain YAML 1.2", "remove the line with %")

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        mark = _mark(event)
        if depth > DEEPEST:
            raise Unreadable(mark, f"nested deeper than {DEEPEST} levels")
        self._refuse_extras(event, mark)
        if isinstance(event, SequenceStartEvent):
            return Sequence(mark, tuple(self._until(SequenceEndEvent, events, depth)))
        if isinstance(event, MappingStartEvent):
            parts = list(self._until(MappingEndEvent, events, depth))
            return Mapping(mark, tuple(zip(parts[::2], parts[1::2], strict=True)))
        if isinstance(event, AliasEvent):
            return Refused(mark)
        return Scalar(mark, event.value, _resolve(event.value) if event.style is None else event.value)

    def _until(self, end: type, events: Iterator[Any], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, end):
                return
            yield self._node(event, events, depth + 1)

    def _refuse_extras(self, event: Any, mark: Mark) -> None:
        if isinstance(event, AliasEvent):
            self._refuse(mark, f"alias *{event.anchor}: a matrix says everything where it holds")
        elif event.anchor is not None:
            self._refuse(mark, f"anchor &{event.anchor}: a matrix says everything where it holds")
        if getattr(event, "tag", None) is not None:
            self._refuse(mark, f"tag {event.tag}: a matrix has plain values only")

    def _refuse(self, mark: Mark, message: str) -> None:
        self.problems.append(Problem(mark.line, mark.column, message, "write the value itself here"))


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _resolve(text: str) -> str | int | float | bool | None:
    """What YAML 1.2 makes of the plain word *text*; dates stay words."""
    if text in NULL:
        return None
    if text in BOOLEAN:
        return BOOLEAN[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if FLOAT.fullmatch(text):
        return float(text)
    return text
