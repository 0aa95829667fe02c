"""The source of a function: the statements that its body runs, and what CREATE FUNCTION says beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pglast import parser

#: A node's fields, as libpg_query writes them in JSON.
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """
    What a function's definition says beside its body. `path` is the search_path that it sets; None: its caller's.

    `arguments` are their names, `defaults` the expressions of those that a caller may leave out. `gives_rows`: whether
    it gives any number of them. `folded`: whether planning a statement may call it.
    """

    path: tuple[str, ...] | None = None
    arguments: frozenset[str] = frozenset()
    defaults: tuple[Fields, ...] = ()
    gives_rows: bool = True
    folded: bool = True


def head(source: str) -> Head:
    """Return what the CREATE FUNCTION *source* says; of none, the most that it could. Raises `ParseError`."""
    statements = json.loads(parser.parse_sql_json(source)).get("stmts", ())
    if not statements:
        return Head()
    fields = statements[0]["stmt"]["CreateFunctionStmt"]
    parameters = [node["FunctionParameter"] for node in fields.get("parameters", ())]
    path, volatility = None, "volatile"
    for option in (node["DefElem"] for node in fields.get("options", ())):
        if option["defname"] == "volatility":
            volatility = option["arg"]["String"]["sval"]
        setting = option.get("arg", {}).get("VariableSetStmt", {})
        if setting.get("name", "").lower() == "search_path":
            path = tuple(_constants(setting.get("args", ())))
    many = any(one["mode"] == "FUNC_PARAM_TABLE" for one in parameters)
    return Head(
        path,
        frozenset(one["name"] for one in parameters if "name" in one),
        tuple(one["defexpr"] for one in parameters if "defexpr" in one),
        gives_rows=many or fields.get("returnType", {}).get("setof", False),
        folded=volatility == "immutable",
    )


def _constants(nodes: list[Fields]) -> Iterator[str]:
    for node in nodes:
        yield node.get("A_Const", {}).get("sval", {}).get("sval", "")


_ATOMIC = re.compile(r"^\s*BEGIN\s+ATOMIC\b(.*)\bEND\s*;?\s*$", re.IGNORECASE | re.DOTALL)
_RETURN = re.compile(r"^\s*RETURN\b(.*)$", re.IGNORECASE | re.DOTALL)


def statements_of_sql(body: str) -> str:
    """Return the statements of a function in SQL, whichever way its body is written."""
    if atomic := _ATOMIC.match(body):
        return atomic[1]
    if result := _RETURN.match(body):
        return f"SELECT {result[1]}"
    return body


def statements_of_plpgsql(source: str) -> tuple[list[str | None], frozenset[str]]:
    """
    Return each query and expression of the PL/pgSQL function *source* as a statement, and the names of its variables.

    None stands for a statement that is made at run time. Raises `ParseError` or `ValueError` where it cannot be read.
    """
    tree = json.loads(parser.parse_plpgsql_json(source))
    datums = [one for function in tree for one in function["PLpgSQL_function"]["datums"]]
    names = frozenset(one["PLpgSQL_var"]["refname"] for one in datums if "PLpgSQL_var" in one)
    return list(_queries(tree)), names


#: What holds a text that is run as a statement.
_DYNAMIC = frozenset({"PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors", "dynquery"})


def _queries(tree: Any) -> Iterator[str | None]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in _DYNAMIC:
                yield None
            if key == "PLpgSQL_expr":
                yield from _as_queries(value["query"], value.get("parseMode", 0))
            else:
                yield from _queries(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _queries(value)


#: How PL/pgSQL has PostgreSQL read a text: as a statement, an expression, or (the rest) an assignment.
_STATEMENT, _EXPRESSION = 0, 2


def _as_queries(text: str, mode: int) -> Iterator[str]:
    if mode == _STATEMENT:
        yield text
    elif mode == _EXPRESSION:
        yield f"SELECT {text}"
    else:
        # What is assigned, and what says to which place of an array.
        target, value = _assignment(text)
        yield f"SELECT {target}"
        yield f"SELECT {value}"


def _assignment(text: str) -> tuple[str, str]:
    """The two sides of `a = ...`, `a[i = 1] := ...`."""
    depth = 0
    for token in parser.scan(text):
        depth += {"ASCII_40": 1, "ASCII_91": 1, "ASCII_41": -1, "ASCII_93": -1}.get(token.name, 0)
        if depth == 0 and token.name in ("COLON_EQUALS", "ASCII_61"):
            return text[: token.start], text[token.end + 1 :]
    return text, text
