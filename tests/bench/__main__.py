"""`make bench`: measures on the bundled server, prints a table, writes build/bench.json. Not a test."""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pgcustsec.demo.broker import Broker
from pgcustsec.embedded import temporary
from tests.bench import access, extracts, online, plans, query, sweeps, views, writes
from tests.bench.measure import Measured

OUTPUT = Path("build/bench.json")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=...")
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5, help="counted rounds of each comparison")
    parser.add_argument("--seconds", type=int, default=5, help="length of one round of point reads")
    parser.add_argument(
        "--only",
        choices=["views", "access", "writes", "extracts", "sweeps", "plans", "online", "query"],
        help="measure one part of it",
    )
    options = parser.parse_args()
    OUTPUT.parent.mkdir(exist_ok=True)
    if options.only == "query":
        _measure(query.run(min(options.rounds, 3)), "no server")
        return
    if options.only == "plans":
        # Of many tables and no rows: no customers are made.
        _measure(plans.run(min(options.rounds, 3)), "the bundled PostgreSQL, no customers")
        return
    with temporary(views.SETTINGS) as server:
        broker = _prepare(Broker(server, options.customers, seed=1))
        with broker.as_administrator() as connection:
            version = f"PostgreSQL {connection.info.parameter_status('server_version')}, {options.customers} customers"
        bench = views.Bench(broker)
        parts = {
            "views": views.run(bench, options.rounds),
            "access": access.run(bench, options.rounds, options.seconds),
            "online": online.run(bench, min(options.rounds, 3)),
            "writes": writes.run(bench, min(options.rounds, 3)),
            # The last: one applies another matrix, the other takes the rows away.
            "extracts": extracts.run(bench, min(options.rounds, 3)),
            "sweeps": sweeps.run(bench),
            "plans": plans.run(min(options.rounds, 3)),
            "query": query.run(min(options.rounds, 3)),
        }
        _measure(itertools.chain(*([parts[options.only]] if options.only else parts.values())), version)


def _measure(parts: Iterable[Measured], version: str) -> None:
    found = []
    for measured in parts:
        print(f"  {measured.name}: {measured.ratio}", file=sys.stderr)
        found.append(measured)
        # After each, so that a bench cut short leaves what it has.
        OUTPUT.write_text(json.dumps([m.to_json(version) for m in found], indent=2) + "\n", encoding="utf-8")
    Console(width=100).print(_table(found, version))


def _prepare(broker: Broker) -> Broker:
    begin = time.perf_counter()
    print(f"making {broker.customers} customers ...", file=sys.stderr)
    broker.make_database()
    broker.install()
    broker.load_customers()
    broker.apply(broker.matrix)
    sealing = time.perf_counter()
    rows = sum(one.rows for one in broker.seal())
    sealing = time.perf_counter() - sealing
    print(f"... sealed {rows} rows in {sealing:.0f} s, {rows / sealing:,.0f} a second", file=sys.stderr)
    broker.admit_people()
    print(f"... in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    return broker


def _table(found: list[Measured], version: str) -> Table:
    table = Table(title=f"Views against raw tables: {version}", title_justify="left")
    for column in ("what", "raw", "view", "ratio", "reach", ""):
        table.add_column(column, justify="left" if column in ("what", "") else "right")
    for m in found:
        raw, view = (_middle(m, side) for side in ("raw", "view"))
        reach = f"{'<=' if m.bound == 'at most' else '>='} {m.reach}"
        table.add_row(m.name, raw, view, f"{m.ratio:.2f}", reach, "yes" if m.reached else "NO")
    return table


def _middle(measured: Measured, side: str) -> str:
    figures = measured.raw.get(side)
    return f"{statistics.median(figures):,.1f} {measured.unit}" if figures else "-"


if __name__ == "__main__":
    main()
