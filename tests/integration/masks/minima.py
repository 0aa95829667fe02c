"""
What the policy asks of a masked value (5.2.1, 5.2.2), in plain Python, and values to ask it of.

Nothing here knows how the masks are made. A mask may show a head and a tail of the value, of the value alone and as
they are: what lies between is hidden, and has to be enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

NOTHING = "***"

#: Kind -> how many characters of a value may show at most. The policy's minima would allow more.
MOST_SHOWN = {
    "phone": 7,
    "id_document": 2,
    "bank_account": 4,
    "name": 2,
    "email": 1,
    "address": 3,
    "plate": 2,
    "messenger": 0,
    "text": 0,
}
KINDS = tuple(MOST_SHOWN)

#: What belongs in no place of any kind, but for what BELONGS says.
ODD = "\t\n\x01\x1f\x7f\u00a0\u00ad\u0301\u200b\u200d\u202e\u2028\u3000\ue000\ufeff\ufffd１９Ａ０\\'\"%_$|;😀"
BELONGS = {"email": "_", "name": "'"}


@dataclass(frozen=True)
class Shown:
    """What a masked value shows of *core*, the value as it is read: the ends, and what lies hidden between them."""

    core: str
    head: str
    tail: str

    @property
    def hidden(self) -> range:
        """The positions of *core* that do not show."""
        return range(len(self.head), len(self.core) - len(self.tail))


def shown(kind: str, value: str, masked: str) -> Shown:
    """Compare *masked* with *value*. Raises AssertionError if it shows anything but the value's own ends."""
    core, masked = (digits(value), masked.replace("-", "")) if kind == "phone" else (value, masked)
    head, tail = masked[: masked.index("*")], masked[masked.rindex("*") + 1 :]
    assert core.startswith(head), f"{masked} begins with what {value} does not"
    assert core.endswith(tail), f"{masked} ends with what {value} does not"
    return Shown(core, head, tail)


def digits(phone: str) -> str:
    """Return a Chinese number as it is dialled inside China: +86 10 1234 5678 is 01012345678."""
    plain = re.sub("[ -]", "", phone)
    abroad = re.match(r"(?:\+|00)86|86(?=1\d{10}$)", plain)
    if abroad is None:
        return plain
    national = plain[abroad.end() :]
    return national if re.match("0|1[3-9]", national) else "0" + national


def enough_hidden(kind: str, seen: Shown) -> bool:
    """Whether the policy's minimum for *kind* holds: which positions of the value have to be hidden."""
    positions = range(len(seen.core))
    if kind in ("text", "messenger"):
        return list(seen.hidden) == list(positions)
    if kind == "id_document":
        return set(positions[-4:]) <= set(seen.hidden)
    if kind == "name":
        return positions[-1] in seen.hidden
    return any(set(middle) <= set(seen.hidden) for middle in middle_four(positions))


def middle_four(positions: range) -> tuple[range, range]:
    """Return the middle four; of an odd number there are two ways to say which: of 11 the 4th to 7th or 5th to 8th."""
    spare = max(len(positions) - 4, 0)
    return positions[spare // 2 :][:4], positions[(spare + 1) // 2 :][:4]


def _like(pattern: str) -> SearchStrategy[str]:
    return st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)


_PROVINCES = [
    *["北京市", "天津市", "上海市", "重庆市", "河北省", "辽宁省", "黑龙江省", "广东省", "海南省", "台湾省"],
    *["内蒙古自治区", "广西壮族自治区", "西藏自治区", "宁夏回族自治区", "新疆维吾尔自治区", "香港特别行政区"],
]
_HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
_SURNAMES = st.sampled_from(
    ["张", "王", "李", "欧阳", "司马", "上官", "诸葛", "夏侯", "尉迟", "鍾離", "乐正", "段干", "𠮷"]
)
_BIRTH = st.dates(date(1900, 1, 1), date(2099, 12, 31)).map("{:%Y%m%d}".format)
_REGION = st.sampled_from(["110101", "310104", "440305", "659001", "810000"])

#: Identity numbers of 18 and of 15 digits: county, birth date, a number of the day.
CITIZEN = st.one_of(
    st.tuples(_REGION, _BIRTH, _like("[0-9]{3}[0-9X]")).map("".join),
    st.tuples(_REGION, _BIRTH.map(lambda birth: birth[2:]), _like("[0-9]{3}")).map("".join),
)

_STORABLE = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])

#: Kind -> values as they are really written, of every shape that is not fully masked.
VALID: dict[str, SearchStrategy[str]] = {
    "phone": st.one_of(
        _like(r"1[3-9][0-9]{9}"),
        _like(r"(\+86|0086|86)[ -]?1[3-9][0-9]{9}"),
        _like(r"\+86[ -]1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}"),
        _like(r"(010|02[0-9])-?[0-9]{7,8}(?!-)"),
        _like(r"0[3-9][0-9]{2}-?[0-9]{7,8}"),
        _like(r"0(10|2[0-9]|[3-9][0-9]{2})-[0-9]{7,8}-[0-9]{1,5}"),
        _like(r"(\+86|0086)[ -]?0?(10|2[0-9]|[3-9][0-9]{2})[ -]?[0-9]{4}[ -]?[0-9]{4}"),
        _like(r"(\+86|0086)[ -]?0?(10|2[0-9]|[3-9][0-9]{2})[ -]?[0-9]{3}[ -]?[0-9]{4}"),
    ),
    "id_document": st.one_of(
        CITIZEN,
        _like("[A-Z][0-9]{8}"),
        _like("E[A-Z][0-9]{7}"),
        _like("[HM][0-9]{10}"),
    ),
    "bank_account": _like("[0-9]{12,19}"),
    "name": st.one_of(
        st.tuples(_SURNAMES, st.text(_HANZI, min_size=1, max_size=4)).map("".join),
        st.lists(st.text(_HANZI, min_size=1, max_size=5), min_size=2, max_size=4).map("·".join),
        _like("[A-Z][a-z]{2,9} [A-Z][a-z]{2,9}"),
        _like("[A-Z][a-z]{3,9}(-[A-Z][a-z]{2,9})?"),
    ),
    "email": _like(
        r"[A-Za-z0-9][A-Za-z0-9._+-]{1,20}@(qq\.com|163\.com|outlook\.com|[a-z][a-z0-9-]{2,12}\.(cn|com\.cn))"
    ),
    "address": st.tuples(
        st.sampled_from(_PROVINCES), st.text(_HANZI, min_size=9, max_size=30), _like("[0-9]{1,4}-?[0-9]{0,3}")
    ).map("".join),
    "plate": st.tuples(
        st.sampled_from("京沪粤川琼"), _like("[A-HJ-Z]"), st.sampled_from(["", "·"]), _like("[0-9A-HJ-NP-Z]{5,6}")
    ).map("".join),
    "messenger": _like("(wxid_|qq)?[a-z0-9_-]{5,20}"),
    "text": st.text(_STORABLE, min_size=1),
}

_NEARLY = st.text(st.sampled_from("0123456789Xx+-· @.*张三欧阳京AB省市"), max_size=24)


def values(kind: str) -> SearchStrategy[str]:
    """Anything that may stand in a text column of *kind*: as it should be, cut short, spoilt, nearly so, anything."""
    return st.one_of(VALID[kind], cut(kind), spoilt(kind), _NEARLY, st.text(_STORABLE, max_size=40))


@st.composite
def cut(draw: st.DrawFn, kind: str) -> str:
    """A value as it should be, of which only the beginning is there."""
    value = draw(VALID[kind])
    return value[: draw(st.integers(0, len(value)))]


@st.composite
def spoilt(draw: st.DrawFn, kind: str) -> str:
    """A value as it should be, with one odd character put in, or white space around it."""
    value = draw(VALID[kind])
    if draw(st.booleans()):
        return draw(st.sampled_from([" {}", "{} ", "\n{}", "{}\n", "{}\t", "\u3000{}"])).format(value)
    place = draw(st.integers(0, len(value)))
    odd = [character for character in ODD if character not in BELONGS.get(kind, "")]
    return value[:place] + draw(st.sampled_from(odd)) + value[place:]
