"""
Bringing pgcustsec into a database and taking it out again.

The same text is delivered in two ways: as an extension, where the server has its files, or as plain SQL, where the
file system is not ours. Both end with the same objects, comments, owners and privileges.
"""

from __future__ import annotations

from pgcustsec.extension.deliver import Delivery, Installed, install
from pgcustsec.extension.removal import Loss, loss, uninstall

__all__ = ["Delivery", "Installed", "Loss", "install", "loss", "uninstall"]
