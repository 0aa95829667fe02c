"""`pgcustsec init`: a project of one's own."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """
    Make a project in DIR: a matrix to begin with, and a folder of migrations that alembic runs.

    \b
    Examples:
      pgcustsec init broker
      cd broker && pgcustsec validate && pgcustsec migrate revision -d crm -m "First matrix"
    """
    from pgcustsec.revisions.project import make_project

    for file in make_project(folder):
        click.echo(f"wrote {file}")
    click.echo("next: write your own tables and roles into matrix.yaml, then: pgcustsec validate")
