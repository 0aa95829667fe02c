"""A check as JUnit's XML: a suite for each file, a case for each statement and role."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from pgcustsec.query.results import Checked, Place, Told
from pgcustsec.report.query.counts import LEVELS, first_line, unread
from pgcustsec.report.query.text import told_lines
from pgcustsec.report.width import cut

#: XML 1.0 has no form for these at all.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_junit(checked: Checked, level: str) -> str:
    """
    Return *checked* as XML; a case fails where it has a finding of *level* or a worse one.

    What of a file is not read is a case as well, so that as many fail as the check's exit code says.
    """
    suites = ElementTree.Element("testsuites", name="pgcustsec query check")
    tests = failed = 0
    for file in checked.files:
        cases = list(_cases(checked, file))
        if cases:
            suite = ElementTree.SubElement(suites, "testsuite", name=_clean(file), tests=str(len(cases)))
            failures = sum(_add(suite, file, one, checked.matrix, level) for one in cases)
            suite.set("failures", str(failures))
            suite.set("errors", "0")
            tests, failed = tests + len(cases), failed + failures
    suites.set("tests", str(tests))
    suites.set("failures", str(failed))
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=False)


class _Case(NamedTuple):
    place: Place
    name: str
    told: Sequence[Told]


def _cases(checked: Checked, file: str) -> Iterator[_Case]:
    for one in checked.statements:
        if one.file == file:
            yield _Case(one.place, f"{one.role}: {cut(first_line(one), 60)}", one.told)
    for told in (found.told for found in unread(checked) if found.file == file):
        yield _Case(told.place, told.title, [told])


def _add(suite: ElementTree.Element, file: str, one: _Case, matrix: str, level: str) -> bool:
    """Add a case to *suite*; whether it fails."""
    name = f"{one.place.line}:{one.place.column} {one.name}"
    case = ElementTree.SubElement(
        suite, "testcase", classname=_clean(file), name=_clean(name), file=_clean(file), line=str(one.place.line)
    )
    bad = [told for told in one.told if LEVELS.index(told.level) >= LEVELS.index(level)]
    if bad:
        failure = ElementTree.SubElement(case, "failure", type=bad[0].rule, message=_clean(bad[0].message))
        failure.text = _clean("\n".join(_words(bad, matrix)))
    return bool(bad)


def _words(found: Sequence[Told], matrix: str) -> list[str]:
    return [line for told in found for line in told_lines(told, matrix, lambda text, about: text)]


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("?", text)
