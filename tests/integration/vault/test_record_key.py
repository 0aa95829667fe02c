"""A record is known to the history by one text, whoever writes it and however they write dates and times."""

from __future__ import annotations

import pytest

from pgcustsec.compile.vault import key_text
from pgcustsec.matrix.model import Table
from pgcustsec.shape import ColumnShape, TableShape
from tests.cluster import Database

MARCH = "2026-03-01"
NIGHT = "2026-03-01 00:30:00+08"
KEYS = [
    ((("date", MARCH),), "2026-03-01"),
    ((("timestamp without time zone", "2026-03-01 09:30:00"),), "2026-03-01T09:30:00"),
    ((("timestamp with time zone", NIGHT),), "2026-02-28T16:30:00"),
    ((("bigint", "17"),), "17"),
    ((("text", "C 1"),), "C 1"),
    ((("bigint", "17"), ("date", MARCH)), '[17, "2026-03-01"]'),
    ((("text", "a"), ("timestamp with time zone", NIGHT)), '["a", "2026-02-28T16:30:00"]'),
]


@pytest.mark.parametrize(
    "style, zone", [("ISO, YMD", "UTC"), ("German", "Asia/Shanghai"), ("SQL, DMY", "America/Lima")]
)
@pytest.mark.parametrize("key, written", KEYS)
def test_a_key_is_written_in_one_form(
    installed: Database, key: tuple[tuple[str, str], ...], written: str, style: str, zone: str
) -> None:
    names = tuple(f"k{place}" for place, _ in enumerate(key))
    columns = {name: ColumnShape(type_, type_) for name, (type_, _) in zip(names, key, strict=True)}
    shape = TableShape(("crm", "t"), "o", frozenset(), "o", columns, frozenset(), {})
    table = Table("crm", "t", names, {})
    values = [f"'{value}'::{type_}" for type_, value in key]
    with installed.connect() as connection:
        connection.execute(
            "SELECT set_config('DateStyle', %s, false), set_config('TimeZone', %s, false)", [style, zone]
        )
        query = f"SELECT {key_text(table, shape, values)}"
        assert connection.execute(query.encode()).fetchone() == (written,)
