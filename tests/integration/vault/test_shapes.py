"""
Which values may be written as true values of a kind: what is surely something else is refused, anything else goes.

The two tables are what to read: accepted, and refused with the reason.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pgcustsec.db import Connection
from pgcustsec.demo.customers import COLUMNS
from pgcustsec.demo.dossiers import NULL, CustomerLines
from pgcustsec.demo.numbers import Birthdays, Cards, Identities, Phones
from tests.cluster import Database
from tests.integration.masks.minima import KINDS, VALID, values
from tests.integration.masks.test_masks_examples import EXAMPLES, NEARLY_MASKED

ACCEPTED: dict[str, list[str]] = {
    "phone": [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "8613812345678",
        "１３８１２３４５６７８",
        "010-12345678",
        "(010) 12345678",
        "（０１０）１２３４５６７８",
        "0755-1234567",
        "+86 10 12345678",
        "010-12345678-123",
        "010-12345678转123",
        "400-123-4567",
        "95519",
        "85551234",  # a local number: who wrote it down knew the city
        "+1 202 555 0143",
        "+852 9123 4567",
        "+886 912 345 678",
        "0044 20 7946 0958",
    ],
    "email": [
        "zhangsan@qq.com",
        "Zhang.San@QQ.COM",
        "12345678@qq.com",
        "a@b.cn",
        "zhang.san+crm@mail.zhangsan.com.cn",
        "o'neil@example.ie",
        "张三@例子.中国",
        "ｚｈａｎｇ＠ｑｑ．ｃｏｍ",
        " zhangsan@qq.com ",
    ],
    "id_document": [
        "110101199003078515",
        "110101199003078516",  # the check digit is wrong, as it was handed out
        "44030519850412002X",
        "44030519850412002x",
        "440305 19850412 002X",
        "４４０３０５１９８５０４１２００２Ｘ",
        "110101900307851",
        "E12345678",
        "EA1234567",
        "G12345678",
        "H1234567890",  # permits of residents of Hong Kong, Macau and Taiwan
        "M12345678",
        "12345678",
        "A123456(3)",
        "A123456789",
        "91110000123456789X",  # an organisation's number
        "军字第1234567号",
        "C01X00T47",
        "AB123456C",
    ],
    "bank_account": [
        "6222021234567890123",
        "6222021234567890",
        "622202123456",
        "6222 0212 3456 7890 123",
        "6222-0212-3456-7890",
        "６２２２０２１２３４５６７８９０",
        "11050110012345678901234567",  # an organisation's
        "GB29 NWBK 6016 1331 9268 19",
        "gb29nwbk60161331926819",
    ],
    "plate": [
        "京A12345",
        "京A·12345",
        "京a 12345",
        "京Ａ１２３４５",
        "粤BD12345",
        "京AAAAAA",
        "京A1234警",
        "粤Z1234港",
        "使014578",
        "WJ京1234X",
        "KM12345",
        "AB 123 CD",
    ],
    "name": [
        "张三",
        "欧阳娜娜",
        "张",
        "张 三",
        "张　三",
        "𠮷田三郎",
        "阿卜杜拉·买买提",
        "John Smith",
        "O'Neil",
        "José María",
        "Zoë Müller",
        "Ｊｏｈｎ　Ｓｍｉｔｈ",
        "Иван Петров",
        "김민준",
        "たかはし",
        "محمد",
        "北京某某科技有限公司",
        "58同城信息技术有限公司",
        "ABC (China) Co., Ltd.",
        "张三（先生）",
    ],
    "address": [
        "北京市朝阳区建国路88号3单元502室",
        "北京市 朝阳区\n建国路88号",
        "北京市朝阳区\r\n建国路88号\t502",
        "朝阳区",
        "１２号楼３单元",
        "12 High Street, London SW1A 1AA",
        "香港中環皇后大道中2號",
        "서울특별시 중구 세종대로 110",
    ],
    "messenger": ["wxid_a1b2c3d4", "13812345678", "zhangsan@qq.com", "张三的微信", "a", "***zhang***", "★小仙女★"],
    "text": [
        "anything at all",
        "第一行\n第二行\t三",
        "第一行\r\n第二行",
        "13812345678",
        "****",
        "*** urgent ***",
        "😀",
        "👨\u200d👩\u200d👧",
        "-",
    ],
}

#: Kind -> value -> why not.
REFUSED: dict[str, dict[str, str]] = {
    "phone": {
        "1381234567": "a digit short",
        "138123456789": "a digit too many",
        "12812345678": "nobody has this prefix",
        "+86 12812345678": "nor with the country code",
        "13812345678/13987654321": "two numbers",
        "13812345678,13987654321": "two numbers",
        "13812345678 13987654321": "two numbers",
        "张三": "a name",
        "13812345678 张三": "a number and a name",
        "zhangsan@qq.com": "an address",
        "110101199003078515": "an identity number",
        "6222021234567890123": "a bank account",
        "110": "too short to be a customer's",
        "+86": "the country code alone",
        "+12345": "too short for any country",
        "+1234567890123456": "too long for any country",
        "138O2345678": "the letter O",
        "\u202e87654321831": "shows in another order than it is kept in",
        "138\u200b12345678": "a character that nobody sees",
        "无": "a word for none",
        "0": "a digit for none",
        "-": "a mark for none",
    },
    "email": {
        "zhangsan": "no @",
        "@qq.com": "nothing before the @",
        "zhangsan@": "nothing behind the @",
        "zhangsan@localhost": "no customer's host",
        "zhangsan@qq": "no domain",
        "zhangsan@qq..com": "an empty label",
        "zhangsan@.com": "an empty label",
        "zhangsan@qq.com.": "an empty label",
        "zhang san@qq.com": "a blank",
        "zhangsan@qq.com,lisi@qq.com": "two addresses",
        "zhangsan@qq.com;lisi@qq.com": "two addresses",
        "zhangsan@qq.com lisi@qq.com": "two addresses",
        "Zhang San <zhangsan@qq.com>": "a name with it",
        "13812345678": "a phone number",
        "zhang\u200bsan@qq.com": "a character that nobody sees",
        "a" * 250 + "@qq.com": "longer than any mailbox",
    },
    "id_document": {
        "张三": "a name",
        "ABCDEFGH": "no digits",
        "1234": "too short",
        "E12345678@": "a mark that no document has",
        "zhangsan1234@qq.com": "an address",
        "北京市朝阳区建国路": "an address",
        "1" * 31: "too long",
        "11010119900307851\u200b5": "a character that nobody sees",
        "110101199003078515,110101199003078516": "two documents",
        "身份证": "a word",
    },
    "bank_account": {
        "1234567": "too short",
        "1" * 33: "too long",
        "6222021234567890X": "a letter",
        "张三": "a name",
        "工商银行6222021234567890": "the bank's name with it",
        "6222021234567890/6222021234567891": "two accounts",
        "zhangsan@qq.com": "an address",
        "44030519850412002X": "an identity number",
        "6222\u202e021234567890": "shows in another order than it is kept in",
    },
    "plate": {
        "京A": "no number",
        "京A12": "too short for any",
        "京A123456789": "too long",
        "13812345678": "a phone number",
        "张三丰": "a name",
        "暂未上牌": "a word for none",
        "ABCDEFG": "no digit",
        "京A12345/京A12346": "two plates",
        "京A\u200b12345": "a character that nobody sees",
    },
    "name": {
        "13812345678": "a phone number",
        "１３８１２３４５６７８": "a phone number",
        "张三13812345678": "a phone number with it",
        "张三 138 1234 5678": "a phone number with it",
        "zhangsan@qq.com": "an address",
        "123": "no letter",
        "-": "a mark for none",
        "··": "no letter",
        "？？？": "no letter",
        "张*": "looks masked",
        "张＊＊": "looks masked",
        "张∗": "looks masked",
        "J***": "looks masked",
        "张\n三": "two lines",
        "张\t三": "a tabulator",
        "张\u200b三": "a character that nobody sees",
        "张\u202e三": "shows in another order than it is kept in",
        "张\ufffd": "damaged on the way",
        "张" * 101: "too long",
        "<b>张三</b>": "markup",
        '{"name": "张三"}': "data",
    },
    "address": {
        "京": "too short",
        "13812345678": "a phone number",
        "100020": "a postcode alone",
        "1-2-3": "no letter",
        "北京市******": "looks masked",
        "北京市＊＊＊＊＊＊": "looks masked",
        "北京市*朝阳区": "looks masked",
        "北京市\x07朝阳区": "a control character",
        "北京市\x85朝阳区": "a control character",
        "北京市\x7f朝阳区": "a control character",
        "路" * 1001: "too long",
    },
    "messenger": {
        "***": "the masked form",
        " *** ": "the masked form",
        "＊＊＊": "the masked form",
        "wxid\nzhang": "two lines",
        "wxid\tzhang": "a tabulator",
        "wxid\u202ezhang": "shows in another order than it is kept in",
        "a" * 101: "too long",
    },
    "text": {
        "***": "the masked form",
        "\n***  ": "the masked form",
        "＊＊＊": "the masked form",
        "a\x01b": "a control character",
        "a\x1bb": "a control character",
        "a\x7fb": "a control character",
        "a\x9bb": "a control character",
    },
}

EMPTY = ["", " ", "   ", "\t", "\n", "\u00a0", "\u3000", " \u3000\n", "\u200b", "\ufeff", "\u2028"]

#: The demo's columns that hold true values, and their kinds.
KIND_OF = {
    "name": "name",
    "email": "email",
    "mobile": "phone",
    "id_card": "id_document",
    "bank_account": "bank_account",
    "address": "address",
    "health": "text",
    "family": "text",
    "note": "text",
}

thorough = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
CONTROLS = [chr(code) for code in (*range(1, 32), *range(127, 160))]
LINES = "\t\n\r"


@pytest.fixture
def connection(installed: Database) -> Iterator[Connection]:
    with installed.connect() as opened:
        yield opened


def fitting(connection: Connection, kind: str, made: Iterable[str]) -> list[str]:
    """Return those of *made* that fit *kind*, in their order."""
    query = f"""
        SELECT value FROM unnest(%s::text[]) WITH ORDINALITY AS v (value, place)
        WHERE pgcustsec_internal.fits_{kind}(value) ORDER BY place
    """
    return [value for (value,) in connection.execute(query, [list(made)])]


def masked(connection: Connection, kind: str, made: Iterable[str]) -> list[str]:
    """Return what the mask of *kind* makes of each of *made*."""
    query = f"""
        SELECT pgcustsec_internal.mask_{kind}(value)
        FROM unnest(%s::text[]) WITH ORDINALITY AS v (value, place) ORDER BY place
    """
    return [value for (value,) in connection.execute(query, [list(made)])]


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_that_may_be_of_the_kind_is_accepted(connection: Connection, kind: str) -> None:
    assert fitting(connection, kind, ACCEPTED[kind]) == ACCEPTED[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_that_is_surely_something_else_is_refused(connection: Connection, kind: str) -> None:
    assert [(value, REFUSED[kind][value]) for value in fitting(connection, kind, REFUSED[kind])] == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_or_blanks_are_refused_for_null_is_the_way_to_say_so(connection: Connection, kind: str) -> None:
    assert fitting(connection, kind, EMPTY) == []


@pytest.mark.parametrize("kind", KINDS)
def test_null_gives_null(connection: Connection, kind: str) -> None:
    assert connection.execute(f"SELECT pgcustsec_internal.fits_{kind}(NULL)").fetchone() == (None,)


@pytest.mark.parametrize("kind", KINDS)
def test_a_control_character_is_refused_wherever_it_stands(connection: Connection, kind: str) -> None:
    good = next(value for value in ACCEPTED[kind] if len(value) > 4)
    lines = LINES if kind in ("address", "text") else ""
    for control in CONTROLS:
        spoilt = [control + good, good[:3] + control + good[3:], good + control]
        assert fitting(connection, kind, spoilt) == (spoilt if control in lines else []), hex(ord(control))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("text", "messenger")])
def test_a_star_is_refused_wherever_it_stands(connection: Connection, kind: str) -> None:
    for star in "*＊﹡":
        for good in ACCEPTED[kind]:
            spoilt = [good[:place] + star + good[place:] for place in range(len(good) + 1)]
            assert fitting(connection, kind, spoilt) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_mask_gives_never_fits(connection: Connection, kind: str) -> None:
    examples = [shown for _, shown in EXAMPLES[kind]]
    assert fitting(connection, kind, examples) == []

    @thorough
    @given(st.lists(values(kind), min_size=10, max_size=40))
    def holds(made: list[str]) -> None:
        assert fitting(connection, kind, masked(connection, kind, made)) == []

    holds()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("text", "messenger")])
def test_what_nearly_looks_masked_does_not_fit_either(connection: Connection, kind: str) -> None:
    starred = [value for value in NEARLY_MASKED[kind] if "*" in value]
    assert fitting(connection, kind, starred) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_mask_knows_the_shape_of_fits(connection: Connection, kind: str) -> None:
    known = [value for value, shown in EXAMPLES[kind] if shown != "***" and shown != value]
    assert fitting(connection, kind, known) == known

    @thorough
    @given(st.lists(st.one_of(VALID[kind], values(kind)), min_size=10, max_size=40))
    def holds(made: list[str]) -> None:
        both = zip(made, masked(connection, kind, made), strict=True)
        known = [value for value, shown in both if shown not in ("***", value)]
        assert fitting(connection, kind, known) == known

    holds()


@pytest.mark.parametrize("kind", ["phone", "email", "id_document", "bank_account", "plate"])
def test_the_normal_form_of_what_fits_fits(connection: Connection, kind: str) -> None:
    query = f"SELECT pgcustsec_internal.normal_{kind}(value) FROM unnest(%s::text[]) AS value"
    forms = [form for (form,) in connection.execute(query, [ACCEPTED[kind]])]
    assert fitting(connection, kind, forms) == forms


def test_every_value_of_the_demo_fits(connection: Connection) -> None:
    rng, as_of = random.Random(7), date(2026, 7, 1)
    birthdays = Birthdays(as_of)
    identities = Identities(2000, birthdays, rng)
    made = {
        "phone": Phones().draw(2000, rng),
        "bank_account": Cards(rng).draw(2000, rng),
        "id_document": [
            maker(person, person % len(birthdays.iso), person % 2)
            for person in range(1000)
            for maker in (identities.number, identities.old_number)
        ]
        + [identities.passport(person) for person in range(500)],
    }
    for kind, numbers in made.items():
        assert fitting(connection, kind, numbers) == numbers


def test_every_customer_of_the_demo_fits(connection: Connection) -> None:
    maker = CustomerLines(2000, 7, date(2026, 7, 1), {"BJ": ["1"], "SH": ["2"], "GZ": ["3"]})
    rows = [line.split("\t") for line in maker.block(range(1, 2001), [])]
    for column, kind in KIND_OF.items():
        place = COLUMNS["customer"].index(column)
        known = [row[place] for row in rows if row[place] != NULL]
        assert len(known) > 100
        assert fitting(connection, kind, known) == known


@pytest.mark.parametrize("kind", KINDS)
def test_the_planner_puts_the_body_in_place_of_the_call(installed: Database, kind: str) -> None:
    with installed.connect() as connection:
        connection.execute("CREATE TABLE t (value varchar(40))")
        explain = f"EXPLAIN (VERBOSE) SELECT pgcustsec_internal.fits_{kind}(value) FROM t"
        plan = str(connection.execute(explain).fetchall())
        assert "fits_" not in plan
        assert "normal_" not in plan.replace("_normal_odd_phone", "")


def test_each_function_is_immutable_runs_as_its_caller_and_is_granted_to_nobody(connection: Connection) -> None:
    query = """
        SELECT proname, provolatile, proparallel, prosecdef, coalesce(proacl::text, '{=X') ~ '[{,]=X'
        FROM pg_proc WHERE pronamespace = 'pgcustsec_internal'::regnamespace AND proname = ANY (%s)
    """
    names = [f"fits_{kind}" for kind in KINDS]
    names += [f"normal_{kind}" for kind in ("phone", "email", "id_document", "bank_account", "plate", "text")]
    names += ["hmac_sha256", "hmac_sha256_blocks", "_hmac_block", "_normal_odd_phone", "_visible", "_has_control"]
    names += ["_has_letter", "_says_nothing"]
    found = connection.execute(query, [names]).fetchall()
    assert sorted(found) == sorted((name, "i", "s", False, False) for name in names)


@pytest.mark.parametrize("kind", KINDS)
def test_the_comment_says_the_shape_in_words(connection: Connection, kind: str) -> None:
    query = "SELECT obj_description(%s::regprocedure, 'pg_proc')"
    row = connection.execute(query, [f"pgcustsec_internal.fits_{kind}(text)"]).fetchone()
    assert row is not None
    what, _, shape = row[0].partition(": ")
    assert what.startswith("Whether this may be written as ")
    assert shape.endswith(".")


@pytest.mark.parametrize("kind", KINDS)
def test_a_very_long_value_raises_nothing(connection: Connection, kind: str) -> None:
    long = ["1" * 300_000, "张" * 100_000, "a" * 300_000 + "@qq.com", "*" * 300_000, " " * 300_000, "\u3000" * 100_000]
    assert fitting(connection, kind, long) == (long[:4] if kind == "text" else [])
