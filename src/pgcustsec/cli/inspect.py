"""`pgcustsec inspect`: a matrix for a database that has none, to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from pgcustsec.cli.options import connection_options, open_connection, sample_option
from pgcustsec.cli.staff import WIDTH, show_json
from pgcustsec.errors import UsageError


@click.command("inspect", context_settings={"max_content_width": WIDTH})
@click.option(
    "-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path), help="write it there: a new file"
)
@click.option("--schema", "schemas", multiple=True, metavar="S", help="only this schema; may be repeated")
@sample_option
@click.option("--format", "output", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@connection_options
def command(
    file: Path | None,
    schemas: tuple[str, ...],
    rows: int,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> None:
    """
    Propose a matrix from a database's tables, keys, rights, and a sample of its values. Changes nothing.

    pgcustsec need not be installed there. Behind each column stands how sure the guess is, and why; never a value. What
    nothing tells of is tier 1 where it could identify somebody. Read it, correct it, then `validate` and `plan`.

    \b
    Examples:
      pgcustsec inspect -d crm -U postgres                     to read
      pgcustsec inspect -d crm -o matrix.yaml                  then: pgcustsec validate matrix.yaml
      pgcustsec inspect -d crm --schema crm --sample 10000     of one schema, and surer
      pgcustsec inspect -d crm --format json                   for programs
    """
    from pgcustsec.inspecting.proposing import as_values, propose

    if file is not None and file.exists():
        raise UsageError(f"{file} is there already, and could be somebody's work", hint="name a new file with -o")
    with open_connection(dbname, host, port, user) as connection:
        proposal = propose(connection, schemas, rows)
    if file is not None:
        _write(file, proposal.text if output == "yaml" else _json(as_values(proposal)))
        click.echo(f"wrote {file}: {len(proposal.matrix.tables)} tables, {len(proposal.matrix.roles)} roles", err=True)
    elif output == "json":
        show_json(as_values(proposal))
    else:
        click.echo(proposal.text, nl=False)
    if proposal.unread:
        click.echo(f"{len(proposal.unread)} tables could not be read, and are told by names alone", err=True)
    if proposal.left_out:
        click.echo(f"{len(proposal.left_out)} tables are left out: the comments at `tables` say why", err=True)


def _write(file: Path, text: str) -> None:
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}", hint="name a new file with -o") from error


def _json(values: object) -> str:
    import json

    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"
