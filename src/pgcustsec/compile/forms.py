"""
The masked forms, one per kind, as SQL that needs nothing of pgcustsec: what a base table's CHECK lets in (5.2.1).

Written on their own, not by way of the masks: a CHECK is the second lock on the same door. It holds after a restore,
on a replica, and where pgcustsec is gone, so it may call no function of ours.

And each is one short pattern: PostgreSQL reads the text of every CHECK anew for every statement that writes a row, some
20 ns a byte (the list of surnames, as a list of constants, took 60 us a row, all CHECKs of the demo's customers 100).
"""

from __future__ import annotations

from collections.abc import Mapping

from pgcustsec.compile.quote import literal

_HAN = "㐀-䶿一-鿿𠀀-𳎯"
_LATIN = "A-Za-zÀ-ÖØ-öø-ž"

COMPOUND_SURNAMES = """
    欧阳 上官 司马 司徒 司空 司寇 诸葛 夏侯 皇甫 尉迟 公孙 公羊 公冶 公西 公良 慕容 令狐 东方 东郭 东门 西门
    南门 南宫 北宫 长孙 仲孙 叔孙 颛孙 宇文 端木 轩辕 独孤 钟离 申屠 濮阳 闻人 万俟 淳于 鲜于 太叔 太史 澹台
    赫连 百里 呼延 拓跋 闾丘 亓官 巫马 漆雕 壤驷 子车 羊舌 微生 即墨 达奚 褚师 第五 完颜 耶律 纳兰 歐陽 司馬
    諸葛 尉遲 公孫 東方 東郭 東門 西門 南門 南宮 北宮 長孫 仲孫 叔孫 顓孫 軒轅 獨孤 鍾離 鐘離 濮陽 聞人 萬俟
    鮮于 澹臺 赫連 閭丘 巫馬 壤駟 子車 達奚 褚師 完顏 納蘭
""".split()
_PROVINCES = (
    "(北京|天津|上海|重庆)市"
    "|(河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省"
    "|黑龙江|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)


def _grouped(words: list[str]) -> str:
    """A pattern of *words* of two letters, those that begin alike put together, of the rest those that end alike."""
    begun: dict[str, str] = {}
    for word in words:
        begin, end = word[0], word[1]
        begun[begin] = begun.get(begin, "") + end
    ended: dict[str, str] = {}
    for begin, ends in begun.items():
        if len(ends) == 1:
            ended[ends] = ended.get(ends, "") + begin
    together = [f"{begin}[{ends}]" for begin, ends in begun.items() if len(ends) > 1]
    apart = [f"{begins if len(begins) == 1 else f'[{begins}]'}{end}" for end, begins in ended.items()]
    return "|".join([*together, *apart])


def _matches(pattern: str) -> str:
    quoted = literal(pattern).replace("{", "{{").replace("}", "}}")
    return f'{{0}} COLLATE "C" ~ {quoted}'


_STARS = "{0} COLLATE \"C\" = '***'"

#: Kind -> the condition that a text, in place of {0}, is what the kind's mask gives.
MASKED_FORMS: Mapping[str, str] = {
    "phone": _matches(r"^(1[3-9][0-9][*]{4}[0-9]{4}|0(10|2[0-9]|[3-9][0-9]{2})-[*]{4}([0-9]{2})?|[*]{3})$"),
    "email": _matches(r"^([0-9A-Za-z][*]{3}@[*]{3}|[*]{3})$"),
    "id_document": _matches(
        r"^((1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[*]{13}([*]{3})?|[A-Z][*]{8}|[*]{3})$"
    ),
    "bank_account": _matches(r"^([*]{8}[0-9]{4}|[*]{3})$"),
    "plate": _matches(r"^([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-Z][*]{5}|[*]{3})$"),
    # Two, so that the long one is looked through for few names only.
    "name": f"({_matches(f'^([{_HAN}][*]{{1,2}}|[{_LATIN}]?[*]{{3}})$')}"
    f" OR {_matches(f'^({_grouped(COMPOUND_SURNAMES)})[*]{{1,2}}$')})",
    "address": _matches(f"^(({_PROVINCES})[*]{{6}}|[*]{{3}})$"),
    "messenger": _STARS,
    "text": _STARS,
}

#: Kind -> the length of its longest masked form: what a column must hold.
LONGEST: Mapping[str, int] = {
    "phone": 11,
    "email": 8,
    "id_document": 18,
    "bank_account": 12,
    "plate": 7,
    "name": 4,
    "address": 9,
    "messenger": 3,
    "text": 3,
}


def is_masked(kind: str, value: str) -> str:
    """The condition, in SQL, that *value*, a text, is a masked form of *kind*; NULL where it is NULL."""
    return MASKED_FORMS[kind].format(value)
