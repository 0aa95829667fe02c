"""
Ways around a mask (hardening of 5.2.1): the session's settings, the shape of the value, objects of one's own.

Each way is shown to work on a mask as people write it, and must gain nothing on ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from pgcustsec.db import Connection
from tests.cluster import Database
from tests.integration.masks.test_masks_examples import EXAMPLES


@dataclass(frozen=True)
class Way:
    """
    A way around: *naive* is the body of a mask as people write it, in which {} is the value, with {secret} what must
    not show of *value*; *settings* is what the attacker's session says first.
    """

    name: str
    kind: str
    naive: str
    value: str
    secret: str
    settings: str = ""


_GROUPS = r"regexp_replace({}, '(\d{{3}})\d{{4}}(\d{{4}})', '\1****\2')"

WAYS = [
    Way(
        "backslashes turned into plain text",
        "phone",
        _GROUPS,
        "13812345678",
        "1234",
        "standard_conforming_strings = off",
    ),
    Way("spaces that the pattern does not know", "phone", _GROUPS, "+86 138 1234 5678", "1234"),
    Way("hyphens that the pattern does not know", "phone", _GROUPS, "138-1234-5678", "1234"),
    Way(
        "full-width digits beside the pattern", "phone", _GROUPS.replace(r"\d", "[0-9]"), "138１２３４5678", "１２３４"
    ),
    Way("a zero-width joiner within the middle", "phone", _GROUPS, "138123\u200d45678", "4567"),
    Way(
        "a country code that moves the middle",
        "phone",
        "overlay({} placing '****' from 4)",
        "+8613812345678",
        "2345678",
    ),
    Way(
        "a short local number under a fixed overlay",
        "phone",
        "overlay({} placing '****' from 4)",
        "010-12345678",
        "45678",
    ),
    Way(
        "an extension behind the last four",
        "phone",
        "left({}, 3) || '****' || substr({}, 8)",
        "010-12345678-1",
        "5678-1",
    ),
    Way("two numbers in one field", "phone", _GROUPS, "13812345678/13987654321", "13987654321"),
    Way(
        "a short document, whose ends meet", "id_document", "left({}, 6) || '****' || right({}, 4)", "E1234567", "4567"
    ),
    Way(
        "the last four hidden, the birth date shown",
        "id_document",
        "left({}, -4) || '****'",
        "110101199003078515",
        "19900307",
    ),
    Way(
        "the middle hidden, the last four shown",
        "id_document",
        "left({}, 6) || '********' || right({}, 4)",
        "110101199003078515",
        "8515",
    ),
    Way(
        "a short account, whose ends meet",
        "bank_account",
        "left({}, 6) || '****' || right({}, 4)",
        "622202123456",
        "622202",
    ),
    Way(
        "groups of four",
        "bank_account",
        r"regexp_replace({}, '(\d{{6}})\d+(\d{{4}})', '\1****\2')",
        "6222 0212 3456 7890",
        "0212 3456",
    ),
    Way("a name of one character", "name", "left({}, 1) || '*'", "欧", "欧"),
    Way("a name that is all first word", "name", "split_part({}, ' ', 1) || ' ***'", "JohnSmith", "JohnSmith"),
    Way("a name with a dot", "name", "overlay({} placing '*' from 2 for 1)", "阿卜杜拉·买买提", "杜拉·买买提"),
    Way("a space before the name", "name", "left({}, 2) || '*'", " 张三", "张"),
    Way(
        "a mailbox of one's own domain",
        "email",
        "left({}, 1) || '***@' || split_part({}, '@', 2)",
        "z@zhangsan.cn",
        "zhangsan",
    ),
    Way("no @ at all", "email", r"regexp_replace({}, '^(.).*@', '\1***@')", "zhangsan", "zhangsan"),
    Way(
        "an address that begins with the street",
        "address",
        "left({}, 6) || '******'",
        "建国路88号3单元502室北京市朝阳区",
        "建国路88号",
    ),
    Way("a plate with a dot", "plate", "overlay({} placing '****' from 3 for 4)", "粤B·D12345", "345"),
]

#: What a caller may set. None of it changes a mask.
SETTINGS = [
    "standard_conforming_strings = off",
    "escape_string_warning = off",
    "backslash_quote = on",
    "transform_null_equals = on",
    "quote_all_identifiers = on",
    "array_nulls = off",
    "TimeZone = 'Pacific/Kiritimati'",
    "DateStyle = 'German, DMY'",
    "IntervalStyle = 'sql_standard'",
    "bytea_output = 'escape'",
    "extra_float_digits = -15",
    "lc_numeric = 'C'",
    "lc_monetary = 'C'",
    "lc_time = 'C'",
    "search_path = shadow, pg_temp, pg_catalog",
    "search_path = ''",
    "default_text_search_config = 'simple'",
    "enable_hashagg = off",
    "jit = on",
    "plan_cache_mode = force_generic_plan",
]


@pytest.fixture
def attacker(installed: Database, prefix: str) -> Iterator[Connection]:
    """A login that may call the masks, and make objects in `shadow` and in pg_temp."""
    login = f"{prefix}li"
    installed.execute(
        f"CREATE ROLE {login} LOGIN",
        f"CREATE SCHEMA shadow AUTHORIZATION {login}",
        f"GRANT CONNECT, TEMPORARY ON DATABASE {installed.name} TO {login}",
        f"GRANT USAGE ON SCHEMA pgcustsec_internal, public TO {login}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgcustsec_internal TO {login}",
    )
    with installed.connect(user=login) as connection:
        yield connection


def test_what_gets_around_a_mask_as_people_write_it_gains_nothing(attacker: Connection) -> None:
    for way in WAYS:
        naive = way.naive.format(*["$1"] * way.naive.count("{}"))
        function = "CREATE OR REPLACE FUNCTION shadow.naive(text) RETURNS text LANGUAGE sql AS"
        attacker.execute("RESET ALL")
        attacker.execute(f"{function} $body$ SELECT {naive} $body$")
        if way.settings:
            attacker.execute(f"SET {way.settings}")
        query = f"SELECT shadow.naive(v), pgcustsec_internal.mask_{way.kind}(v) FROM (SELECT %s::text) AS t (v)"
        row = attacker.execute(query, [way.value]).fetchone()
        assert row is not None
        leaking, ours = row
        assert way.secret in leaking, f"{way.name}: the control does not leak, so this would prove nothing"
        assert way.secret not in ours, way.name
        assert ours != way.value, way.name


def test_no_setting_of_the_caller_changes_a_mask(attacker: Connection) -> None:
    for setting in SETTINGS:
        attacker.execute("RESET ALL")
        attacker.execute(f"SET {setting}")
        assert _everything(attacker) == [masked for examples in EXAMPLES.values() for _, masked in examples], setting


def test_functions_and_operators_of_the_callers_own_are_not_called(attacker: Connection) -> None:
    for statement in (
        "CREATE FUNCTION shadow.\"left\"(text, int) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "CREATE FUNCTION shadow.\"right\"(text, int) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "CREATE FUNCTION shadow.length(text) RETURNS int LANGUAGE sql AS 'SELECT 11'",
        "CREATE FUNCTION shadow.raw(text, text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
        "CREATE FUNCTION shadow.yes(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "CREATE OPERATOR shadow.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = shadow.raw)",
        "CREATE OPERATOR shadow.~ (LEFTARG = text, RIGHTARG = text, FUNCTION = shadow.yes)",
        "CREATE OPERATOR shadow.!~ (LEFTARG = text, RIGHTARG = text, FUNCTION = shadow.yes)",
        "CREATE OPERATOR shadow.= (LEFTARG = text, RIGHTARG = text, FUNCTION = shadow.yes)",
        "CREATE DOMAIN pg_temp.text AS pg_catalog.text",
        "SET search_path = shadow, pg_temp, pg_catalog",
        # The control: an ordinary SQL function looks its names up in the path of whoever calls it.
        "CREATE FUNCTION shadow.naive(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS"
        " $$ SELECT left($1, 3) || '****' $$",
    ):
        attacker.execute(statement)
    assert attacker.execute("SELECT shadow.naive('13812345678')").fetchone() == ("13812345678",)
    query = "SELECT pgcustsec_internal.mask_phone('13812345678'), pgcustsec_internal.mask_name('张三丰')"
    assert attacker.execute(query).fetchone() == ("138****5678", "张**")


def test_a_collation_that_takes_all_strings_for_equal_does_not_change_a_mask(installed: Database) -> None:
    with installed.connect() as connection:
        try:
            connection.execute(
                "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)"
            )
        except psycopg.errors.FeatureNotSupported:
            pytest.skip("this server is built without ICU")
        assert connection.execute("SELECT 'á' = 'A' COLLATE loose").fetchone() == (True,), "the control"
        connection.execute("CREATE TABLE t (value text COLLATE loose)")
        for kind, examples in EXAMPLES.items():
            connection.execute("TRUNCATE t")
            connection.cursor().executemany("INSERT INTO t VALUES (%s)", [(value,) for value, _ in examples])
            query = f"SELECT value, pgcustsec_internal.mask_{kind}(value) FROM t"
            assert connection.execute(query).fetchall() == examples


def test_a_login_without_a_grant_cannot_try_values_on_a_mask(installed: Database, prefix: str) -> None:
    installed.execute(f"CREATE ROLE {prefix}li LOGIN", f"GRANT CONNECT ON DATABASE {installed.name} TO {prefix}li")
    with (
        installed.connect(user=f"{prefix}li") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege, match="schema pgcustsec_internal"),
    ):
        connection.execute("SELECT pgcustsec_internal.mask_phone('13812345678')")


def _everything(connection: Connection) -> list[str]:
    found: list[str] = []
    for kind, examples in EXAMPLES.items():
        query = f"SELECT pgcustsec_internal.mask_{kind}(v) FROM pg_catalog.unnest(%s::pg_catalog.text[]) AS v"
        found += [row[0] for row in connection.execute(query, [[value for value, _ in examples]])]
    return found
