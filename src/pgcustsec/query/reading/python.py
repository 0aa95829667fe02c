"""
Python files: the texts that they run as statements.

By rule: what is given to execute, executemany, exec_driver_sql, copy (where it is COPY); in a file that imports
SQLAlchemy or alembic to text, and in one that imports psycopg to stream. By mark: a text with a comment
`# pgcustsec: sql` at its first or last line, or on the line above. A text that is put together from parts is dynamic
SQL and refused; one that is not in the file is told.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from tokenize import TokenError
from typing import NamedTuple, TypeGuard

from pgcustsec.query.reading.literals import Source, Style, Written, with_values
from pgcustsec.query.reading.naming import Names
from pgcustsec.query.reading.passage import Draft, Lines, Note, Passage, Reading

_RUNNING = frozenset({"execute", "executemany", "exec_driver_sql", "copy", "copy_expert", "text", "stream"})
#: Where these are not called but handed on, what they will run is not in sight.
_HANDED_ON = frozenset({"execute", "executemany", "exec_driver_sql", "copy_expert"})
#: By which keyword these take the statement, where it is not the first argument.
_KEYWORDS = frozenset({"query", "sql", "statement", "operation", "text", "sqltext"})
#: They pass on the text that they are given, in a form of their own.
_WRAPPING = frozenset({"text", "SQL", "dedent", "cleandoc"})
_TRIMMING = frozenset({"strip", "lstrip", "rstrip"})
_ASSEMBLING = frozenset({"format", "format_map", "join", "replace"})
_MARK = re.compile(r"#\s*pgcustsec:\s*sql\b")
_ALLOW = re.compile(r"#\s*(pgcustsec:\s*(?!\s|sql\b).*)")
_DEEPEST = 8

DYNAMIC = "the statement is put together at run time: what it is, is not to be said"
_INSTEAD = "write it as one literal, with values as parameters and names as they are"


class Texts(NamedTuple):
    """What an expression may be: texts of the file, one of unknown parts (`assembled`), one from elsewhere."""

    found: tuple[Written, ...] = ()
    assembled: bool = False
    elsewhere: bool = False

    def also(self, other: Texts) -> Texts:
        return Texts(self.found + other.found, self.assembled or other.assembled, self.elsewhere or other.elsewhere)

    def in_text(self) -> Texts:
        return self._replace(found=tuple(one._replace(in_text=True) for one in self.found))


ASSEMBLED = Texts(assembled=True)
ELSEWHERE = Texts(elsewhere=True)


def read(text: str) -> Reading:
    """Return the texts that the Python file *text* runs, a passage each, and where it runs what is not in it."""
    try:
        return _File(Source(text)).read()
    except (SyntaxError, ValueError, RecursionError, TokenError) as error:
        draft = Draft()
        at = Lines(text).start(getattr(error, "lineno", None) or 1)
        draft.refuse(at, "it is not Python that can be read", "mend it, or leave it out")
        return Reading([draft.passage()])


class _File:
    """A Python file on its way: its names, and what was found in it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._names = Names(source.tree)
        self._by_owner = _is_migration(source.tree)
        self._has_text = _imports(source.tree, ("sqlalchemy", "alembic", "sqlmodel"))
        self._has_stream = _imports(source.tree, ("psycopg", "psycopg_pool"))
        self._found: dict[int, Passage] = {}
        self._notes: dict[int, Note] = {}

    def read(self) -> Reading:
        nodes = list(ast.walk(self._source.tree))
        called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
        for node in nodes:
            if isinstance(node, ast.Call) and self._runs(node):
                self._call(node, _called(node))
            elif _is_handed_on(node) and id(node) not in called:
                self._unread(node, "a method that runs statements is handed on here: what it runs is not read")
            elif isinstance(node, ast.alias) and node.name == "text" and node.asname not in (None, "text"):
                self._unread(node, f"text is called {node.asname} here: what that is given is not read")
        for line, (at, comment) in self._source.comments.items():
            if _MARK.match(comment):
                self._marked(line, at)
        passages = [passage for _, passage in sorted(self._found.items())]
        return Reading(passages, [note for _, note in sorted(self._notes.items())])

    def _runs(self, node: ast.expr) -> bool:
        name = _called(node) if isinstance(node, ast.Call) else ""
        known = {"text": self._has_text, "stream": self._has_stream}
        return name in _RUNNING and known.get(name, True)

    def _unread(self, node: ast.expr | ast.alias, message: str) -> None:
        at = self._source.begin(node)
        self._notes[at] = Note(at, "unread", message)

    def _call(self, node: ast.Call, name: str) -> None:
        given = [*node.args[:1], *(one.value for one in node.keywords if one.arg in _KEYWORDS)]
        if not given and any(one.arg is None for one in node.keywords):
            self._unread(node, f"what {name} runs here is no text of this file")
        if not given or self._runs(given[0]):
            return
        texts = self._texts(given[0])
        if name.startswith("copy") and not _is_copy(texts):
            return
        self._take(texts, node, given[0], self._style(node, name))
        if texts.elsewhere:
            self._unread(given[0], f"what {name} runs here is no text of this file")

    def _style(self, node: ast.Call, name: str) -> Style:
        """How the call *node* puts values into what it runs."""
        if name == "text" or (self._by_owner and name == "execute"):
            return "colon"
        given = name == "executemany" or len(node.args) > 1 or any(one.arg not in _KEYWORDS for one in node.keywords)
        return "percent" if given else "none"

    def _take(self, texts: Texts, node: ast.expr, statement: ast.expr, style: Style) -> None:
        """Keep *texts*, which *statement* may be; comments at *node* go with them."""
        for written in texts.found:
            self._add(written, node, "colon" if written.in_text else style)
        if texts.assembled:
            self._refuse(statement, node)

    def _marked(self, line: int, at: int) -> None:
        alone = not self._source.text[self._source.lines.start(line) : at].strip()
        for node in ast.walk(self._source.tree):
            if not isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp | ast.Call):
                continue
            if node.lineno != (line + 1 if alone else line) and node.end_lineno != line:
                continue
            texts = self._texts(node)
            if texts.found or texts.assembled:
                self._take(texts, node, node, "colon" if self._has_text else "percent")
                return
        self._notes[at] = Note(at, "unread", "this marks no text")

    def _texts(self, node: ast.expr | None, depth: int = 0) -> Texts:
        """Return what *node* may be."""
        if depth > _DEEPEST:
            return ASSEMBLED
        match node:
            case ast.Constant(value=str() as value):
                return Texts((self._source.literal(node, value),))
            case ast.Constant(value=bytes() as raw):
                return Texts((self._source.literal(node, raw.decode(errors="replace")),))
            case ast.JoinedStr(values=values):
                return self._joined(node, values)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _added(self._texts(left, depth + 1), self._texts(right, depth + 1))
            case ast.BinOp(left=left, op=ast.Mod()):
                return _assembled(self._texts(left, depth + 1))
            case ast.IfExp(body=body, orelse=orelse):
                return self._texts(body, depth + 1).also(self._texts(orelse, depth + 1))
            case ast.Name():
                texts = Texts()
                for given in self._names.values(node):
                    texts = texts.also(self._texts(given, depth + 1))
                return texts
            case ast.Call():
                return self._made(node, depth)
        return ELSEWHERE

    def _joined(self, node: ast.JoinedStr, values: list[ast.expr]) -> Texts:
        parts = [part.value for part in values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        return ASSEMBLED if len(parts) < len(values) else Texts((self._source.literal(node, "".join(parts)),))

    def _made(self, node: ast.Call, depth: int) -> Texts:
        """What a call makes of a text: the same in another form, or another."""
        name = _called(node)
        if name in _WRAPPING and len(node.args) == 1:
            texts = self._texts(node.args[0], depth + 1)
            return texts.in_text() if name == "text" else texts
        if isinstance(node.func, ast.Attribute) and name in _TRIMMING | _ASSEMBLING:
            texts = self._texts(node.func.value, depth + 1)
            return texts if name in _TRIMMING and not node.args else _assembled(texts)
        return ELSEWHERE

    def _add(self, written: Written, node: ast.expr, style: Style) -> None:
        at = written.origin[0] if written.origin else self._source.begin(node)
        if at in self._found:
            return
        draft = self._allowed(node)
        inner = with_values(written, style).passage()
        draft.join(inner.text, inner.origin)
        self._found[at] = draft.passage(self._by_owner)

    def _refuse(self, statement: ast.expr, node: ast.expr) -> None:
        draft = self._allowed(node)
        at = self._source.begin(statement)
        draft.refuse(at, DYNAMIC, _INSTEAD)
        self._found[at] = draft.passage(self._by_owner)

    def _allowed(self, node: ast.expr) -> Draft:
        """A draft that begins with what comments at the lines of *node*, or above it, say for `pgcustsec query`."""
        draft = Draft()
        for line in range(node.lineno - 1, (node.end_lineno or node.lineno) + 1):
            at, comment = self._source.comments.get(line, (0, ""))
            if found := _ALLOW.match(comment):
                draft.put("-- ", at)
                draft.join(found[1], range(at + found.start(1), at + found.end(1)))
                draft.put("\n", at)
        return draft


def _added(left: Texts, right: Texts) -> Texts:
    if left.elsewhere and right.elsewhere and not (left.found or right.found):
        return ASSEMBLED if left.assembled or right.assembled else ELSEWHERE
    assembled = any(side.assembled or side.elsewhere for side in (left, right))
    return Texts(tuple(one.plus(other) for one in left.found for other in right.found), assembled)


def _assembled(texts: Texts) -> Texts:
    """What becomes of *texts* where something is put into them."""
    return ASSEMBLED if texts.found or texts.assembled else ELSEWHERE


def _is_handed_on(node: ast.AST) -> TypeGuard[ast.Attribute]:
    return isinstance(node, ast.Attribute) and node.attr in _HANDED_ON and isinstance(node.ctx, ast.Load)


def _is_copy(texts: Texts) -> bool:
    return texts.assembled or any(one.text.lstrip().upper().startswith("COPY") for one in texts.found)


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the modules that a file imports from, and the names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def _imports(tree: ast.Module, packages: tuple[str, ...]) -> bool:
    return any(module.partition(".")[0] in packages for module, _ in _imported(tree))


def _is_migration(tree: ast.Module) -> bool:
    """Whether it is a revision of alembic's: its statements run as the owner of what they define."""
    return ("alembic", "op") in _imported(tree)
