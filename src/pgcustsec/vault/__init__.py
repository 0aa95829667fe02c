"""The vault from day to day: moving true values in and back, what lies where, and its keys (5.2.1)."""

from __future__ import annotations

from pgcustsec.vault.rekey import Rekeyed, rekey
from pgcustsec.vault.replay import Replayed, ReplayedTable, replay
from pgcustsec.vault.seal import SealedTable, seal
from pgcustsec.vault.status import ColumnStatus, KeyStatus, VaultStatus, status
from pgcustsec.vault.unseal import UnsealedTable, unseal

__all__ = [
    "ColumnStatus",
    "KeyStatus",
    "Rekeyed",
    "Replayed",
    "ReplayedTable",
    "SealedTable",
    "UnsealedTable",
    "VaultStatus",
    "rekey",
    "replay",
    "seal",
    "status",
    "unseal",
]
