"""`pgcustsec query`: what statements would reveal, before they run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection
from pgcustsec.cli.staff import WIDTH, show_json

if TYPE_CHECKING:
    from pgcustsec.matrix.model import Matrix
    from pgcustsec.query.files import Checks
    from pgcustsec.query.results import Checked
    from pgcustsec.report.query.text import Paint

Function = TypeVar("Function", bound=Callable[..., Any])
STDIN = "<stdin>"
_LEVELS = ("note", "warning", "error")
_VERDICTS = ("inferred", "masked", "revealed", "opaque", "refused")


@click.group("query", context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    What a statement would reveal to a role: each column, predicate, ordering, grouping and join of it.

    Offline: the matrix says what a role's views show, PostgreSQL's own grammar what the statement is; no connection.
    A snapshot adds what else is in a database; with --online the database itself is asked as well. Nothing is run.

    \b
    Examples:
      pgcustsec query check --role sales_agent app/*.sql
      pgcustsec query explain --role sales_agent report.sql
      pgcustsec query snapshot -d crm -o crm.json
      pgcustsec query workload -d crm --proposed new.yaml
    """


def _about(function: Function) -> Function:
    """`[FILE...]`, `--role`, `--all-roles` and `-m`."""
    for option in reversed(
        (
            click.argument("paths", metavar="[FILE]...", nargs=-1, type=click.Path(dir_okay=False, allow_dash=True)),
            matrix_option,
            click.option("--role", "roles", multiple=True, metavar="R", help="who would run it; may be repeated"),
            click.option("--all-roles", is_flag=True, help="every role of the matrix that reads a table"),
            click.option(
                "--snapshot",
                type=click.Path(exists=True, dir_okay=False, path_type=Path),
                help="what else is in a database, from `query snapshot`",
            ),
            click.option("--online", is_flag=True, help="ask the database as well, over the connection below"),
            connection_options,
        )
    ):
        function = option(function)
    return function


@command.command("check", context_settings={"max_content_width": WIDTH})
@_about
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "sarif", "junit", "github"]),
    default="text",
    show_default=True,
    help="for people or for programs",
)
@click.option(
    "--fail-on",
    type=click.Choice([*_LEVELS, *_VERDICTS]),
    default="error",
    show_default=True,
    help="exit 1 where a finding is as bad, or a column or use has this verdict or a worse one",
)
def check(output: str, fail_on: str, **about: Any) -> int:
    """
    Check the statements of FILEs, or of the standard input (-), and exit 1 on findings.

    Each column and use gets a verdict: revealed, masked, inferred, hidden; opaque where nobody can say beforehand;
    refused where the database refuses it or nobody can read it. Reads scripts of psql, and of Python files (.py) what
    they give to execute, executemany or text, and texts marked by a comment `# pgcustsec: sql`.

    \b
    Examples:
      pgcustsec query check --role sales_agent queries.sql
      pgcustsec query check --role sales_agent --role data_analyst app/*.py --fail-on revealed
      echo 'SELECT name, mobile FROM customer' | pgcustsec query check --role sales_agent -
      pgcustsec query check --all-roles --format sarif queries.sql > query.sarif
      pgcustsec query check --role sales_agent --online -d crm queries.sql
      pgcustsec query check --all-roles --format github app/*.py     annotations in a pull request
    """
    from pgcustsec.errors import EXIT_DONE, EXIT_FINDING
    from pgcustsec.query.files import at_least
    from pgcustsec.query.verdict import Verdict
    from pgcustsec.report.query.counts import count, summary

    checked, _ = _checked(**about)
    level = fail_on if fail_on in _LEVELS else "error"
    if fail_on in _VERDICTS:
        checked = at_least(checked, Verdict(fail_on))
    _show(checked, output, level)
    click.echo(summary(checked), err=True)
    return EXIT_FINDING if count(checked, level) else EXIT_DONE


@command.command("explain", context_settings={"max_content_width": WIDTH})
@_about
@click.option("-o", "--output", "file", metavar="FILE.html", type=click.Path(dir_okay=False), help="write a page there")
def explain(file: str | None, **about: Any) -> None:
    """
    Show the statements of FILEs, or of the standard input (-), with what each part of them reveals.

    With -o, as one HTML page that can be sent around: it has no script, and loads nothing.

    \b
    Examples:
      pgcustsec query explain --role sales_agent queries.sql
      echo 'SELECT * FROM customer' | pgcustsec query explain --role data_analyst -
      pgcustsec query explain --all-roles queries.sql -o queries.html
    """
    from pgcustsec.report.query.counts import summary
    from pgcustsec.report.query.explain import explain_lines
    from pgcustsec.report.query.page import explain_page

    if file is not None and not file.endswith((".html", ".htm")):
        raise click.UsageError(f"-o {file}: the page is HTML; name it {file}.html")
    checked, texts = _checked(**about)
    if file is not None:
        _write(file, explain_page(checked, texts))
        click.echo(f"wrote {file}", err=True)
    else:
        for line in explain_lines(checked, texts, _painter()):
            click.echo(line, color=True)
    click.echo(summary(checked), err=True)


@command.command("snapshot", context_settings={"max_content_width": WIDTH})
@matrix_option
@click.option("-o", "--output", "file", metavar="FILE", type=click.Path(dir_okay=False), help="write it there")
@connection_options
def snapshot(
    matrix_path: str, file: str | None, dbname: str | None, host: str | None, port: str | None, user: str | None
) -> None:
    """
    Write down what else is in a database: other tables, views and functions, and who may use them.

    `query check --snapshot FILE` follows them without a connection. No row is read.

    \b
    Examples:
      pgcustsec query snapshot -m matrix.yaml -d crm -o crm.json
      pgcustsec query check --role sales_agent --snapshot crm.json queries.sql
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.query.taking import take_snapshot

    matrix = load(matrix_path)
    with open_connection(dbname, host, port, user) as connection:
        text = take_snapshot(connection, matrix).to_json()
    if file is None:
        click.echo(text, nl=False)
    else:
        _write(file, text)
        click.echo(f"wrote {file}", err=True)


@command.command("workload", context_settings={"max_content_width": WIDTH})
@matrix_option
@click.option(
    "--proposed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="another matrix: what breaks under it, what newly reveals",
)
@click.option(
    "--log",
    "logs",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="a server's log (csvlog or jsonlog) in place of pg_stat_statements; may be repeated",
)
@format_option
@connection_options
def workload(
    matrix_path: str,
    proposed: Path | None,
    logs: tuple[Path, ...],
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> int:
    """
    Check what was run, by pg_stat_statements or a log: what is refused, what another matrix breaks or newly reveals,
    and which rights nobody used. Exits 1 where another matrix breaks or newly reveals anything.

    \b
    Examples:
      pgcustsec query workload -d crm -U postgres
      pgcustsec query workload -d crm -U postgres --proposed new.yaml
      pgcustsec query workload -d crm --log postgresql.csv --format json
    """
    from dataclasses import asdict

    from pgcustsec.errors import EXIT_DONE, EXIT_FINDING
    from pgcustsec.matrix.load import load
    from pgcustsec.query import Checker
    from pgcustsec.query.taking import recorded, take_snapshot, take_statements
    from pgcustsec.query.workload import read_log, weigh
    from pgcustsec.report.query.workload import workload_lines

    matrix = load(matrix_path)
    other = load(proposed) if proposed else None
    with open_connection(dbname, host, port, user) as connection:
        if logs:
            lines = [(login, text, 1) for log in logs for login, text in read_log(_text(str(log))[1])]
            statements = recorded(connection, matrix, lines)
        else:
            statements = take_statements(connection, matrix)
        around = take_snapshot(connection, matrix)
    found = weigh(statements, Checker(matrix, around), Checker(other, around) if other else None, matrix)
    if output == "json":
        show_json(asdict(found))
    else:
        for line in workload_lines(found):
            click.echo(line)
    return EXIT_FINDING if found.changes else EXIT_DONE


def _checked(
    *,
    paths: tuple[str, ...],
    matrix_path: str,
    roles: tuple[str, ...],
    all_roles: bool,
    snapshot: Path | None,
    online: bool,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> tuple[Checked, dict[str, str]]:
    """What is said of the files, and their texts by name. Raises `UsageError` and `MatrixError`."""
    from pgcustsec.matrix.load import load
    from pgcustsec.query.files import check_files, roles_that_read

    if bool(roles) == all_roles:
        raise click.UsageError("say who would run it: --role R, or --all-roles")
    if snapshot and online:
        raise click.UsageError("--online looks at the database itself: leave --snapshot out")
    where = (dbname, host, port, user)
    if any(where) and not online:
        raise click.UsageError("a connection is for --online")
    matrix = load(matrix_path)
    texts = dict(_text(path) for path in dict.fromkeys(paths or _standard_input()))
    chosen = tuple(dict.fromkeys(roles)) or roles_that_read(matrix)
    with _checker(matrix, snapshot, where if online else None) as checker:
        checked = check_files(matrix, matrix_path, chosen, list(texts.items()), checker)
    for one in checked.unchecked:
        if one.level == "skipped":
            click.echo(f"notice: {one.file}:{one.place.line}:{one.place.column}: {one.message}", err=True)
    return checked, texts


_Where = tuple[str | None, str | None, str | None, str | None]


@contextmanager
def _checker(matrix: Matrix, snapshot: Path | None, where: _Where | None) -> Iterator[Checks]:
    """What checks: beside the database at *where*, or else offline."""
    from pgcustsec.query import Checker
    from pgcustsec.query.online import OnlineChecker
    from pgcustsec.query.snapshot import read_snapshot

    if where is None:
        yield Checker(matrix, read_snapshot(snapshot) if snapshot else None)
        return
    with open_connection(*where) as connection:
        yield OnlineChecker(connection, matrix)


def _standard_input() -> tuple[str, ...]:
    if sys.stdin.isatty():
        raise click.UsageError("name a FILE, or - to read statements from the standard input")
    return ("-",)


def _text(path: str) -> tuple[str, str]:
    """The name of a file, as places are told, and its text."""
    from pgcustsec.errors import UsageError
    from pgcustsec.report.width import visible

    name = STDIN if path == "-" else path
    if not name.replace("\u3000", " ").isprintable():
        # It would steer a terminal, or end a line of a report and begin another.
        hint = "rename the file"
        raise UsageError(f"a file's name has characters that do not print: {visible(name)}", hint=hint)
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}", hint="name files that are there") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{name}:{line}: not UTF-8 from here", hint="save the file as UTF-8") from error
    return name, _harmless(text.replace("\r\n", "\n").replace("\r", "\n"))


def _harmless(text: str) -> str:
    """*text*, a character for a character, without those that would steer a terminal or turn a line around."""
    import re

    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\ufffd", text.replace("\f", " "))


def _write(file: str, text: str) -> None:
    from pgcustsec.errors import UsageError

    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}", hint="name a place that can be written") from error


def _show(checked: Checked, output: str, level: str) -> None:
    from pgcustsec.report.query.github import check_commands
    from pgcustsec.report.query.junit import check_junit
    from pgcustsec.report.query.sarif import check_sarif
    from pgcustsec.report.query.text import check_lines
    from pgcustsec.report.query.values import check_values

    if output == "json":
        show_json(check_values(checked))
    elif output == "sarif":
        show_json(check_sarif(checked))
    elif output == "junit":
        click.echo(check_junit(checked, level))
    else:
        lines = check_commands(checked) if output == "github" else check_lines(checked, _painter())
        for line in lines:
            click.echo(line, color=True)


def _painter() -> Paint:
    """Colours on a terminal, unless NO_COLOR is set."""
    import os

    from pgcustsec.report.query.text import plain

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return plain
    return lambda text, about: click.style(text, fg=_COLOURS.get(about), bold=about == "place")


_COLOURS = {
    "error": "red",
    "refused": "red",
    "opaque": "magenta",
    "revealed": "bright_red",
    "warning": "yellow",
    "masked": "yellow",
    "inferred": "cyan",
    "note": "blue",
    "hidden": "green",
}
