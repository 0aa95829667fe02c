"""HMAC-SHA-256 as PostgreSQL's own sha256 makes it is the HMAC-SHA-256 of everybody else."""

from __future__ import annotations

import hmac
import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pgcustsec.db import Connection
from tests.cluster import Database

#: RFC 4231, 4.2 to 4.8: key, message, code. Case 5 gives the first 128 bits only.
RFC_4231 = {
    1: (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    2: (
        b"Jefe",
        b"what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    3: (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    4: (bytes(range(1, 26)), b"\xcd" * 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    5: (b"\x0c" * 20, b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    6: (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    7: (
        b"\xaa" * 131,
        b"This is a test using a larger than block-size key and a larger than block-size data. "
        b"The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
}

HMAC = "SELECT pgcustsec_internal.hmac_sha256(%s::bytea, %s::bytea)"
FROM_BLOCKS = """
    SELECT pgcustsec_internal.hmac_sha256_blocks(
        %(message)s::bytea,
        pgcustsec_internal._hmac_block(%(key)s::bytea, x'36'::integer),
        pgcustsec_internal._hmac_block(%(key)s::bytea, x'5c'::integer))
"""


@pytest.fixture
def connection(installed: Database) -> Iterator[Connection]:
    with installed.connect() as opened:
        yield opened


def code(connection: Connection, key: bytes, message: bytes) -> bytes:
    row = connection.execute(HMAC, [message, key]).fetchone()
    assert row is not None
    return bytes(row[0])


def test_the_cases_of_the_standard_come_out_as_it_says(connection: Connection) -> None:
    for case, (key, message, expected) in RFC_4231.items():
        assert code(connection, key, message)[: len(expected) // 2] == bytes.fromhex(expected), case


@pytest.mark.parametrize("length", [0, 63, 64, 65, 131])
def test_a_key_shorter_than_a_block_as_long_or_longer_gives_what_python_gives(
    connection: Connection, length: int
) -> None:
    source = random.Random(length)
    key = source.randbytes(length)
    for message in (b"", b"13812345678", source.randbytes(64), source.randbytes(1000)):
        assert code(connection, key, message) == hmac.digest(key, message, "sha256")


def test_any_key_and_message_give_what_python_gives(connection: Connection) -> None:
    @settings(max_examples=60)
    @given(st.binary(max_size=200), st.binary(max_size=300))
    def holds(key: bytes, message: bytes) -> None:
        assert code(connection, key, message) == hmac.digest(key, message, "sha256")

    holds()


def test_the_blocks_of_a_key_give_the_same_code_as_the_key(connection: Connection) -> None:
    for key in (b"", b"Jefe", b"\xaa" * 64, b"\xaa" * 131):
        message = "张三".encode()
        row = connection.execute(FROM_BLOCKS, {"message": message, "key": key}).fetchone()
        assert row == (hmac.digest(key, message, "sha256"),)


def test_a_block_is_the_key_filled_up_with_zeros_under_the_pad(connection: Connection) -> None:
    block = connection.execute("SELECT pgcustsec_internal._hmac_block('\\x0102ff'::bytea, 54)").fetchone()
    assert block == (b"\x37\x34\xc9" + b"\x36" * 61,)


def test_without_a_message_or_a_key_there_is_no_code(connection: Connection) -> None:
    assert connection.execute(HMAC, [None, b"key"]).fetchone() == (None,)
    assert connection.execute(HMAC, [b"message", None]).fetchone() == (None,)


def test_the_planner_puts_the_two_hashes_in_place_of_the_call(installed: Database) -> None:
    with installed.connect() as connection:
        connection.execute("CREATE TABLE t (message bytea, inner_block bytea, outer_block bytea)")
        explain = """
            EXPLAIN (VERBOSE)
            SELECT pgcustsec_internal.hmac_sha256_blocks(message, inner_block, outer_block) FROM t
        """
        plan = str(connection.execute(explain).fetchall())
        assert "pgcustsec_internal" not in plan
        assert plan.count("sha256(") == 2
