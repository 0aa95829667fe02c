"""
Reading the documentation as the tests need it, and rewriting its generated parts.

A generated part stands between `<!-- name -->` and `<!-- /name -->`. A block to run has a line before it that says so:

    <!-- run -->                             in the order of the page, in one shell; SQL goes through psql
    <!-- run from 16 -->, before 16          on those servers only
    <!-- run as postgres@postgres -->        SQL as that login in that database
    <!-- run fails -->                       the refusal is what it shows
    <!-- check -->                           a piece of a matrix, which must be right
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "src" / "pgcustsec" / "docs"
PAGES = (README, *sorted(DOCS.glob("*.md")))

_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>(?:run|check)[^\n]*?) -->\n)?```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """A fenced block: where it stands, its language, and how it is marked (nothing: it is only read)."""

    page: Path
    line: int
    language: str
    mark: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.name}:{self.line}"

    def is_for(self, major: int) -> bool:
        """Whether the block is for servers of version *major*."""
        if found := re.search(r"\bfrom (\d+)", self.mark):
            return major >= int(found[1])
        if found := re.search(r"\bbefore (\d+)", self.mark):
            return major < int(found[1])
        return True

    @property
    def login(self) -> tuple[str, str] | None:
        """The login and database it runs as, if it says so."""
        found = re.search(r"\bas (\S+)@(\S+)", self.mark)
        return (found[1], found[2]) if found else None

    @property
    def fails(self) -> bool:
        return "fails" in self.mark.split()


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of *page*."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, found.start("text")), found["language"], found["mark"] or "", found["text"])
        for found in _BLOCK.finditer(text)
    ]


def section(page: Path, name: str) -> str:
    """Return what stands in *page* between the marks of *name*."""
    found = _section(page, name)
    return found["body"]


def replaced(page: Path, name: str, body: str) -> str:
    """Return the text of *page* with *body* between the marks of *name*."""
    found = _section(page, name)
    return found.string[: found.start("body")] + body + found.string[found.end("body") :]


def _section(page: Path, name: str) -> re.Match[str]:
    pattern = rf"<!-- {name} -->\n(?P<body>.*?)<!-- /{name} -->"
    found = re.findall(pattern, text := page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == 1, f"{page.name} has {len(found)} parts {name}"
    match = re.search(pattern, text, re.DOTALL)
    assert match is not None
    return match
