"""
The tier and kind of a column, from its values, its name, its comment and its type, each with a confidence.

What values say goes before what a name says; of a name and a comment the stricter counts. What nothing says is tier 1
where it could identify somebody (5.2.5), else tier 2: a number or a date alone identifies nobody, but may be private.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pgcustsec.catalog.contents import HeldColumn, HeldTable
from pgcustsec.catalog.sampling import DOCUMENTS
from pgcustsec.compile.forms import LONGEST
from pgcustsec.compile.vault.sealed import TEXT_TYPES
from pgcustsec.inspecting.tally import Evidence
from pgcustsec.inspecting.words import Words, head, named, parts
from pgcustsec.looks.values import SIGNS
from pgcustsec.matrix.kinds import WITH_NORMAL_FORM
from pgcustsec.matrix.model import Column, Tier
from pgcustsec.objects import SEALED_CHECK

#: Values of a key or a reference are somebody's only where check digits say so: other numbers count up.
_CHECKED = frozenset({"identity", "email"})
#: How sure a name, a comment, a type can make.
_BY_NAME, _BY_COMMENT, _BY_USE, _BY_TYPE, _UNTOLD = 0.8, 0.7, 0.7, 0.4, 0.1
_FILES = frozenset({"bytea"})
#: Kinds that a column is by its name though it leads somewhere.
_NUMBERS_THAT_TELL = frozenset({"id_document", "messenger", "health"})
_PLAIN_CATEGORIES = frozenset("DTBEN")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is proposed as; `confidence` from 0 to 1; `why` names no value. `told`: something said so."""

    column: Column
    confidence: float
    why: str
    told: bool = True

    @property
    def remark(self) -> str:
        """The comment behind the column: `0.97: an email address in 97 of 100 sampled rows`."""
        return f"{self.confidence:.2f}: {self.why}"


def guess(column: HeldColumn, found: Sequence[Evidence], table: HeldTable, *, points: bool, of_person: bool) -> Guess:
    """
    Return what *column* of *table* is most likely to be; *found* is what its sampled values look like.

    *points*: it is part of a key or leads to another table; *of_person*: rows of the table are people.
    """
    by_value = _by_value(column, found, points)
    by_name = _by_words(column, points=points, of_person=of_person)
    if by_value and by_name and by_value.column == by_name.column:
        chosen = Guess(by_value.column, max(by_value.confidence, 0.95), f"{by_name.why}; {by_value.why}")
    else:
        chosen = by_value or by_name or _by_use(column, table, points=points)
    return _kept_unique(chosen, table)


def _by_value(column: HeldColumn, found: Sequence[Evidence], points: bool) -> Guess | None:
    seen = [one for one in found if not points or one.sign in _CHECKED]
    if not seen:
        return None
    whole = next((one for one in seen if one.whole and one.share >= 0.5 and not one.path), None)
    if whole and column.plain_type not in _FILES:
        kind = SIGNS[whole.sign].kind
        tier: Tier = 2 if kind == "name" else 1
        why = f"{SIGNS[whole.sign].told} in {whole.hits:,} of {whole.rows:,} sampled rows"
        return Guess(Column(column.name, tier, kind), round(0.5 + whole.share / 2 - 0.01, 2), why)
    inside = next((one for one in seen if SIGNS[one.sign].kind != "name" and one.sign != "address"), None)
    if inside is None:
        return None
    return Guess(Column(column.name, 1, _holder(column)), 0.9, f"{inside.said}: it has what identifies within")


def _holder(column: HeldColumn) -> str:
    """The kind of a column that can have anything within it."""
    if column.plain_type in DOCUMENTS:
        return "json"
    return "file" if column.plain_type in _FILES else "text"


def _by_words(column: HeldColumn, *, points: bool, of_person: bool) -> Guess | None:
    by_name = named(column.name, of_person=of_person)
    by_comment = named(head(column.comment), of_person=of_person)
    said = [
        (words, sure, why)
        for words, sure, why in ((by_name, _BY_NAME, "by its name"), (by_comment, _BY_COMMENT, "by its comment"))
        if words is not None
    ]
    if points or _numbers_rows(column):
        # A number that leads somewhere is no policy, address or name, whatever it leads to; a disease's tells of it.
        text = column.plain_type in TEXT_TYPES
        said = [
            (words, sure, why)
            for words, sure, why in said
            if words is by_name and ((words.tier == 1 and text) or words.kind in _NUMBERS_THAT_TELL)
        ]
    if not said:
        return None
    words, sure, why = min(said, key=lambda one: (one[0].tier, -one[1]))
    if len(said) == 2 and said[0][0] == said[1][0]:
        sure, why = sure + 0.1, "by its name and comment"
    return _fitted(column, words, sure, why)


def _numbers_rows(column: HeldColumn) -> bool:
    """Whether it is the number of a row somewhere, by its name and type."""
    return column.plain_type == "uuid" or (column.category == "N" and parts(column.name)[-1:] in (["id"], ["uid"]))


def _fitted(column: HeldColumn, words: Words, sure: float, why: str) -> Guess | None:
    """What *words* say, as far as the column's type can hold it: a document or file is one whatever it is called."""
    kind, tier = words.kind, words.tier
    if column.category in "DBT" and tier == 1:
        return Guess(Column(column.name, 2), _BY_TYPE, f"{why} tier 1, but a {column.plain_type} identifies nobody")
    if column.plain_type in _FILES:
        return Guess(Column(column.name, 1, "file"), sure, f"a file, {why}")
    if column.plain_type in DOCUMENTS and kind not in (None, "json"):
        kind = "json"
    if kind == "file" and column.plain_type not in _FILES | TEXT_TYPES:
        kind = "text"
    return Guess(Column(column.name, tier, kind), sure, why)


def _by_use(column: HeldColumn, table: HeldTable, *, points: bool) -> Guess:
    if points:
        return Guess(Column(column.name, 3), _BY_USE, "it leads to rows and says nothing else")
    if column.plain_type in _FILES:
        return Guess(Column(column.name, 1, "file"), _BY_TYPE, "a file, of whatever is in it")
    if column.plain_type == "uuid" or (column.name.lower().endswith(("_id", "id")) and column.category == "N"):
        return Guess(Column(column.name, 3), _BY_TYPE, "a number of rows, by its name and type")
    if column.category in _PLAIN_CATEGORIES:
        return Guess(Column(column.name, 2), _UNTOLD, f"not told; a {column.plain_type} alone identifies nobody", False)
    hinders = _hinders(column, table, _holder(column))
    if hinders:
        return Guess(
            Column(column.name, 2), _UNTOLD, f"not told; look at it: tier 1 cannot be sealed, {hinders}", False
        )
    return Guess(Column(column.name, 1, _holder(column)), _UNTOLD, "not told; tier 1 until somebody says less", False)


def _kept_unique(chosen: Guess, table: HeldTable) -> Guess:
    """A single column of tier 1 that is kept unique is so in the vault; the others are told what stands in the way."""
    column = chosen.column
    if column.tier != 1 and not column.is_name:
        return chosen
    alone = frozenset({column.name}) in table.uniques
    if alone and column.kind in WITH_NORMAL_FORM:
        column = Column(column.name, column.tier, column.kind, unique=True)
    held = table.columns[column.name]
    hinders = _hinders(held, table, column.kind or "text", unique=column.unique)
    why = f"{chosen.why}; before it can be sealed: {hinders}" if hinders else chosen.why
    return Guess(column, chosen.confidence, why, chosen.told)


def _hinders(column: HeldColumn, table: HeldTable, kind: str, *, unique: bool = False) -> str:
    """What keeps *column* from being stored masked; nothing: "". `plan` says the same, with what to type."""
    form = (kind if kind in LONGEST else "text") if column.plain_type in TEXT_TYPES else None
    if form is None and not column.nullable:
        return f"it is NOT NULL, and a {column.plain_type} has no masked form"
    if form and column.longest is not None and column.longest < LONGEST[form]:
        return f"it is too short for a masked {form} of {LONGEST[form]} characters"
    if column.generated:
        return "it is generated"
    if any(bound.column == column.name and not bound.name.startswith(SEALED_CHECK) for bound in table.bounds):
        return "a CHECK or foreign key is over it"
    if any(column.name in key and not (unique and len(key) == 1) for key in table.uniques):
        return "a unique index is over it"
    return ""
