"""`pgcustsec drift`: what somebody changed by hand, and who could see more by it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pgcustsec.cli.fleet import find_fleet, targets_option, work_through
from pgcustsec.cli.options import connection_options, format_option, matrix_option, open_connection


@click.command("drift")
@matrix_option
@targets_option
@format_option
@connection_options
def command(
    matrix_path: str,
    targets: Path | None,
    output: str,
    dbname: str | None,
    host: str | None,
    port: str | None,
    user: str | None,
) -> int:
    """
    Show what of a database is other than the matrix says, and who could see or do more by it. Changes nothing.

    Ends with 1 where anything is, with 0 where nothing is. `pgcustsec apply` puts it right, but for a way past
    the views that somebody else made (a publication, a view, an event trigger, a cast, a rule, a subscription): what to
    do by hand is said. What else touches protected tables and is none of the matrix's is listed, and is no drift.

    \b
    Examples:
      pgcustsec drift -m matrix.yaml -d crm
      pgcustsec drift --format json -d crm    for a monitor
      pgcustsec drift --targets targets.yaml  every database of a fleet
    """
    if targets:
        from pgcustsec.fleet import drift_target

        fleet = find_fleet(targets, matrix_path, dbname=dbname, host=host, port=port, username=user)
        return work_through(fleet, drift_target, output)
    from pgcustsec.cli.staff import show_json
    from pgcustsec.matrix.load import load
    from pgcustsec.migrate import find_drift
    from pgcustsec.report.drift import drift_lines

    matrix = load(Path(matrix_path))
    with open_connection(dbname, host, port, user) as connection:
        found = find_drift(connection, matrix)
    if output == "json":
        show_json(asdict(found))
    else:
        click.echo("\n".join(drift_lines(found)))
    return 1 if found.drifts else 0
