"""A broker's database with pgcustsec and groups of people as they were before any matrix."""

from __future__ import annotations

import pytest

from pgcustsec.db import connect
from pgcustsec.demo.customers import fill
from pgcustsec.demo.schema import make_indexes, make_tables
from tests.cluster import Database


@pytest.fixture
def broker(installed: Database, prefix: str) -> Database:
    """The demo's tables with 1,000 customers, as their vendor left them, their owner and an administrator."""
    owner, admin = f"{prefix}crm_owner", f"{prefix}dba"
    option = " WITH INHERIT FALSE, SET TRUE" if installed.server.major >= 16 else ""
    installed.execute(
        f"CREATE ROLE {owner} NOLOGIN",
        f"CREATE ROLE {admin} LOGIN CREATEROLE NOINHERIT",
        f"ALTER DATABASE {installed.name} OWNER TO {admin}",
        f"GRANT {owner} TO {admin}{option}",
        f"GRANT pgcustsec_owner TO {admin}{option}",
    )
    with connect(installed.conninfo()) as connection:
        make_tables(connection, owner)
        fill(connection, 1_000, 7)
        make_indexes(connection, owner)
    return installed


@pytest.fixture
def grouped(broker: Database, prefix: str) -> Database:
    """The broker with a group of agents, a group within it, a login with a right of its own, and one for everybody."""
    broker.execute(
        f"CREATE ROLE {prefix}agents NOLOGIN",
        f"CREATE ROLE {prefix}juniors NOLOGIN IN ROLE {prefix}agents",
        f"CREATE ROLE {prefix}empty NOLOGIN",
        f"CREATE ROLE {prefix}li LOGIN IN ROLE {prefix}agents",
        f"CREATE ROLE {prefix}wang LOGIN IN ROLE {prefix}juniors",
        f"CREATE ROLE {prefix}report LOGIN",
        f"GRANT SELECT, INSERT, DELETE ON crm.customer TO {prefix}agents",
        f"GRANT UPDATE (mobile, note, status) ON crm.customer TO {prefix}agents",
        f"GRANT SELECT ON crm.policy, crm.assignment TO {prefix}agents",
        f"GRANT SELECT (attachment_id, customer_id) ON crm.attachment TO {prefix}juniors",
        f"GRANT SELECT ON crm.claim TO {prefix}empty, {prefix}report",
        "GRANT SELECT ON crm.assignment TO PUBLIC",
    )
    return broker
