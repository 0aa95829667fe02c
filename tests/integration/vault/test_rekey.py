"""A new key: every hash is made anew, and nothing is written under the old one."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from pgcustsec.db import Connection
from pgcustsec.errors import Refused
from pgcustsec.vault import rekey, seal, status
from tests.integration.vault.sealing import (
    CUSTOMERS,
)
from tests.worlds import World


def _blinds(connection: Connection) -> list[Any]:
    return connection.execute(
        'SELECT customer_id, "mobile blind", "id_card blind" FROM pgcustsec_vault."crm.customer" ORDER BY 1'
    ).fetchall()


def test_a_new_key_makes_every_hash_anew_and_retires_the_old(crm: World) -> None:
    with crm.connect(crm.admin) as admin:
        seal(admin, crm.matrix)
        with crm.connect() as connection:
            old = _blinds(connection)
        done = rekey(admin, crm.matrix)
        assert (done.key, done.retired, dict(done.rows)) == (2, 1, {CUSTOMERS: 7, "crm.policy": 0})
    with crm.connect() as connection:
        new = _blinds(connection)
        assert all(a[1] != b[1] or a[1] is None for a, b in zip(old, new, strict=True))
        assert connection.execute(
            "SELECT bool_and(v.\"mobile blind\" = pgcustsec_internal.hmac_sha256_blocks(convert_to('phone:' ||"
            " pgcustsec_internal.normal_phone(v.mobile), 'UTF8'), k.inner_block, k.outer_block))"
            ' FROM pgcustsec_vault."crm.customer" v, pgcustsec_internal.blind_key() k WHERE v.mobile IS NOT NULL'
        ).fetchone() == (True,)


def test_without_a_key_nothing_is_sealed_until_there_is_a_new_one(crm: World) -> None:
    crm.execute("DELETE FROM pgcustsec_keys.blind_index_key")
    with crm.connect(crm.admin) as admin:
        with pytest.raises(Refused, match="CS902"):
            seal(admin, crm.matrix)
        assert status(admin, crm.matrix).key is None
        assert rekey(admin, crm.matrix).retired is None
        seal(admin, crm.matrix)
        assert status(admin, crm.matrix).is_sealed


def test_a_statement_that_began_before_the_new_key_does_not_write_under_the_old(crm: World) -> None:
    with crm.connect(crm.admin) as admin, crm.connect() as reader:
        reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        reader.execute("SELECT 1")
        rekey(admin, crm.matrix)
        with pytest.raises(psycopg.Error) as refused:
            reader.execute("SELECT pgcustsec_internal.blind_key()")
        assert refused.value.sqlstate == "CS902"
