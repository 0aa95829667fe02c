"""Which tables are customers, and how the rows of others lead to one: by foreign keys, else by the names of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pgcustsec.catalog.contents import Contents, HeldTable
from pgcustsec.inspecting.guessing import Guess
from pgcustsec.inspecting.words import CUSTOMERS, STAFF, head, parts, says

#: Column names that say nothing of which table they lead to.
_GENERIC = frozenset("id nr no code key seq num number uuid oid".split())
_FAMILIES = (
    frozenset({"bigint", "integer", "smallint", "numeric"}),
    frozenset({"text", "character varying", "character"}),
)


@dataclass(frozen=True, slots=True)
class Lead:
    """`columns` of table `of` hold `referred` of table `to`; `declared` by a foreign key, else by their names."""

    of: int
    to: int
    columns: tuple[str, ...]
    referred: tuple[str, ...]
    declared: bool


#: Usable leads by the table that they are of.
Leads = dict[int, list[Lead]]


@dataclass(frozen=True, slots=True)
class Place:
    """How a table's rows find their customer: they are one (`lead` None), or by `lead`; with the reason."""

    table: HeldTable
    key: tuple[str, ...]
    lead: Lead | None
    confidence: float
    why: str


def leads(contents: Contents) -> list[Lead]:
    """Return how tables lead to others: foreign keys first, then columns that are named and typed as another's key."""
    declared = [Lead(r.table, r.to, r.columns, r.referred, True) for r in contents.references if r.table != r.to]
    taken = {(lead.of, column) for lead in declared for column in lead.columns}
    by_name: dict[str, list[tuple[HeldTable, str]]] = {}
    for table in contents.tables:
        for column in table.columns:
            by_name.setdefault(_called(column), []).append((table, column))
    named = [
        Lead(table.oid, other.oid, (column,), other.keys[0], False)
        for other in contents.tables
        for wanted in _names_of_key(other)
        for table, column in by_name.get(wanted, ())
        if table is not other and (table.oid, column) not in taken and _holds_key(table, column, other)
    ]
    return [*declared, *named]


def _called(name: str) -> str:
    return "_".join(parts(name)) or name


def _names_of_key(table: HeldTable) -> set[str]:
    """What a column that leads to *table* would be called; nothing where its key has several columns."""
    if not table.keys or len(table.keys[0]) > 1:
        return set()
    key, name = _called(table.keys[0][0]), _called(table.relation[1])
    return {key} if key not in _GENERIC else {f"{name}_{key}", f"{name.removesuffix('s')}_{key}"}


def _holds_key(table: HeldTable, column: str, other: HeldTable) -> bool:
    return _alike(table.columns[column].plain_type, other.columns[other.keys[0][0]].plain_type)


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in _FAMILIES)


def places(
    tables: Sequence[HeldTable], keys: Mapping[int, tuple[str, ...]], known: Sequence[Lead],
    guesses: Mapping[int, Mapping[str, Guess]],
) -> list[Place]:  # fmt: skip
    """
    Return the tables of *tables* that are customers or lead to one, nearest first, each with its *keys*.

    Tables that lead nowhere and identify somebody are taken for customers: what is not protected shows to everybody.
    """
    found: dict[int, Place] = {}
    usable: Leads = {}
    for lead in known:
        if _fits(lead, keys, guesses):
            usable.setdefault(lead.of, []).append(lead)
    likely = {table.oid for table in tables if _likeness(table, guesses[table.oid]) >= _CUSTOMER}
    by_likeness = sorted(
        tables,
        key=lambda table: (
            table.oid in likely and _hangs(table.oid, likely, usable),
            -_likeness(table, guesses[table.oid]),
        ),
    )
    for table in by_likeness:
        score = _likeness(table, guesses[table.oid])
        if table.oid not in found and score >= _CUSTOMER:
            why = "each row is a person, by its name and columns"
            found[table.oid] = Place(table, keys[table.oid], None, 0.9 if score > _CUSTOMER + 2 else 0.6, why)
            _follow(tables, keys, usable, found)
    for table in by_likeness:
        if table.oid not in found and not is_staff(table) and _identifies(guesses[table.oid]):
            why = (
                "nothing leads from it to a customer, and it identifies somebody: each row is taken for one; look at it"
            )
            found[table.oid] = Place(table, keys[table.oid], None, 0.3, why)
            if _likeness(table, guesses[table.oid]) > 1:
                # What points at an address or a phone alone need not be about its customer.
                _follow(tables, keys, usable, found)
    return list(found.values())


def _hangs(table: int, likely: set[int], known: Leads) -> bool:
    """Whether *table* leads to one of the *likely* customers that does not lead back: its people are that one's."""
    above = _reached(table, known)
    return any(other != table and table not in _reached(other, known) for other in above & likely)


def _reached(table: int, known: Leads) -> set[int]:
    reached: set[int] = set()
    todo = [table]
    while todo:
        at = todo.pop()
        more = {lead.to for lead in known.get(at, ())} - reached
        reached |= more
        todo += more
    return reached


#: From here on rows are customers: a name of customers and what identifies, or a person's name and a document.
_CUSTOMER = 4


def _likeness(table: HeldTable, guessed: Mapping[str, Guess]) -> int:
    kinds = {guess.column.kind for guess in guessed.values() if guess.told}
    if is_staff(table):
        return 0
    contact = bool(kinds & {"phone", "email", "messenger", "address"})
    return 3 * is_customers(table) + 2 * ("name" in kinds) + 2 * ("id_document" in kinds) + contact


def is_customers(table: HeldTable) -> bool:
    """Whether the table's name, or the head of its comment, is one of customers and of nothing else."""
    name = parts(table.relation[1])
    own = says(CUSTOMERS, table.relation[1]) and (not name or name[-1] in CUSTOMERS.words or len(name) == 1)
    return own or head(table.comment).strip() in CUSTOMERS.han or head(table.comment) in ("客户表", "客户信息")


def is_staff(table: HeldTable) -> bool:
    """Whether the table's name or comment is one of the staff's: they are no customers."""
    return not is_customers(table) and (says(STAFF, table.relation[1]) or says(STAFF, head(table.comment)))


def _identifies(guessed: Mapping[str, Guess]) -> bool:
    return any(guess.column.tier == 1 and guess.told for guess in guessed.values())


def _fits(lead: Lead, keys: Mapping[int, tuple[str, ...]], guesses: Mapping[int, Mapping[str, Guess]]) -> bool:
    """A lead is usable where it holds the key, and is stored as it is: tier 1 and names are not (5.2.1)."""
    if lead.of not in keys or lead.to not in keys or set(lead.referred) != set(keys[lead.to]):
        return False
    own = guesses[lead.of]
    return all(name in own and own[name].column.tier != 1 and not own[name].column.is_name for name in lead.columns)


def _follow(
    tables: Sequence[HeldTable], keys: Mapping[int, tuple[str, ...]], known: Leads, found: dict[int, Place]
) -> None:
    """Add to *found* what leads to it, step by step, by the best lead of each step."""
    while True:
        step = {}
        for table in tables:
            if table.oid in found:
                continue
            ways = [lead for lead in known.get(table.oid, ()) if lead.to in found]
            if ways:
                step[table.oid] = Place(table, keys[table.oid], *_best(table, ways))
        if not step:
            return
        found.update(step)


def _best(table: HeldTable, ways: list[Lead]) -> tuple[Lead, float, str]:
    """The lead that a row has always, rather than one it may have; of several the first, and that there are others."""
    ways = sorted(
        ways, key=lambda lead: (not lead.declared, any(table.columns[name].nullable for name in lead.columns))
    )
    best = ways[0]
    why = "by its foreign key" if best.declared else "by the names and types of columns; no foreign key says so"
    others = sorted({", ".join(lead.columns) for lead in ways[1:]} - {", ".join(best.columns)})
    if others:
        why += f"; it could lead by {' or '.join(others)} too"
    return best, (0.9 if best.declared else 0.6) - (0.2 if others else 0), why


def by_key(lead: Lead, key: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of *lead* in the order of *key*, the other table's."""
    pairs = dict(zip(lead.referred, lead.columns, strict=True))
    return tuple(pairs[name] for name in key)
