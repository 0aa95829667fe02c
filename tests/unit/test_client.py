"""What applications import: keys are read and written, tokens minted, and nothing heavy comes along."""

from __future__ import annotations

import hashlib
import hmac
import subprocess
import sys
import time
import traceback
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgcustsec.client import SigningKey, Speaker, _sign, mint
from pgcustsec.errors import UsageError
from tests.integration.vault.test_hmac import RFC_4231

KEY = SigningKey("crm_web", "1f0c9a3e", bytes(range(32)))
SESSION = uuid.UUID("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
WORDS = st.text(min_size=1, max_size=20)


@given(login=WORDS, key_id=st.from_regex(r"[0-9a-f]{8}", fullmatch=True), secret=st.binary(min_size=16, max_size=80))
def test_a_key_is_read_as_it_was_written(login: str, key_id: str, secret: bytes) -> None:
    key = SigningKey(login, key_id, secret)
    assert SigningKey.parse(f"  {key}\n") == key


LINE = str(KEY)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "pgcustsec1",
        LINE[:-1],
        LINE + "0",
        LINE.replace("pgcustsec1", "pgcustsec2"),
        LINE.replace("1f0c9a3e", "1f0c9a3"),
        LINE.replace("1f0c9a3e", "1F0C9A3E"),
        LINE.replace("000102", "00 102"),
        LINE.replace(".", ".ff", 2),
        LINE[:40],
        LINE + "\n" + LINE,
        f"pgcustsec1.1f0c9a3e..{'00' * 32}",
        f"pgcustsec1.1f0c9a3e.ff.{'00' * 32}",
    ],
)
def test_what_is_no_key_is_refused_and_not_repeated(line: str) -> None:
    with pytest.raises(UsageError) as caught:
        SigningKey.parse(line)
    told = "".join(traceback.format_exception(caught.value)) + str(caught.value.hint)
    assert "1f0c9a3e" not in told
    assert "0001" not in told
    assert "rotate" in told


def test_a_secret_is_in_no_repr() -> None:
    told = repr(Speaker(KEY, "S1", "sales_agent", "selling"))
    assert "crm_web" in told
    assert KEY.secret.hex() not in told
    assert repr(KEY.secret) not in told


def test_a_token_says_who_what_for_and_until_when_and_signs_it_for_the_login() -> None:
    before = int(time.time())
    token = mint(KEY, staff="员工7", role="sales_agent", purpose="售前", session=SESSION, seconds=60)
    said, _, signature = token.rpartition(".")
    form, key_id, expires, session, role, staff, purpose = said.split(".")
    assert (form, key_id, session) == ("pgcustsec1", "1f0c9a3e", str(SESSION))
    assert [bytes.fromhex(part).decode() for part in (role, staff, purpose)] == ["sales_agent", "员工7", "售前"]
    assert before + 60 <= int(expires) <= time.time() + 60
    assert signature == hmac.new(KEY.secret, f"crm_web\n{said}".encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize("case", RFC_4231)
def test_what_signs_tokens_is_rfc_4231s_hmac(case: int) -> None:
    secret, message, code = RFC_4231[case]
    assert _sign(secret, message).startswith(code)


def test_each_speaker_has_a_session_of_its_own_unless_it_is_given() -> None:
    one, other = (Speaker(KEY, "S1", "sales_agent", "selling") for _ in range(2))
    assert one.session != other.session
    assert Speaker(KEY, "S1", "sales_agent", "selling", session=one.session) == one


def test_a_role_is_quoted_on_its_path() -> None:
    assert Speaker(KEY, "S1", 'a"; DROP', "selling").path == '"a""; DROP"'


def test_importing_it_brings_neither_psycopg_nor_sqlalchemy_nor_the_rest_of_pgcustsec() -> None:
    told = "import sys, pgcustsec.client; print(*sorted(m for m in sys.modules if m.split('.')[0] in"
    told += " ('psycopg', 'sqlalchemy', 'click', 'pglast', 'alembic', 'pgcustsec')))"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    assert found.split() == ["pgcustsec", "pgcustsec.client", "pgcustsec.errors"]
