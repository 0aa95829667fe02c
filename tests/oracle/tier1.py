"""Values of tier 1 by kind, what an open record shows of each, and what find() takes for the same value (5.2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

#: Every kind whose values the worlds hold; those with a normal form can be searched.
KINDS = ("phone", "id_document", "bank_account", "email", "address", "messenger")
SEARCHED = ("phone", "id_document", "bank_account", "email")


def tier1_value(kind: str, number: int, random: Random) -> str:
    """The *number*-th value of *kind*, spelt one way or another; of another number it is another value."""
    return random.choice(spellings(kind, number))


def spellings(kind: str, number: int) -> list[str]:
    """Ways to write the *number*-th value of *kind*: for find() they are all the same."""
    return _SPELT[kind](number)


_SPELT: Mapping[str, Callable[[int], list[str]]] = {
    "phone": lambda n: [f"1380000{n:04d}", f"+86 138 0000 {n:04d}"] if n % 3 else [f"0755-1234{n:04d}"],
    "id_document": lambda n: (
        [f"11010119900307{n:03d}X", f"11010119900307{n:03d}x"] if n % 3 else [f"E{n:08d}", f"e{n:08d}"]
    ),
    "bank_account": lambda n: [f"621702123456{n:04d}", f"6217 0212 3456 {n:04d}"],
    "email": lambda n: [f"z{n}han@example.cn", f"z{n}han@EXAMPLE.cn"],
    "address": lambda n: [f"广东省深圳市南山区科技园{n}号", f"科技园{n}号"],
    "messenger": lambda n: [f"wxid_z{n}"],
}


def masked_tier1(kind: str | None, value: str) -> str:
    """What a record that is open shows of *value*: a shape that is not known shows nothing."""
    mask = _MASKS.get(kind or "")
    return (mask(value) if mask else None) or "***"


def _phone(value: str) -> str | None:
    """The middle four of a mobile number, however written; of a landline all but its area and the last two."""
    if mobile := re.fullmatch(r"(?:\+86 )?(1[3-9]\d) ?(\d{4}) ?(\d{4})", value):
        return f"{mobile[1]}****{mobile[3]}"
    landline = re.fullmatch(r"(0755)-\d{6}(\d{2})", value)
    return f"{landline[1]}-****{landline[2]}" if landline else None


def _id_document(value: str) -> str | None:
    """The province and no more of an identity number, the type and no more of a passport."""
    if re.fullmatch(r"11\d{15}[\dXx]", value):
        return "11" + "*" * 16
    return value[0] + "*" * 8 if re.fullmatch(r"[A-Z]\d{8}", value) else None


def _bank_account(value: str) -> str | None:
    return "*" * 8 + value[-4:] if re.fullmatch(r"\d{12,19}", value) else None


def _email(value: str) -> str | None:
    return value[0] + "***@***" if re.fullmatch(r"[0-9A-Za-z]\w+@\w+\.\w+", value) else None


def _address(value: str) -> str | None:
    """The province, where it is written out."""
    return "广东省" + "*" * 6 if value.startswith("广东省") and len(value) >= 12 else None


_MASKS: Mapping[str, Callable[[str], str | None]] = {
    "phone": _phone,
    "id_document": _id_document,
    "bank_account": _bank_account,
    "email": _email,
    "address": _address,
}
