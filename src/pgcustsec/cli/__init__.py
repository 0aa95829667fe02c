"""
The command line. A command's module is imported only when the command runs, so that `--help` stays fast.

Each module here parses options, calls one function, prints, exits; the work is elsewhere.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping

import click

from pgcustsec import __version__
from pgcustsec.errors import MatrixError, PgcustsecError

EXIT_CRASH = 70
EXIT_INTERRUPT = 130

#: command -> (module of this package that defines `command`, the one line that --help shows)
COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("demo", "Run the guided tour on a server of its own."),
    "server": ("server", "Start, stop and look at the bundled PostgreSQL."),
    "init": ("init", "Make a project: a matrix to begin with, and a folder of migrations."),
    "install": ("install", "Deliver the extension to a database."),
    "uninstall": ("uninstall", "Take pgcustsec out of a database; data stays, for administrators only."),
    "doctor": ("doctor", "Check an installation: does what was promised to run by itself run."),
    "validate": ("validate", "Check a role matrix; --schema prints its JSON Schema."),
    "inspect": ("inspect", "Propose a matrix for a database that has none."),
    "query": ("query", "Tell what statements would reveal to a role, before they run."),
    "scan": ("scan", "Find columns that hold more than the matrix says, by a sample of their values."),
    "adopt": ("adopt", "Take in a running system step by step: add only, adopt, authoritative."),
    "plan": ("plan", "Show what would bring a database in line with the matrix."),
    "drift": ("drift", "Show what was changed by hand, and who could see more by it."),
    "apply": ("apply", "Bring a database in line with the matrix."),
    "migrate": ("migrate", "Policy changes as alembic revisions: write them, run them forwards and back."),
    "vault": ("vault", "Move true values to the vault and back; its keys."),
    "load": ("load", "Load a file of rows into a table: masked forms there, true values in the vault."),
    "staff": ("staff", "Add, list and move staff; end what they may when they leave."),
    "login": ("login", "Create, list, enable and disable logins."),
    "token": ("token", "Keys by which applications sign whom they speak for; test tokens."),
    "access": ("access", "Who is at work, and how much of the day's budgets is spent; end a session."),
    "agreement": ("agreement", "What staff sign before they see anything private; who has not."),
    "suspend": ("suspend", "Let a person, role or department see no row any more."),
    "rectify": ("rectify", "Report what was put right about a suspension."),
    "reinstate": ("reinstate", "Lift a suspension whose rectification is accepted."),
    "request": ("request", "File special applications, approve or refuse them, see what became of them."),
    "deputy": ("deputy", "Who decides on requests while somebody is away."),
    "extract": ("extract", "Take the extract of an approved request; what became of extracts."),
    "disclosure": ("disclosure", "What authorities ask for: file it, hand it over, the register."),
    "retention": ("retention", "Destroy what is past its term, with proof; what is due, and what was destroyed."),
    "hold": ("hold", "Legal holds: keep rows from being destroyed."),
    "subject": ("subject", "A customer's own wish: what is held on them, correcting it, erasing them."),
    "pool": ("pool", "The shared pool of prospects: claim, release, recycle, how full it is."),
    "schedule": ("schedule", "Have terms and the pool looked after every day: pg_cron, systemd or a crontab."),
    "audit": ("audit", "Who opened which record, when and why; who opens many customers."),
}


class CommandTable(click.Group):
    """A group that knows its commands by name and imports one only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pgcustsec.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"no command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)


@click.command(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pgcustsec")
def main() -> None:
    """
    pgcustsec makes PostgreSQL itself enforce a broker's policy on customer information.

    \b
    Examples:
      pgcustsec demo                              the guided tour, on a server of its own
      pgcustsec validate matrix.yaml              check a role matrix
      pgcustsec plan -m matrix.yaml -d crm        what would change
      pgcustsec apply -m matrix.yaml -d crm       change it
    """


def run() -> None:
    """The console script: turns our errors into a message and an exit code, and nothing into a traceback."""
    try:
        code = main.main(standalone_mode=False, prog_name="pgcustsec")
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(EXIT_INTERRUPT)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except MatrixError as error:
        _show_problems(error)
        sys.exit(error.exit_code)
    except PgcustsecError as error:
        click.secho(f"pgcustsec: {error.message}", err=True, fg="red")
        if error.hint:
            click.echo(f"  next: {error.hint}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        sys.exit(EXIT_INTERRUPT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        import os
        import traceback

        click.secho(f"pgcustsec: a fault of ours: {type(error).__name__}", err=True, fg="red")
        if os.environ.get("PGCUSTSEC_DEBUG"):
            traceback.print_exc()
        else:
            click.echo("  next: run again with PGCUSTSEC_DEBUG=1 and report what it prints", err=True)
        sys.exit(EXIT_CRASH)
    sys.exit(code if isinstance(code, int) else 0)


def _show_problems(error: MatrixError) -> None:
    for problem in error.problems:
        place = f"{error.source}:{problem.line}:{problem.column}" if problem.line else error.source
        click.echo(f"{place}: {problem.message}", err=True)
        if problem.hint:
            click.echo(f"  next: {problem.hint}", err=True)
    click.secho(error.message, err=True, fg="red")
