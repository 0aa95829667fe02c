"""What the oracle's tables hold: SQL types with values that come back from psycopg exactly as they went in."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

NAMES = ("张三", "王小明", "李雷", "赵飞燕", "陈一", "周树人", "欧阳修", "诸葛孔明", "欧阳娜娜")
WORDS = ("", "***", "NULL", "糖尿病", "o'neil", "a b", "13812345678", "440301199001011234", "x" * 40, "\\d+", '"q"')

#: Every type that columns of tier 1 to 3 are made of. `code_t` is a domain over text that each world makes.
PLAIN_TYPES = (
    "text", "text", "varchar", "varchar(2)", "varchar(8)", "char(2)", "char(6)", 'text COLLATE "C"',
    "integer", "bigint", "date", "timestamp with time zone", "jsonb", "bytea", "boolean", "numeric(10,2)",
    "uuid", "text[]", "code_t",
)  # fmt: skip
TEXT_TYPES = tuple(t for t in PLAIN_TYPES if t.startswith(("text", "varchar", "char")) and t != "text[]")
OTHER_TYPES = tuple(t for t in PLAIN_TYPES if t not in TEXT_TYPES)


def text_of(random: Random, length: int | None) -> str:
    word = random.choice(WORDS)
    return word if length is None else word[:length]


def plain_value(random: Random, sql_type: str) -> Any:
    """Return a value of *sql_type* as psycopg reads it back, never None."""
    base, _, rest = sql_type.removesuffix(' COLLATE "C"').partition("(")
    if base in ("text", "varchar", "code_t"):
        return text_of(random, int(rest.rstrip(")")) if rest else None)
    if base == "char":
        length = int(rest.rstrip(")"))
        return text_of(random, length).ljust(length)
    return OTHER[base](random)


OTHER: dict[str, Callable[[Random], Any]] = {
    "integer": lambda r: r.randint(-5, 120),
    "bigint": lambda r: r.randint(10**10, 10**12),
    "date": lambda r: date(1950, 1, 1) + timedelta(days=r.randint(0, 30000)),
    "timestamp with time zone": lambda r: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=r.randint(0, 10**6)),
    "jsonb": lambda r: r.choice([{"a": 1}, {"病": ["x"]}, [1, 2], "s", 7, {}]),
    "bytea": lambda r: r.randbytes(r.randint(0, 5)),
    "boolean": lambda r: r.random() < 0.5,
    "numeric": lambda r: Decimal(r.randint(-(10**6), 10**6)).scaleb(-2),
    "uuid": lambda r: uuid.UUID(int=r.getrandbits(128)),
    "text[]": lambda r: [text_of(r, None) for _ in range(r.randint(0, 2))],
}


def key_value(sql_type: str, number: int) -> Any:
    """Return the *number*-th key of *sql_type*; different numbers give different keys."""
    if sql_type == "uuid":
        return uuid.UUID(int=number * 7919 + 1)
    if sql_type in ("integer", "bigint"):
        return number
    return f"K{number:04d}"


def until_value(random: Random, sql_type: str, now: datetime) -> Any:
    """An end of an assignment: none, past, future; for dates also today (still running) and yesterday (over)."""
    if random.random() < 0.25:
        return None
    if sql_type == "date":
        return now.date() + timedelta(days=random.choice([-400, -2, -1, 0, 0, 1, 2, 400]))
    moment = now + timedelta(days=random.choice([-400, -2, 2, 400]))
    return moment if sql_type.endswith("with time zone") else moment.replace(tzinfo=None)
