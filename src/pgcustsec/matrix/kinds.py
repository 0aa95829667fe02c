"""The closed list of kinds a column may have, and what the policy says about each (3.2.1, 3.2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """
    `tiers` are those a column of this kind may have, `article` says why no other.

    `maskable`: it has a masked form, else a role that sees tier 1 masked sees it hidden. `normal_form`: two spellings
    of one value are known to be one, so it can be found by exact value and be unique.
    """

    title: str
    tiers: tuple[int, ...]
    article: str
    maskable: bool = True
    normal_form: bool = False


KINDS: Mapping[str, Kind] = {
    "phone": Kind("phone number (联系电话)", (1,), "3.2.1", normal_form=True),
    "email": Kind("e-mail address (电子邮箱)", (1,), "3.2.1", normal_form=True),
    "address": Kind("postal address (联系地址)", (1,), "3.2.1"),
    "messenger": Kind("messenger account (即时通讯账号)", (1,), "3.2.1"),
    "id_document": Kind("identity document (身份证件)", (1,), "3.2.1", normal_form=True),
    "bank_account": Kind("bank account (银行账号)", (1,), "3.2.1", normal_form=True),
    "plate": Kind("licence plate (车牌号)", (1, 2), "3.2.1", normal_form=True),
    "name": Kind("person's name (姓名): tier 2, masked all the same", (2,), "3.2.2"),
    "health": Kind("health (健康状况)", (2,), "3.2.2", maskable=False),
    "family": Kind("family (家庭情况)", (2,), "3.2.2", maskable=False),
    "finance": Kind("finances (财务状况)", (2,), "3.2.2", maskable=False),
    "behaviour": Kind("behaviour (行为习惯)", (2,), "3.2.2", maskable=False),
    "text": Kind("free text", (1, 2, 3), "3.2"),
    "file": Kind("file, image, audio, video, or a reference to one (1.3)", (1, 2, 3), "1.3", maskable=False),
    "json": Kind("structured document", (1, 2, 3), "1.3", maskable=False),
}

WITH_NORMAL_FORM = tuple(name for name, kind in KINDS.items() if kind.normal_form)
