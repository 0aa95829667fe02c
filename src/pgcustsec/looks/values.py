"""
What one value looks like: an identity number, a phone, a bank card, an email, a name, an address, a number plate.

Spellings are read as the vault's normal forms read them: full-width characters, blanks and hyphens make no difference.
Shape alone says little of a number, so for each sign it is counted too what only has the shape (`shaped`): eleven
digits are a mobile number one time in fourteen by chance, sixteen digits pass the Luhn test one time in ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pgcustsec.looks.digits import identity_check, luhn_check
from pgcustsec.looks.surnames import begins_with_surname


@dataclass(frozen=True, slots=True)
class Sign:
    """
    What a value can look like: the matrix's `kind` for it, what a report calls it, and what right ones look like.

    `least`: the share of right ones among those of the shape from which on it is no chance; about three times what
    random digits, or words of two to four characters, give.
    """

    kind: str
    called: str
    told: str
    least: float = 0.0


SIGNS: Mapping[str, Sign] = {
    "identity": Sign("id_document", "identity number", "18 digits with right check digit"),
    "mobile": Sign("phone", "mobile phone", "a mobile number", least=0.2),
    "landline": Sign("phone", "landline phone", "area code and number", least=0.6),
    "card": Sign("bank_account", "bank card", "a card number that passes the Luhn test", least=0.3),
    "email": Sign("email", "email address", "an email address"),
    "name": Sign("name", "name", "a Chinese surname and a given name", least=0.7),
    "address": Sign("address", "address", "a town and a street"),
    "plate": Sign("plate", "number plate", "a number plate"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The signs of one value: those it is as a `whole`, those it has `inside` (whole ones too), those of the shape."""

    whole: frozenset[str]
    inside: frozenset[str]
    shaped: frozenset[str]


NOTHING = Look(frozenset(), frozenset(), frozenset())

_DASHES = str.maketrans("‐‒–—―−", "------")


def plain(value: str) -> str:
    """Return *value* with full-width characters as ASCII, blanks as spaces, and without what cannot be seen."""
    if value.isascii():
        return value
    text = unicodedata.normalize("NFKC", value).translate(_DASHES)
    return "".join(" " if c.isspace() else c for c in text if unicodedata.category(c) != "Cf")


def look(value: str) -> Look:
    """Return what *value* looks like and has inside."""
    text = plain(value).strip()
    if len(text) < 2:
        return NOTHING
    whole, inside, shaped = set(), set(), set()
    for sign, find in _FINDERS.items():
        for found, right in find(text):
            shaped.add(sign)
            if right:
                inside.add(sign)
                if found == text:
                    whole.add(sign)
    return Look(frozenset(whole), frozenset(inside), frozenset(shaped))


Found = Iterator[tuple[str, bool]]

#: A number is not a part of a word, a longer number, a decimal or a row of numbers joined by hyphens.
_BEGIN = r"(?<![0-9A-Za-z_])(?<![0-9][.\-])"
_END = r"(?![0-9A-Za-z_])(?![.\-][0-9])"

_IDENTITY = re.compile(rf"{_BEGIN}[0-9]{{6}}[ -]?[0-9]{{8}}[ -]?[0-9]{{3}}[0-9Xx]{_END}")
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54".split()
) | frozenset("61 62 63 64 65 71 81 82 83 91".split())


def is_identity_number(text: str) -> bool:
    """Whether *text* is 17 digits and a check digit that agree: a province, a birthday since 1880, the check digit."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text) or text[:2] not in _PROVINCES:
        return False
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return 1880 <= born.year <= date.today().year and identity_check(text[:17]) == text[17]


def _identities(text: str) -> Found:
    for found in _IDENTITY.finditer(text):
        yield found[0], is_identity_number(re.sub("[ -]", "", found[0]).upper())


_ELEVEN = re.compile(rf"{_BEGIN}[0-9]{{11}}{_END}")
_MOBILE = re.compile(rf"{_BEGIN}(?:[(]?(?:[+]|00)?86[)]?[ -]?)?0?1[3-9][0-9][ -]?[0-9]{{4}}[ -]?[0-9]{{4}}{_END}")


def _mobiles(text: str) -> Found:
    right = False
    for found in _MOBILE.finditer(text):
        right = True
        yield found[0], True
    if not right:
        for found in _ELEVEN.finditer(text):
            yield found[0], False


_AREA = r"(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = re.compile(
    rf"{_BEGIN}(?:[(]?0{_AREA}(?:[)][ -]?|[ -])|[+]?86[ -]?0?{_AREA}[ -])[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}"
    r"(?:(?:-|转|ext[.]? ?)[0-9]{1,5})?(?![0-9A-Za-z_])"
)
_ZERO_LED = re.compile(r"0[0-9]{9,11}")
_JOINED = re.compile(rf"0{_AREA}[2-9][0-9]{{6,7}}")


def _landlines(text: str) -> Found:
    """Within a text with a blank, hyphen or bracket behind the area code; a whole value also without."""
    for found in _LANDLINE.finditer(text):
        yield found[0], True
    if _ZERO_LED.fullmatch(text):
        yield text, bool(_JOINED.fullmatch(text))


_CARD = re.compile(rf"{_BEGIN}[0-9]{{4}}(?:[ -]?[0-9]{{4}}){{3}}(?:[ -]?[0-9]{{1,3}})?{_END}")
#: Issuers by length: UnionPay, Visa, Mastercard, JCB.
_ISSUERS = re.compile(
    r"62[0-9]{14,17}|4[0-9]{15}|(?:5[1-5][0-9]{2}|22[3-9][0-9]|2[3-6][0-9]{2}|27[01][0-9])[0-9]{12}|35[0-9]{14}"
)


def _cards(text: str) -> Found:
    for found in _CARD.finditer(text):
        digits = re.sub("[ -]", "", found[0])
        if _ISSUERS.fullmatch(digits) and not is_identity_number(digits):
            yield found[0], luhn_check(digits[:-1]) == digits[-1]


_EMAIL = re.compile(
    r"(?<![0-9A-Za-z.!#$%&'*+/=?^_`{|}~-])[0-9A-Za-z][0-9A-Za-z.!#$%&'*+/=?^_`{|}~-]{0,63}@"
    r"(?:[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?[.])+[A-Za-z]{2,24}(?![0-9A-Za-z@])"
)


def _emails(text: str) -> Found:
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield found[0], True


_WORD = re.compile(r"[㐀-䶿一-鿿𠀀-𳎯]{2,4}")
_LABELLED = re.compile(
    r"(?:姓名|联系人|客户|投保人|被保险人|受益人|收件人)[:：] ?([㐀-䶿一-鿿𠀀-𳎯]{2,4})(?![㐀-䶿一-鿿])"
)


def _names(text: str) -> Found:
    """A whole value; within a text only behind a word that says so: two characters begin a thousand other words."""
    if _WORD.fullmatch(text):
        yield text, begins_with_surname(text)
        return
    for found in _LABELLED.finditer(text):
        if begins_with_surname(found[1]):
            yield found[1], True


_ADDRESS = re.compile(
    r"[省市区县州盟旗镇乡].{1,40}?(?:路|街|道|巷|弄|胡同|村|小区|大厦|[0-9一二三四五六七八九十]+[号栋幢室])"
)


def _addresses(text: str) -> Found:
    if len(text) <= 200 and _ADDRESS.search(text):
        yield text, True


_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][·. -]?[A-HJ-NP-Z0-9]{5,6}"
)


def _plates(text: str) -> Found:
    if _PLATE.fullmatch(text):
        yield text, True


_FINDERS: Mapping[str, Callable[[str], Found]] = {
    "identity": _identities,
    "mobile": _mobiles,
    "landline": _landlines,
    "card": _cards,
    "email": _emails,
    "name": _names,
    "address": _addresses,
    "plate": _plates,
}
