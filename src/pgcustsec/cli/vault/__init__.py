"""`pgcustsec vault seal|unseal|status|rekey|replay`: true values to the vault and back, what lies where, its keys."""

from __future__ import annotations

import click

from pgcustsec.cli.vault.moving import seal, unseal
from pgcustsec.cli.vault.rekey import rekey
from pgcustsec.cli.vault.replay import replay
from pgcustsec.cli.vault.shared import WIDTH
from pgcustsec.cli.vault.status import status


@click.group(context_settings={"max_content_width": WIDTH})
def command() -> None:
    """
    Move true values to the vault and back; its keys.

    After `apply` new rows are stored masked, their true values in the vault; `seal` moves what was there before.

    \b
    Examples:
      pgcustsec vault status -m matrix.yaml -d crm
      pgcustsec vault seal -m matrix.yaml -d crm
      pgcustsec vault unseal crm.customer --yes -m matrix.yaml -d crm
      pgcustsec vault rekey --yes -m matrix.yaml -d crm
      pgcustsec vault replay --dry-run -m matrix.yaml -d crm
    """


for subcommand in (seal, unseal, status, rekey, replay):
    command.add_command(subcommand)
