"""`pgcustsec plan`: what would bring a database in line with the matrix."""

from __future__ import annotations

from pathlib import Path

import click

from pgcustsec.cli.options import connection_options, deny_widening_option, matrix_option, open_connection


@click.command("plan")
@matrix_option
@connection_options
@click.option("--format", "output", type=click.Choice(["text", "json", "sql"]), default="text", show_default=True)
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path), help="write the plan there")
@click.option("-v", "--verbose", is_flag=True, help="show every statement")
@click.option("--check", is_flag=True, help="exit 1 when there is anything to do")
@deny_widening_option
def command(
    matrix_path: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
    output: str,
    file: Path | None,
    verbose: bool,
    check: bool,
    deny_widening: bool,
) -> int:
    """
    Show what would bring a database in line with the matrix. Changes nothing.

    \b
    Examples:
      pgcustsec plan -m matrix.yaml -d crm
      pgcustsec plan -d crm -v                        with every statement
      pgcustsec plan -d crm --format sql > plan.sql   for psql
      pgcustsec plan -d crm --format json -o p.json   for: pgcustsec apply -d crm --plan p.json
      pgcustsec plan -d crm --check                   exit 1 when anything differs
      pgcustsec plan -d crm --deny-widening           exit 4 when anybody would see more
    """
    from pgcustsec.matrix.load import load
    from pgcustsec.migrate import plan_matrix
    from pgcustsec.plan import refuse_widening

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        plan = plan_matrix(connection, matrix)
    text = as_text(plan, output, verbose=verbose)
    if file is None:
        click.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")
        click.echo(f"wrote {file}: {len(plan.statements)} statements", err=True)
    if deny_widening:
        refuse_widening(plan)
    return 1 if check and plan else 0


def as_text(plan: object, output: str, *, verbose: bool) -> str:
    """Return a plan as text, JSON or SQL."""
    import json

    from pgcustsec.plan import Plan
    from pgcustsec.report.plan import plan_lines

    assert isinstance(plan, Plan)
    if output == "json":
        return json.dumps(plan.to_json(), ensure_ascii=False, indent=2) + "\n"
    if output == "sql":
        return plan.sql
    return "\n".join(plan_lines(plan, verbose=verbose)) + "\n"
