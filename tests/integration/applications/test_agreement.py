"""Python signs and PostgreSQL checks: on every staff number, role and purpose both mean the same by a token (2.3)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pgcustsec.client import SigningKey, _sign, mint
from tests.integration.applications.world import Office
from tests.integration.vault.test_hmac import RFC_4231
from tests.signing import make_key

#: What people are called, in Chinese as well, and whatever else PostgreSQL has letters for.
WORDS = st.one_of(
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8),
    st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=20),
)


@pytest.mark.parametrize("case", RFC_4231)
def test_a_key_as_the_database_keeps_it_gives_rfc_4231s_code_and_so_does_the_client(office: Office, case: int) -> None:
    secret, message, code = RFC_4231[case]
    key = make_key(office.database, office.login("web"), secret)
    [(made,)] = office.rows(
        "SELECT encode(pgcustsec_internal.hmac_sha256_blocks(%s::bytea, k.inner_block, k.outer_block), 'hex')"
        " FROM pgcustsec_keys.token_key AS k WHERE k.key_id = %s",
        message,
        key.key_id,
    )
    assert made.startswith(code)
    assert _sign(secret, message) == made


@pytest.fixture
def stage(whole_office: Office) -> Iterator[tuple[psycopg.Connection[Any], SigningKey]]:
    """A superuser's connection in a transaction that is taken back, in which `web` may call what it must not."""
    login = whole_office.login("web")
    with whole_office.connect() as connection, connection.transaction(force_rollback=True):
        key = SigningKey(login, "00c0ffee", bytes(range(100)))
        connection.execute(
            "INSERT INTO pgcustsec_keys.token_key (key_id, login, inner_block, outer_block) VALUES (%s, %s,"
            " pgcustsec_internal._hmac_block(%s, 54), pgcustsec_internal._hmac_block(%s, 92))",
            [key.key_id, login, key.secret, key.secret],
        )
        connection.execute(
            f"GRANT USAGE ON SCHEMA pgcustsec_internal TO {login};"
            f" GRANT EXECUTE ON FUNCTION pgcustsec_internal.bearer(text, boolean) TO {login}".encode()
        )
        yield connection, key


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(staff=WORDS, role=WORDS, purpose=WORDS)
@example(staff="员工7", role="销售", purpose="售前")
@example(staff="a.b\n1", role="'; --", purpose="\\ %s 😀")
def test_a_token_means_to_the_server_what_the_client_said(
    stage: tuple[psycopg.Connection[Any], SigningKey], staff: str, role: str, purpose: str
) -> None:
    connection, key = stage
    session = uuid.uuid4()
    token = mint(key, staff=staff, role=role, purpose=purpose, session=session)
    with connection.transaction(force_rollback=True):
        said = {"staff": staff, "role": role, "purpose": purpose, "login": key.login}
        for statement in (
            "INSERT INTO pgcustsec_internal.role VALUES (%(role)s, 'group of it', 'sales', false)",
            "UPDATE pgcustsec_internal.application SET roles = ARRAY[%(role)s],"
            " role_hexes = ARRAY[encode(convert_to(%(role)s, 'UTF8'), 'hex')] WHERE login = %(login)s",
            "INSERT INTO pgcustsec_internal.purpose VALUES (%(purpose)s, 'x', ARRAY[%(role)s])",
            "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, department_code, branch_code)"
            " VALUES (%(staff)s, 'x', 'sales', 'BJ')",
            "INSERT INTO pgcustsec_internal.staff_role VALUES (%(staff)s, %(role)s)",
        ):
            connection.execute(statement, said)
        connection.execute(f"SET LOCAL SESSION AUTHORIZATION {key.login}".encode())
        known = connection.execute(
            "SELECT pgcustsec_internal.bearer(%s, false), pgcustsec.register_session(%s)", [token, token]
        ).fetchone()
        connection.execute("RESET SESSION AUTHORIZATION")
        standing = "SELECT role_code, staff_id FROM pgcustsec_internal.standing WHERE known_as = %s"
        assert known is not None
        assert connection.execute(standing, [known[0]]).fetchall() == [(role, staff)]
        begun = "SELECT staff_id, roles, purpose, login::text FROM pgcustsec_internal.session WHERE session_id = %s"
        assert connection.execute(begun, [known[1]]).fetchall() == [(staff, [role], purpose, key.login)]
        assert known[1] == session
