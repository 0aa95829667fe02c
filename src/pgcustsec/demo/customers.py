"""
The demo's customers and everything about them, as COPY text, and the load.

Made in blocks: columns are drawn for a whole block and then put together, which is several times faster than
row by row. The same number of customers, seed and day give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from psycopg import sql

from pgcustsec.db import Connection
from pgcustsec.demo.dossiers import CustomerLines, Person
from pgcustsec.demo.people import StaffMember, make_people
from pgcustsec.demo.related import RelatedLines
from pgcustsec.errors import UsageError

BLOCK = 2_500

# Columns in the order in which the lines below carry them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "customer": (
        "customer_id", "status", "owner_staff_id", "branch_code", "claimed_at", "last_contact_at", "created_at",
        "name", "email", "mobile", "id_card", "gender", "birth_date", "age", "bank_account", "address", "health",
        "family", "annual_income", "note",
    ),
    "policy": ("policy_id", "customer_id", "product", "starts_on", "ends_on", "premium", "payer_account"),
    "claim": ("claim_id", "policy_id", "diagnosis", "amount", "filed_on"),
    "attachment": ("attachment_id", "customer_id", "media_type", "content", "caption"),
    "assignment": ("assignment_id", "customer_id", "staff_id", "starts_at", "ends_at"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows were loaded into each table; `pool` of the customers are in the shared pool (共享池)."""

    customer: int
    pool: int
    policy: int
    claim: int
    attachment: int
    assignment: int


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one table that follow from one block of customers; a line has no newline at its end."""

    table: str
    lines: list[str]

    @property
    def text(self) -> bytes:
        """The lines as COPY reads them."""
        return ("\n".join(self.lines) + "\n").encode() if self.lines else b""


def make_blocks(customers: int, seed: int, as_of: date) -> Iterator[Block]:
    """
    Yield the rows of all tables, block of customers by block: customers, policies, claims, attachments, assignments.

    Nothing in them lies after *as_of* but terms: ends of policies and of assignments.
    """
    people = make_people(customers, seed)
    customer_lines = CustomerLines(customers, seed, as_of, _owners(people))
    related = RelatedLines(seed, as_of, _serving(people, "sales"), _serving(people, "customer_service"))
    for first in range(1, customers + 1, BLOCK):
        persons: list[Person] = []
        yield Block("customer", customer_lines.block(range(first, min(first + BLOCK, customers + 1)), persons))
        policies = related.policies(persons)
        yield Block("policy", policies)
        yield Block("claim", related.claims(len(policies)))
        yield Block("attachment", related.attachments(persons))
        yield Block("assignment", related.assignments(persons))


def _serving(people: Sequence[StaffMember], department: str) -> dict[str, list[str]]:
    """The staff numbers of a department's active people who serve customers, by branch."""
    served: dict[str, list[str]] = {}
    for one in people:
        if one.active and one.department == department and one.staff_id[1] != "0" and one.roles != ("sales_manager",):
            served.setdefault(one.branch, []).append(one.staff_id)
    return served


def _owners(people: Sequence[StaffMember]) -> dict[str, list[str]]:
    """Who may own a customer, by branch: every agent, and those who left, at a fifth of the others' share."""
    owners = {branch: agents * 5 for branch, agents in _serving(people, "sales").items()}
    for one in people:
        if not one.active:
            owners[one.branch].append(one.staff_id)
    return owners


def fill(
    connection: Connection,
    customers: int,
    seed: int,
    progress: Callable[[int], None] | None = None,
    *,
    as_of: date | None = None,
) -> Counts:
    """
    Load *customers* customers and all about them by COPY, as the connection's user, then ANALYZE: all or nothing.

    The user owns the tables, which are empty. *progress* is called with the number of customers that came in since
    it was called last. *as_of* is the day the data is of, today (UTC) when not given.
    Raises `UsageError` for fewer than one customer.
    """
    if customers < 1:
        raise UsageError(f"{customers} customers asked for", hint="ask for at least one")
    loaded = dict.fromkeys(COLUMNS, 0)
    pool = 0
    blocks = make_blocks(customers, seed, as_of or datetime.now(UTC).date())
    with connection.transaction():
        for block in _copied(connection, blocks):
            loaded[block.table] += len(block.lines)
            if block.table == "customer":
                pool += sum("\tprospect\t\\N\t" in line for line in block.lines)
            elif progress and block.table == "assignment":
                progress(min(BLOCK, loaded["customer"] - (loaded["customer"] - 1) // BLOCK * BLOCK))
        for table, rows in loaded.items():
            _finish(connection, table, rows)
    return Counts(pool=pool, **loaded)


def _copied(connection: Connection, blocks: Iterator[Block]) -> Iterator[Block]:
    """Copy the blocks in and yield each once it is in. The next one is made while the server takes the last in."""
    pending = next(blocks, None)
    with connection.cursor() as cursor:
        while pending is not None:
            block = pending
            table, columns = sql.Identifier("crm", block.table), map(sql.Identifier, COLUMNS[block.table])
            command = sql.SQL("COPY {} ({}) FROM STDIN").format(table, sql.SQL(", ").join(columns))
            with cursor.copy(command) as copy:
                copy.write(block.text)
                pending = next(blocks, None)
            yield block


def _finish(connection: Connection, table: str, rows: int) -> None:
    """Let the identity go on after the last row, and collect statistics."""
    key = COLUMNS[table][0]
    name = sql.Identifier("crm", table)
    command = sql.SQL("ALTER TABLE {} ALTER COLUMN {} RESTART WITH {}")
    connection.execute(command.format(name, sql.Identifier(key), sql.Literal(rows + 1)))
    connection.execute(sql.SQL("ANALYZE {}").format(name))
