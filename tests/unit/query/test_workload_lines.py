"""What was run, in lines for people, and read off a log: whoever ran it may have meant to be read like that."""

from __future__ import annotations

from pgcustsec.matrix.load import load
from pgcustsec.query import Checker
from pgcustsec.query.workload import Change, Recorded, Workload, read_log, weigh
from pgcustsec.report.query.workload import workload_lines
from pgcustsec.report.width import columns
from tests.unit.matrix.demo_text import PATH


def test_a_statement_that_was_run_steers_no_terminal_and_fits_it() -> None:
    text = "SELECT '\x1b[2J' AS 名, '" + "客户" * 60 + "'\nFROM customer"
    run = Change(Recorded(text, ("sales_agent",), 3), "refused", ("no column \x1b[31m",))
    lines = list(workload_lines(Workload(1, (run,), (), ())))
    assert all(line.isprintable() and columns(line) <= 100 for line in lines)
    assert "\\x1b[2J" in "".join(lines)


def test_a_statement_in_a_log_may_be_long() -> None:
    text = "SELECT 1 -- " + "x" * 200_000
    row = ",".join(["", "w_li", *[""] * 11, f'"statement: {text}"'])
    assert list(read_log(row)) == [("w_li", text)]


def test_a_column_that_only_a_subquery_names_is_used() -> None:
    matrix = load(PATH)
    query = "SELECT customer_id FROM (SELECT customer_id, health FROM customer) AS s"
    [read] = [
        one
        for one in weigh([Recorded(query, ("sales_agent",))], Checker(matrix), None, matrix).unused
        if (one.view, one.right) == ("sales_agent.customer", "read")
    ]
    assert "health" not in read.columns
    assert "family" in read.columns
