"""Blind indexes follow the matrix: what is to be found or kept unique from now on is hashed, also what lies there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pgcustsec.db import Connection
from pgcustsec.errors import PgcustsecError
from pgcustsec.matrix.model import Column, Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from pgcustsec.vault import seal
from tests.integration.vault.sealing import CUSTOMERS
from tests.worlds import World


def with_mobile(matrix: Matrix, column: Column | None) -> Matrix:
    """*matrix* with *column* for the customers' mobile, or without the table's other tier 1 changed."""
    customer = matrix.tables[CUSTOMERS]
    columns = {**customer.columns, "mobile": column or Column("mobile", 1, "phone")}
    return replace(matrix, tables={**matrix.tables, CUSTOMERS: replace(customer, columns=columns)})


@pytest.fixture
def admin(crm: World) -> Iterator[Connection]:
    """The administrator of sealed customers whose mobile numbers are not looked for."""
    with crm.connect(crm.admin) as connection:
        apply_matrix(connection, with_mobile(crm.matrix, None))
        seal(connection, with_mobile(crm.matrix, None))
        yield connection


def wrong(world: World, kind: str) -> list[int]:
    """The keys of rows whose hash is not that of their value spelt as *kind*, computed as HMAC says."""
    with world.connect() as connection:
        return [
            key
            for (key,) in connection.execute(
                'SELECT v.customer_id FROM pgcustsec_vault."crm.customer" AS v, pgcustsec_keys.blind_index_key AS k'
                ' WHERE k.retired_at IS NULL AND v."mobile blind" IS DISTINCT FROM'
                " sha256(k.outer_block || sha256(k.inner_block || convert_to("
                f"  '{kind}:' || pgcustsec_internal.normal_{kind}(v.mobile), 'UTF8')))".encode()
            )
        ]


def has_hashes(world: World) -> bool:
    with world.connect() as connection:
        return bool(
            connection.execute(
                "SELECT FROM pg_attribute WHERE attrelid = 'pgcustsec_vault.\"crm.customer\"'::regclass"
                " AND attname = 'mobile blind' AND NOT attisdropped"
            ).rowcount
        )


def test_a_column_that_is_found_from_now_on_is_hashed_with_what_lies_there(crm: World, admin: Connection) -> None:
    assert not has_hashes(crm)
    apply_matrix(admin, crm.matrix)
    assert wrong(crm, "phone") == []
    assert not plan_matrix(admin, crm.matrix)


def test_hashes_that_nobody_keeps_up_to_date_go_and_come_back_right(crm: World, admin: Connection) -> None:
    apply_matrix(admin, crm.matrix)
    apply_matrix(admin, with_mobile(crm.matrix, None))
    assert not has_hashes(crm), "they would be of the values of today, whatever is written meanwhile"
    crm.execute("UPDATE pgcustsec_vault.\"crm.customer\" SET mobile = '13700001111' WHERE customer_id = 1")
    apply_matrix(admin, crm.matrix)
    assert wrong(crm, "phone") == []


def test_a_column_of_another_kind_is_hashed_anew(crm: World, admin: Connection) -> None:
    apply_matrix(admin, crm.matrix)
    account = Column("mobile", 1, "bank_account", find=True)
    with crm.connect() as superuser:
        # Masks of one kind are none of the other's: such a column is unsealed, then sealed, in its new kind.
        superuser.execute(
            'UPDATE pgcustsec_vault."crm.customer" SET mobile = NULL; UPDATE crm.customer SET mobile = NULL'
        )
        superuser.execute(
            "UPDATE pgcustsec_vault.\"crm.customer\" SET mobile = '6222021234567890' WHERE customer_id = 1"
        )
    assert wrong(crm, "phone") != []
    apply_matrix(admin, with_mobile(crm.matrix, account))
    assert wrong(crm, "bank_account") == []
    assert not plan_matrix(admin, with_mobile(crm.matrix, account))


def test_values_that_are_not_unique_are_refused_and_told_without_a_hash(crm: World, admin: Connection) -> None:
    crm.execute("UPDATE pgcustsec_vault.\"crm.customer\" SET mobile = '13700001111' WHERE customer_id IN (1, 2)")
    unique = with_mobile(crm.matrix, Column("mobile", 1, "phone", unique=True))
    with pytest.raises(PgcustsecError) as error:
        apply_matrix(admin, unique)
    assert "\\x" not in str(error.value)
    assert "13700001111" not in str(error.value)
    assert not has_hashes(crm), "nothing was changed"
