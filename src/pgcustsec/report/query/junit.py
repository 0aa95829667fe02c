"""A check as JUnit's XML: a suite for each file, a case for each statement and role."""

from __future__ import annotations

import re
from itertools import groupby
from xml.etree import ElementTree

from pgcustsec.query.results import Checked, Statement, Told
from pgcustsec.report.query.counts import LEVELS, first_line
from pgcustsec.report.query.text import told_lines
from pgcustsec.report.width import cut

#: XML 1.0 has no form for these at all.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check_junit(checked: Checked, level: str) -> str:
    """Return *checked* as XML; a case fails where it has a finding of *level* or a worse one."""
    suites = ElementTree.Element("testsuites", name="pgcustsec query check")
    failed = 0
    for file, statements in groupby(checked.statements, key=lambda one: one.file):
        cases = list(statements)
        suite = ElementTree.SubElement(suites, "testsuite", name=_clean(file), tests=str(len(cases)))
        failures = sum(_case(suite, one, checked.matrix, level) for one in cases)
        suite.set("failures", str(failures))
        suite.set("errors", "0")
        failed += failures
    suites.set("tests", str(len(checked.statements)))
    suites.set("failures", str(failed))
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=False)


def _case(suite: ElementTree.Element, statement: Statement, matrix: str, level: str) -> bool:
    name = f"{statement.place.line}:{statement.place.column} {statement.role}: {cut(first_line(statement), 60)}"
    case = ElementTree.SubElement(
        suite, "testcase", classname=_clean(statement.file), name=_clean(name), file=_clean(statement.file),
        line=str(statement.place.line),
    )  # fmt: skip
    bad = [told for told in statement.told if LEVELS.index(told.level) >= LEVELS.index(level)]
    if bad:
        failure = ElementTree.SubElement(case, "failure", type=bad[0].rule, message=_clean(bad[0].message))
        failure.text = _clean("\n".join(_words(bad, matrix)))
    return bool(bad)


def _words(found: list[Told], matrix: str) -> list[str]:
    return [line for told in found for line in told_lines(told, matrix, lambda text, about: text)]


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("?", text)
