"""
The spelling under which two spellings of one value are equal: keyed indexes find a value by it, however it is typed.

The first table is the one to read. Everything else holds for any value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from pgcustsec.db import Connection
from tests.cluster import Database
from tests.integration.masks.minima import VALID, values

#: Kind -> the normal form, and other spellings of the same value.
SPELLINGS: dict[str, dict[str, list[str]]] = {
    "phone": {
        "13812345678": [
            "138 1234 5678",
            "138-1234-5678",
            "138.1234.5678",
            "(138) 1234-5678",
            "8613812345678",
            "86 138 1234 5678",
            "+8613812345678",
            "+86 13812345678",
            "+86-138-1234-5678",
            "+86 138 1234 5678",
            "(+86) 138 1234 5678",
            "008613812345678",
            "0086-138-1234-5678",
            "013812345678",  # with the zero that a call from another province once needed
            "１３８１２３４５６７８",
            "＋８６　１３８　１２３４　５６７８",
            "138—1234—5678",
            "138–1234–5678",
            " 13812345678\n",
            "\t13812345678",
            "\u202d13812345678\u202c",  # as copied from a phone's contacts
            "138\u200b1234\ufeff5678",
            "138\u00a01234\u00a05678",
        ],
        "13812345679": ["+8613812345679"],
        "01012345678": [
            "010-12345678",
            "010 12345678",
            "010-1234-5678",
            "(010)12345678",
            "（０１０）１２３４－５６７８",
            "+86 10 12345678",
            "+86-10-1234-5678",
            "+86 010 12345678",
            "+86 (0)10 1234 5678",
            "+861012345678",
            "0086 10 12345678",
            "86-10-12345678",
        ],
        "07551234567": ["0755-1234567", "0755-123-4567", "+86 755 1234567", "+86 755 123 4567", "0086-0755-1234567"],
        "075512345671": ["0755-12345671", "+86 755 12345671"],
        "07551234567x1": ["0755-1234567-1", "0755-1234567转1", "+86-755-1234567-1"],  # an extension, no eighth digit
        "01012345678x123": [
            "010-12345678-123",
            "010-1234-5678-123",
            "01012345678-123",
            "010-12345678转123",
            "010-12345678 转 123",
            "010-12345678分机123",
            "010-12345678 ext. 123",
            "010-12345678 EXT 123",
            "010-12345678#123",
            "+86 10 12345678 转123",
        ],
        "13812345678x1234": ["13812345678-1234", "138 1234 5678转1234", "+86 13812345678 转 1234"],
        "4001234567": ["400-123-4567", "400 123 4567", "+86 400 123 4567"],
        "95519": ["+86 95519"],
        "12345678": ["1234 5678", "1234-5678"],
        "+12025550143": [
            "+1 202 555 0143",
            "+1 (202) 555-0143",
            "001 202 555 0143",
            "+1.202.555.0143",
            "＋１２０２５５５０１４３",
        ],
        "+442079460958": ["+44 20 7946 0958", "0044 20 7946 0958"],
        "+85212345678": ["+852 1234 5678", "00852-12345678"],
    },
    "id_document": {
        "44030519850412002X": [
            "44030519850412002x",
            "440305 19850412 002X",
            "440305　19850412　002x",
            "４４０３０５１９８５０４１２００２ｘ",
            " 44030519850412002X ",
            "44030519850412002X\r\n",
            "440305-19850412-002X",
            "\ufeff44030519850412002X",
        ],
        "440305198504120020": ["440305 19850412 0020"],
        "110101900307851": ["110101 900307 851"],
        "E12345678": ["e12345678", "E 1234 5678", "Ｅ１２３４５６７８"],
        "A1234563": ["A123456(3)", "a123456（3）"],
        "H1234567890": ["h1234567890", "H 1234567890"],
    },
    "bank_account": {
        "6222021234567890123": [
            "6222 0212 3456 7890 123",
            "6222-0212-3456-7890-123",
            "６２２２０２１２３４５６７８９０１２３",
            "6222　0212　3456　7890　123",
            "6222\u00a00212 3456 7890 123 ",
            "6222—0212—3456—7890—123",
            "6222021234567890123\u200b",
        ],
        "6222021234567890124": ["6222 0212 3456 7890 124"],
        "GB29NWBK60161331926819": ["GB29 NWBK 6016 1331 9268 19", "gb29nwbk60161331926819"],
    },
    "email": {
        "zhang.san@qq.com": [
            "Zhang.San@QQ.com",
            " zhang.san@qq.com ",
            "zhang.san@qq.com\n",
            "　zhang.san@qq.com",
            "ｚｈａｎｇ．ｓａｎ＠ｑｑ．ｃｏｍ",
            "zhang.san\u200b@qq.com",
        ],
        "zhangsan@qq.com": ["ZHANGSAN@QQ.COM"],
        "zhang-san@qq.com": ["Zhang-San@qq.com"],
        "zhang.san+1@qq.com": ["zhang.san+1@QQ.com"],
        "张三@例子.中国": [" 张三@例子.中国"],
    },
    "plate": {
        "京A12345": [
            "京a12345",
            "京A·12345",
            "京A•12345",
            "京A‧12345",
            "京A・12345",
            "京A･12345",
            "京A 12345",
            "京A　12345",
            "京Ａ１２３４５",
            "京A-12345",
            " 京A·12345 ",
            "京\u200bA12345",
        ],
        "京A12346": ["京A·12346"],
        "粤BD12345": ["粤b·d12345"],
        "粤Z1234港": ["粤Z·1234港"],
    },
    "text": {
        "北京市 朝阳区 1号": [
            "北京市  朝阳区 1号",
            "北京市　朝阳区　1号",
            "　北京市 朝阳区 1号　",
            "北京市\n朝阳区\t1号",
            "北京市\u00a0朝阳区 \u2003 １号",
        ],
        "北京市朝阳区1号": ["北京市朝阳区１号", " 北京市朝阳区1号"],
        "John Smith": ["John  Smith", " John Smith\n", "Ｊｏｈｎ　Ｓｍｉｔｈ"],
        "john smith": ["john   smith"],
        "José": ["Jose\u0301"],
        "张三(先生)": ["张三（先生）"],
        "张\u200b三": ["张\u200b三 "],  # a change that nobody sees is a change
        "张三": ["张三"],
    },
}
KINDS = tuple(SPELLINGS)

# Lists go to the server in one query each.
thorough = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])

STORABLE = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
#: What normal forms are about, close together: separators, words for an extension, marks that combine, invisible ones.
AWKWARD = st.text(
    st.sampled_from(
        "0123456789013868861 +-()（）—.:#xXetEe转分机接京A·•@kK\u0301\u0338\u00b4\u200b\u202e\u3000\u00a0\u2028\n１Ａ"
    ),
    max_size=24,
)

FULL_WIDTH = {ord("!") + place: 0xFF01 + place for place in range(94)} | {ord(" "): "\u3000"}


@pytest.fixture
def connection(installed: Database) -> Iterator[Connection]:
    with installed.connect() as opened:
        yield opened


def normal(connection: Connection, kind: str, spellings: Iterable[str]) -> list[str]:
    """Return the normal forms of *spellings* as *kind*, in their order."""
    query = f"""
        SELECT pgcustsec_internal.normal_{kind}(value)
        FROM unnest(%s::text[]) WITH ORDINALITY AS v (value, place) ORDER BY place
    """
    return [form for (form,) in connection.execute(query, [list(spellings)])]


def lists(of: SearchStrategy[str]) -> SearchStrategy[list[str]]:
    return st.lists(of, min_size=10, max_size=40)


@pytest.mark.parametrize("kind", KINDS)
def test_all_spellings_of_a_value_have_the_one_normal_form(connection: Connection, kind: str) -> None:
    for form, spellings in SPELLINGS[kind].items():
        found = dict(zip([form, *spellings], normal(connection, kind, [form, *spellings]), strict=True))
        assert found == dict.fromkeys([form, *spellings], form)


@pytest.mark.parametrize("kind", KINDS)
def test_the_normal_form_of_a_normal_form_is_itself_whatever_the_value(connection: Connection, kind: str) -> None:
    @thorough
    @given(lists(st.one_of(values(kind), AWKWARD, st.text(STORABLE, max_size=30))))
    def holds(made: list[str]) -> None:
        once = normal(connection, kind, made)
        assert dict(zip(made, normal(connection, kind, once), strict=True)) == dict(zip(made, once, strict=True))

    holds()


@pytest.mark.parametrize("kind", KINDS)
def test_full_width_characters_change_nothing(connection: Connection, kind: str) -> None:
    @thorough
    @given(lists(VALID[kind]))
    def holds(made: list[str]) -> None:
        wide = [value.translate(FULL_WIDTH) for value in made]
        assert normal(connection, kind, wide) == normal(connection, kind, made)

    holds()


@pytest.mark.parametrize("kind", KINDS)
def test_blanks_around_a_value_change_nothing(connection: Connection, kind: str) -> None:
    blanks = st.text(st.sampled_from(" \t\n\r\u00a0\u2003\u3000"), max_size=3)

    @thorough
    @given(lists(VALID[kind]), blanks, blanks)
    def holds(made: list[str], before: str, after: str) -> None:
        spelt = [before + value + after for value in made]
        assert normal(connection, kind, spelt) == normal(connection, kind, made)

    holds()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "text"])
def test_what_cannot_be_seen_changes_nothing(connection: Connection, kind: str) -> None:
    unseen = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u202a\u202c\u202d\u202e\u2060\u2066\u2069\ufeff")

    @thorough
    @given(lists(VALID[kind]), unseen, st.integers(0, 10))
    def holds(made: list[str], mark: str, place: int) -> None:
        spelt = [value[:place] + mark + value[place:] for value in made]
        assert normal(connection, kind, spelt) == normal(connection, kind, made)

    holds()


def test_a_mobile_number_cut_up_anyhow_is_the_same_number(connection: Connection) -> None:
    separators = st.sampled_from(["", "", "", " ", "-", "  ", "－", "—", "　"])

    @thorough
    @given(st.from_regex("1[3-9][0-9]{9}", fullmatch=True), lists(st.tuples(*[separators] * 10).map("|".join)))
    def holds(number: str, cuts: list[str]) -> None:
        spelt = ["".join(map("".join, zip(number, [*cut.split("|"), ""], strict=True))) for cut in cuts]
        assert set(normal(connection, "phone", spelt)) == {number}

    holds()


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("phone", "1[3-9][0-9]{9}"),
        ("phone", "0(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}(x[0-9]{1,5})?"),
        ("phone", "[+](1|44|852|886)[0-9]{8,10}"),
        ("id_document", "[1-8][0-9]{16}[0-9X]|[A-Z][0-9]{8}"),
        ("bank_account", "[0-9]{12,19}"),
        ("email", "[a-z0-9][a-z0-9._+-]{1,20}@[a-z]{2,9}[.]com"),
        ("plate", "[京沪粤][A-Z][0-9A-Z]{5,6}"),
        ("text", "[张李王][一-鿿]{1,3}"),
    ],
)
def test_a_value_in_its_normal_form_stays_and_so_different_ones_stay_different(
    connection: Connection, kind: str, shape: str
) -> None:
    @thorough
    @given(lists(st.from_regex(shape, fullmatch=True)))
    def holds(made: list[str]) -> None:
        assert normal(connection, kind, made) == made

    holds()


@pytest.mark.parametrize("kind", KINDS)
def test_null_stays_null_and_nothing_stays_nothing(connection: Connection, kind: str) -> None:
    query = f"SELECT pgcustsec_internal.normal_{kind}(NULL), pgcustsec_internal.normal_{kind}('')"
    assert connection.execute(query).fetchone() == (None, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_very_long_value_raises_nothing(connection: Connection, kind: str) -> None:
    for value in ("1" * 300_000, "张" * 100_000, "１" * 100_000, "1-" * 100_000 + "转", " " * 300_000):
        assert len(normal(connection, kind, [value])) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_planner_puts_the_body_in_place_of_the_call(installed: Database, kind: str) -> None:
    with installed.connect() as connection:
        connection.execute("CREATE TABLE t (value varchar(40))")
        explain = f"EXPLAIN (VERBOSE) SELECT pgcustsec_internal.normal_{kind}(value) FROM t"
        assert f"normal_{kind}(" not in str(connection.execute(explain).fetchall())


def test_the_callers_settings_do_not_change_a_normal_form(connection: Connection) -> None:
    connection.execute("SET standard_conforming_strings = off")
    connection.execute("SET search_path = ''")
    assert normal(connection, "phone", ["+86 10 12345678 转 12"]) == ["01012345678x12"]
    assert normal(connection, "plate", ["京a・12345"]) == ["京A12345"]
    assert normal(connection, "text", ["　张\u2028三 "]) == ["张 三"]
