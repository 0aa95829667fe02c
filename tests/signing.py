"""Signing keys for tests, made as an administrator makes them but with a secret of one's own choice."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from pgcustsec.client import SigningKey
from tests.cluster import Database


def make_key(database: Database, login: str, secret: bytes | None = None, *, ends_in: str | None = None) -> SigningKey:
    """Give *login* a key in *database*, which ends after the interval *ends_in*, and return it."""
    key = SigningKey(login, secrets.token_hex(4), secret or secrets.token_bytes(32))
    with database.connect() as connection:
        connection.execute(
            "INSERT INTO pgcustsec_keys.token_key (key_id, login, inner_block, outer_block, ends_at) SELECT %s, %s,"
            " pgcustsec_internal._hmac_block(s, 54), pgcustsec_internal._hmac_block(s, 92),"
            " clock_timestamp() + %s::interval FROM CAST(%s AS bytea) AS s",
            [key.key_id, login, ends_in, key.secret],
        )
    return key


def say(key: SigningKey, *words: str) -> str:
    """Return what says *words* before the signature, whatever they are: signed, but odd."""
    said = ".".join(words)
    signed = f"{key.login}\n{said}"
    return f"{said}.{hmac.new(key.secret, signed.encode(), hashlib.sha256).hexdigest()}"
