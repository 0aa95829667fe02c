"""Nodes -> tree, by the shapes of `form`: unknown and missing keys, wrong types, names that refer to nothing."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from pgcustsec.matrix.form import MATRIX
from pgcustsec.matrix.model import Mark
from pgcustsec.matrix.shapes import (
    Choice,
    Day,
    Either,
    Flag,
    Keys,
    Many,
    Named,
    Network,
    Predicate,
    Ref,
    Shape,
    Text,
    Whole,
)
from pgcustsec.matrix.source import Mapping, Node, Refused, Scalar, Sequence
from pgcustsec.matrix.tree import Items, Notes, Part, Word, instead, nearest

SPOILED: Any = object()
PREDICATE_TEXT = Text("condition", r"[^\x00-\x08\x0b-\x1f\x7f]*\S[^\x00-\x08\x0b-\x1f\x7f]*", "an SQL condition", 2000)
NOT_BOOLEANS = {"yes": "true", "y": "true", "on": "true", "no": "false", "n": "false", "off": "false"}


def read(node: Node, form: Shape = MATRIX, label: str = "the matrix") -> tuple[Part, Notes]:
    """Return the tree of a whole file of that *form*, and everything wrong with it; *label* names it."""
    reader = _Reader()
    mark = Mark(1, 1)
    tree = reader.value(node, form, label, mark)
    if tree is SPOILED:
        return Part(mark), reader.notes
    reader.check_references(tree)
    return tree, reader.notes


class _Reader:
    def __init__(self) -> None:
        self.notes = Notes()
        self.references: list[tuple[str, Word]] = []
        self.defined: dict[str, list[str]] = {}

    def value(self, node: Node, shape: Shape, label: str, mark: Mark) -> Any:
        """
        Return what *node* says by *shape*, or SPOILED after noting why not.

        *label* names the value in messages; *mark* is where it is named, for what lacks a place of its own.
        """
        if isinstance(node, Refused):
            return SPOILED
        if isinstance(node, Scalar) and node.value is None:
            # Where nothing stands, the parser's place is that of whatever comes next.
            place = node.mark if node.text else mark
            return self._spoil(place, f"{label} is empty", "give it a value, or remove the key")
        return self._methods[type(shape)](self, node, shape, label, mark)

    def _spoil(self, mark: Mark, message: str, hint: str | None = None) -> Any:
        self.notes.add(mark, message, hint)
        return SPOILED

    # Single words

    def _word(self, node: Node, shape: Text, label: str, mark: Mark) -> Any:
        if not isinstance(node, Scalar):
            return self._spoil(node.mark, f"{label} must be {shape.rule}, not {_kind(node)}")
        if not isinstance(node.value, str):
            hint = f'write it in quotes: "{node.text}"'
            return self._spoil(node.mark, f"{label} must be {shape.rule}, not {_kind(node)} {node.text}", hint)
        return self._fitting(node, shape, label)

    def _fitting(self, node: Scalar, shape: Text, label: str) -> Any:
        if not re.fullmatch(shape.pattern, node.text):
            return self._spoil(node.mark, f"{label} {node.text!r}: {shape.rule} expected")
        if len(node.text.encode("utf-8", "surrogatepass")) > shape.longest:
            return self._spoil(node.mark, f"{label} {node.text!r} is longer than {shape.longest} bytes")
        if any("\ud800" <= letter <= "\udfff" for letter in node.text):
            return self._spoil(node.mark, f"{label} {node.text!r} has half a character")
        return Word(node.text, node.mark)

    def _predicate(self, node: Node, shape: Predicate, label: str, mark: Mark) -> Any:
        return self._word(node, PREDICATE_TEXT, label, mark)

    def _reference(self, node: Node, shape: Ref, label: str, mark: Mark) -> Any:
        word = self._word(node, Text(f"name of a {shape.to}", rule=f"the name of a {shape.to}"), label, mark)
        if word is not SPOILED:
            self.references.append((shape.to, word))
        return word

    def _choice(self, node: Node, shape: Choice, label: str, mark: Mark) -> Any:
        if not isinstance(node, Scalar):
            return self._spoil(node.mark, f"{label} must be one word, not {_kind(node)}", _options(shape))
        if node.text not in shape.options:
            hint = instead(node.text, shape.options, f"{label}s" if label == shape.what else "words")
            return self._spoil(node.mark, f"no {shape.what} {node.text!r}", hint)
        return Word(node.text, node.mark)

    def _whole(self, node: Node, shape: Whole, label: str, mark: Mark) -> Any:
        meant = str(shape.least) if shape.least == shape.most else f"from {shape.least} to {shape.most}"
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or not isinstance(node.value, int):
            found = f"{node.text!r}" if isinstance(node, Scalar) else _kind(node)
            return self._spoil(node.mark, f"{label} must be a whole number {meant}, not {found}")
        if not shape.least <= node.value <= shape.most:
            return self._spoil(node.mark, f"{label} must be a whole number {meant}, not {node.value}")
        return node.value

    def _flag(self, node: Node, shape: Flag, label: str, mark: Mark) -> Any:
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        found = f"{node.text!r}" if isinstance(node, Scalar) else _kind(node)
        meant = NOT_BOOLEANS.get(node.text.lower()) if isinstance(node, Scalar) else None
        hint = f"write {meant}" if meant else None
        return self._spoil(node.mark, f"{label} must be true or false, not {found}", hint)

    def _day(self, node: Node, shape: Day, label: str, mark: Mark) -> Any:
        text = node.text if isinstance(node, Scalar) else ""
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        found = f"{text!r}" if isinstance(node, Scalar) else _kind(node)
        return self._spoil(node.mark, f"{label} must be a date as 2027-06-30, not {found}")

    def _network(self, node: Node, shape: Network, label: str, mark: Mark) -> Any:
        text = node.text if isinstance(node, Scalar) else ""
        try:
            ipaddress.ip_network(text, strict=True)
        except ValueError as error:
            return self._spoil(node.mark, f"{label} must be a network as 10.0.0.0/8: {error}")
        if "/" not in text:
            return self._spoil(node.mark, f"{label} must be a network as 10.0.0.0/8", f"one address is {text}/32")
        return Word(text, node.mark)

    # Lists and mappings

    def _many(self, node: Node, shape: Many, label: str, mark: Mark) -> Any:
        items = Items(node.mark)
        if isinstance(node, Sequence):
            nodes = node.items
        elif shape.bare and isinstance(node, Scalar):
            nodes = (node,)
        else:
            return self._spoil(node.mark, f"{label} must be a list, not {_kind(node)}", "put it in [ ]")
        if not nodes:
            return self._spoil(node.mark, f"{label} is empty", "name at least one, or remove the key")
        for one in nodes:
            value = self.value(one, shape.item, label, one.mark)
            if value is SPOILED:
                items.spoiled = True
            elif isinstance(value, Word) and value in items:
                self.notes.add(value.mark, f"{value!r} stands twice in {label}")
            else:
                items.append(value)
        return items

    def _keys(self, node: Node, shape: Keys, label: str, mark: Mark) -> Any:
        if not isinstance(node, Mapping):
            hint = "keys here: " + ", ".join(shape.keys)
            return self._spoil(node.mark, f"{label} must be a mapping, not {_kind(node)}", hint)
        if not node.entries:
            return self._spoil(node.mark, f"{label} is empty", "keys here: " + ", ".join(shape.keys))
        part = Part(mark)
        for word, child in self._pairs(node, label):
            key = shape.keys.get(word)
            if key is None:
                self._unknown_key(part, word, shape, label, node)
            else:
                self._put(part, word, child, self.value(child, key.shape, word, word.mark))
        for name, key in shape.keys.items():
            if key.required and not part.has(name):
                self.notes.add(mark, f"{label} lacks {name!r}", f"{name}: {key.means}")
        return part

    def _unknown_key(self, part: Part, word: Word, shape: Keys, label: str, node: Mapping) -> None:
        given = {key.text for key, _ in node.entries if isinstance(key, Scalar)}
        near = nearest(word, [name for name in shape.keys if name not in given])
        if near is not None:
            part.spoiled.add(near)  # most likely meant: nothing is said about its absence
        self.notes.add(word.mark, f"no key {str(word)!r} in {label}", instead(word, tuple(shape.keys), "keys"))

    def _named(self, node: Node, shape: Named, label: str, mark: Mark) -> Any:
        if not isinstance(node, Mapping):
            return self._spoil(node.mark, f"{label} must be a mapping of names, not {_kind(node)}")
        if not node.entries:
            return self._spoil(node.mark, f"{label} is empty", "name at least one, or remove the key")
        part = Part(mark)
        for word, child in self._pairs(node, label):
            if isinstance(shape.name, Text):
                self._fitting(Scalar(word.mark, str(word), str(word)), shape.name, shape.name.what)
            else:
                self.references.append((shape.name.to, word))
            value = self.value(child, shape.value, f"{_one(shape)} {str(word)!r}", word.mark)
            self._put(part, word, child, value)
        if shape.defines is not None:
            self.defined[shape.defines] = [*part, *part.spoiled]
        return part

    def _pairs(self, node: Mapping, label: str) -> list[tuple[Word, Node]]:
        """The entries of *node* whose keys are words, each once."""
        pairs: list[tuple[Word, Node]] = []
        first: dict[str, Mark] = {}
        for key, child in node.entries:
            if not isinstance(key, Scalar):
                self.notes.add(key.mark, f"a key of {label} must be one word, not {_kind(key)}")
            elif not isinstance(key.value, str):  # a number, true, nothing: another reader could see another name
                self.notes.add(
                    key.mark, f"key {key.text or 'without a name'} of {label} must be text", "put it in quotes"
                )
            elif key.text in first:
                self.notes.add(key.mark, f"{key.text!r} stands twice in {label}; first on line {first[key.text].line}")
            else:
                first[key.text] = key.mark
                pairs.append((Word(key.text, key.mark), child))
        return pairs

    def _put(self, part: Part, word: Word, child: Node, value: Any) -> None:
        part.named_at[word] = word.mark
        if value is SPOILED:
            part.spoiled.add(word)
        else:
            part[word] = value
            part.at[word] = child.mark

    def _either(self, node: Node, shape: Either, label: str, mark: Mark) -> Any:
        if isinstance(node, Scalar) and shape.word is not None:
            return self._choice(node, shape.word, label, mark)
        if not isinstance(node, Mapping):
            words = f"{' or '.join(shape.word.options)}, or " if shape.word else ""
            forms = " or ".join("{" + ", ".join(form.keys) + "}" for form in shape.forms)
            return self._spoil(node.mark, f"{label} must be {words}{forms}, not {_kind(node)}")
        given = [key.text for key, _ in node.entries if isinstance(key, Scalar)]
        form = max(shape.forms, key=lambda f: sum(1 for key in given if nearest(key, tuple(f.keys))))
        form = max((form, *shape.forms), key=lambda f: sum(1 for key in given if key in f.keys))
        return self._keys(node, form, label, mark)

    # Names that refer

    def check_references(self, tree: Part) -> None:
        """Note each name that nothing defines; silent where the defining section is itself wrong or missing."""
        for to, word in self.references:
            section = SECTIONS[to]
            if section in tree.spoiled or (section not in tree and MATRIX.keys[section].required):
                continue
            known = self.defined.get(to, [])
            if word not in known:
                self.notes.add(word.mark, f"no {to} {str(word)!r} in this matrix", instead(word, known, f"{to}s"))

    _methods: ClassVar[dict[type, Callable[..., Any]]] = {
        Text: _word,
        Ref: _reference,
        Whole: _whole,
        Flag: _flag,
        Day: _day,
        Network: _network,
        Predicate: _predicate,
        Choice: _choice,
        Many: _many,
        Keys: _keys,
        Named: _named,
        Either: _either,
    }


SECTIONS = {"role": "roles", "department": "departments", "agreement": "agreements", "table": "tables"}


def _one(shape: Named) -> str:
    return shape.value.what if isinstance(shape.value, Keys) else shape.what


def _options(shape: Choice) -> str:
    return "one of " + ", ".join(shape.options)


def _kind(node: Node) -> str:
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Refused):
        return "what was refused"
    return {bool: "the boolean", int: "the number", float: "the number"}.get(type(node.value), f"{node.text!r}")
