"""Where in a matrix file something stands, for who is told that it decided."""

from __future__ import annotations

from collections.abc import Sequence as Series
from os import PathLike

from pgcustsec.matrix.load import read_text
from pgcustsec.matrix.source import Mapping, Node, Scalar, parse


def line_of(path: str | PathLike[str], keys: Series[str]) -> int | None:
    """
    Return the line of the file *path* where the keys, each under the one before, lead to; as far as they are there.

    None when not even the first is. Raises `UsageError` when there is no such file, `MatrixError` when it is no UTF-8.
    """
    node, _ = parse(read_text(path))
    line = None
    for key in keys:
        entry = _entry(node, key)
        if entry is None:
            break
        word, node = entry
        line = word.mark.line
    return line


def _entry(node: Node | None, key: str) -> tuple[Node, Node] | None:
    entries = node.entries if isinstance(node, Mapping) else ()
    return next(((word, value) for word, value in entries if isinstance(word, Scalar) and word.text == key), None)
