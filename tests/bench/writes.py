"""
Writing through a role's view, and loading a file, against writing to a plain table with the same columns and indexes.

The plain table is the broker's, as it was before pgcustsec: its CHECKs and indexes, and indexes on the columns that are
found by value. It has no masks, no vault, no row security and no history.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import count

import psycopg

from pgcustsec.demo.broker import Broker
from pgcustsec.demo.people import StaffMember
from pgcustsec.loading import load
from tests.bench.measure import Measured, in_turn
from tests.bench.views import Bench

ROWS = 100_000
SINGLE = 500
COLUMNS = "status, owner_staff_id, branch_code, name, mobile, email, id_card, gender, birth_date, age, address, note"

PLAIN = """
    CREATE SCHEMA IF NOT EXISTS bench;
    DROP TABLE IF EXISTS bench.customer;
    CREATE TABLE bench.customer (
        LIKE crm.customer INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES INCLUDING CONSTRAINTS);
    DO $$ BEGIN
        EXECUTE (
            SELECT string_agg(format('ALTER TABLE bench.customer DROP CONSTRAINT %I', conname), ';')
            FROM pg_constraint
            WHERE conrelid = 'bench.customer'::regclass AND starts_with(conname, 'pgcustsec_sealed_'));
    END $$;
    INSERT INTO bench.customer ({columns}, id_card) OVERRIDING SYSTEM VALUE
        SELECT {columns}, '12' || lpad(customer_id::text, 16, '0') FROM crm.customer;
    ALTER TABLE bench.customer ALTER COLUMN customer_id RESTART WITH {next};
    ALTER TABLE bench.customer ADD UNIQUE (id_card);
    CREATE INDEX ON bench.customer (mobile);
    ALTER TABLE bench.customer DROP COLUMN retain_until;
"""


def run(bench: Bench, rounds: int) -> Iterator[Measured]:
    """Yield the measurements of writes, in the order of the page's table."""
    agent = bench.person("sales_agent")
    writer = bench.login(agent)
    rows = _rows(agent)
    [(last,)] = bench.owner.execute("SELECT max(customer_id) FROM crm.customer").fetchall()
    described = bench.owner.execute("SELECT * FROM crm.customer LIMIT 0").description or ()
    columns = ", ".join(column.name for column in described if column.name not in ("id_card", "retain_until"))
    bench.owner.execute(PLAIN.format(columns=columns, next=last + 1))
    clean = _cleaning(bench.owner, last)
    yield in_turn(
        f"COPY {ROWS:,} rows into the view",
        _copy_in(bench.owner, "bench.customer", rows),
        _copy_in(writer, "customer", rows),
        reach=6,
        rounds=rounds,
        between=clean,
    )
    yield in_turn(
        f"load of {ROWS:,} rows",
        _copy_in(bench.owner, "bench.customer", rows),
        _load(bench.broker, rows),
        reach=3,
        rounds=rounds,
        between=clean,
    )
    clean()
    # Numbers go on where the last rows ended, so the new ones are looked up.
    for connection, table in ((bench.owner, "bench.customer"), (writer, "customer")):
        _copy_in(connection, table, rows)()
    bench.owner.execute("VACUUM (ANALYZE) crm.customer, bench.customer")
    plain, sealed = (
        bench.owner.execute(f"SELECT min(customer_id) - 1 FROM {table} WHERE customer_id > {last}").fetchall()[0][0]
        for table in ("bench.customer", "crm.customer")
    )
    yield in_turn(
        f"UPDATE of {ROWS:,} rows, one statement",
        _update_all(bench.owner, "bench.customer", plain),
        _update_all(writer, "customer", sealed),
        reach=8,
        rounds=rounds,
    )
    yield in_turn(
        f"UPDATE of one row, {SINGLE} transactions",
        _update_each(bench.owner, "bench.customer", plain),
        _update_each(writer, "customer", sealed),
        reach=2.5,
        rounds=rounds,
    )
    clean()
    writer.close()


def _rows(agent: StaffMember) -> bytes:
    """Made-up prospects of *agent*, each with an identity number of its own, as COPY reads them."""
    out = io.StringIO()
    for number in range(ROWS):
        out.write(
            f"prospect\t{agent.staff_id}\t{agent.branch}\t王小{chr(0x4E00 + number % 5000)}\t139{number:08d}"
            f"\tuser{number}@example.cn\t11{number:016d}\t女\t1990-01-01\t36\t北京市朝阳区建国路{number}号5单元101室\t来电咨询\n"
        )
    return out.getvalue().encode()


def _cleaning(owner: psycopg.Connection, last: int) -> Callable[[], object]:
    def clean() -> None:
        for table in ("crm.customer", "bench.customer"):
            owner.execute(f"DELETE FROM {table} WHERE id_card IS NOT NULL AND customer_id > %s", [last])
        owner.execute("VACUUM crm.customer, bench.customer")

    return clean


def _copy_in(connection: psycopg.Connection, table: str, rows: bytes) -> Callable[[], object]:
    def work() -> None:
        with connection.cursor().copy(f"COPY {table} ({COLUMNS}) FROM STDIN") as copy:
            copy.write(rows)

    return work


def _load(broker: Broker, rows: bytes) -> Callable[[], object]:
    """What `pgcustsec load` does with the same rows in a file, its look whether the matrix is applied included."""
    file = io.StringIO()
    out = csv.writer(file)
    out.writerow(COLUMNS.split(", "))
    out.writerows(line.split("\t") for line in rows.decode().splitlines())

    def work() -> None:
        with broker.as_administrator() as connection:
            load(connection, broker.matrix, "crm.customer", io.StringIO(file.getvalue()), "bench.csv", "csv")

    return work


def _update_all(connection: psycopg.Connection, table: str, last: int) -> Callable[[], object]:
    statement = f"UPDATE {table} SET note = note || '+' WHERE customer_id > {last}"
    return lambda: connection.execute(statement)


def _update_each(connection: psycopg.Connection, table: str, last: int) -> Callable[[], object]:
    # Another value in each round: what is as it was read, a view leaves alone.
    rounds = count()

    def work() -> None:
        told = next(rounds)
        for number in range(1, SINGLE + 1):
            statement = f"UPDATE {table} SET note = %s WHERE customer_id = %s"
            connection.execute(statement, [f"note {told}.{number}", last + number * 7], prepare=True)

    return work
