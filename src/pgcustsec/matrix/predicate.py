"""
Conditions in the matrix (`when:`): read by PostgreSQL's own grammar, held to a small language, printed anew.

What a condition says ends up inside row policies, where everyone's statements run it. So it may use the row's own
columns, constants and a closed list of immutable built-ins, nothing that reads elsewhere, depends on the caller's
settings or the clock, or puts a value into an error message (a cast of a column does: hardening rule 10). The SQL
that reaches the database is printed from the checked tree; the text of the file never does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

import pglast.ast
from pglast import enums, parse_sql
from pglast.parser import ParseError

from pgcustsec.errors import UsageError

#: Its stubs make every field of every node optional; what a node lacks is refused, not checked for.
ast: Any = pglast.ast

DEEPEST = 60
#: Immutable whatever the arguments' types, and none puts a value into an error.
FUNCTIONS = frozenset(
    "abs btrim ceil char_length floor left length lower ltrim mod right round rtrim starts_with strpos substr substring"
    " upper".split()
)
#: Those of which one form does more: length(bytea, name) depends on the database's encoding.
ARGUMENTS = {"length": (1,), "mod": (2,)}
#: Comparison and arithmetic. No `||` (a date beside it is turned to text by the caller's DateStyle), no regular
#: expressions (a row can make them slow).
COMPARISONS = frozenset(("=", "<>", "<", ">", "<=", ">="))
ARITHMETIC = frozenset(("+", "-", "*", "/", "%"))
#: Casts, of constants only.
TYPES = {
    "text": "text",
    "varchar": "text",
    "bool": "boolean",
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "numeric": "numeric",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
}
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = rf"{DAY}[ T][0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]+)?)?"
#: Forms of a constant that mean the same under every DateStyle and TimeZone.
STEADY = {"date": DAY, "timestamp": TIME, "timestamptz": rf"{TIME}(Z|[+-][0-9]{{2}}(:[0-9]{{2}})?)"}
#: Words that a date column would take for the moment of the apply.
FROZEN = frozenset(("now", "today", "tomorrow", "yesterday"))


class PredicateError(UsageError):
    """A condition of the matrix says more than it may, or is no condition."""


def columns_of(predicate: str) -> frozenset[str]:
    """Return the names of the columns that *predicate* uses. Raises `PredicateError`."""
    return _checked(predicate)[1]


def empty_where(predicate: str) -> frozenset[str]:
    """Return columns that are certainly NULL in every row for which *predicate* holds: `IS NULL` joined by AND."""
    tree, _ = _checked(predicate)
    found: set[str] = set()
    left = [tree]
    while left:
        node = left.pop()
        if isinstance(node, ast.BoolExpr) and node.boolop == enums.BoolExprType.AND_EXPR:
            left += node.args
        elif _is_null_of_a_column(node):
            found.add(node.arg.fields[-1].sval)
    return frozenset(found)


def _is_null_of_a_column(node: Any) -> bool:
    is_null = isinstance(node, ast.NullTest) and node.nulltesttype == enums.NullTestType.IS_NULL
    return is_null and isinstance(node.arg, ast.ColumnRef)


def render(predicate: str, alias: str, *, empty: str | None = None) -> str:
    """
    Return *predicate* as SQL over the table read as *alias*: each column is `"alias"."column"`, each function
    qualified, each operation in brackets. The result stands alone; needs no search path. Raises `PredicateError`.

    The column *empty*, one of text, is taken for NULL: what the predicate would say of the row if it were.
    """
    return _Printer(alias, empty).condition(_checked(predicate)[0])


@lru_cache(maxsize=256)
def _checked(predicate: str) -> tuple[Any, frozenset[str]]:
    expression = _parse(predicate)
    printer = _Printer("t")
    printer.condition(expression)
    return expression, frozenset(printer.columns)


def _parse(predicate: str) -> Any:
    """Return the syntax tree of the one expression that *predicate* is."""
    try:
        statements = parse_sql(f"SELECT {predicate}")
    except ParseError as error:
        raise PredicateError(f"not an SQL condition: {error.args[0]}") from error
    except (ValueError, RecursionError) as error:
        raise PredicateError("not an SQL condition: unreadable characters, or nested too deeply") from error
    if len(statements) != 1:
        raise PredicateError("not one SQL condition: several statements")
    select = statements[0].stmt
    targets = select.targetList if isinstance(select, ast.SelectStmt) else None
    if not targets or len(targets) != 1 or targets[0].name is not None or _has_clauses(select):
        raise PredicateError("not one SQL condition: something stands beside it")
    return targets[0].val


def _has_clauses(select: Any) -> bool:
    plain = {"targetList", "limitOption", "op", "all", "groupDistinct"}
    return any(getattr(select, name) for name in select.__slots__ if name not in plain)


class _Printer:
    """Prints a syntax tree and refuses every node that is not on the list: what is not known is not passed."""

    def __init__(self, alias: str, empty: str | None = None) -> None:
        self.alias = alias
        self.empty = empty
        self.columns: set[str] = set()
        self.depth = 0

    def condition(self, node: Any) -> str:
        """Print what must be true or false: a number or a text is no condition."""
        if isinstance(node, ast.A_Expr) and node.kind == enums.A_Expr_Kind.AEXPR_OP:
            if node.name[-1].sval not in COMPARISONS:
                raise PredicateError(f"not a condition: {node.name[-1].sval} gives a value, neither true nor false")
        elif isinstance(node, ast.A_Const) and not isinstance(node.val, ast.Boolean):
            raise PredicateError("not a condition: a constant that is neither true nor false")
        elif isinstance(node, ast.FuncCall) and node.funcname[-1].sval not in ("starts_with",):
            raise PredicateError("not a condition: a function that gives a value, neither true nor false")
        elif isinstance(node, ast.CoalesceExpr | ast.MinMaxExpr | ast.TypeCast):
            raise PredicateError("not a condition: it gives a value; compare it with something")
        return self.text(node)

    def text(self, node: Any) -> str:
        method = self._methods.get(type(node))
        if method is None:
            raise PredicateError(f"{_said(node)} may not stand in a condition of the matrix")
        if self.depth >= DEEPEST:
            raise PredicateError("nested too deeply")
        self.depth += 1
        try:
            return method(self, node)
        finally:
            self.depth -= 1

    def _column(self, node: Any) -> str:
        if len(node.fields) != 1 or not isinstance(node.fields[0], ast.String):
            said = ".".join(field.sval if isinstance(field, ast.String) else "*" for field in node.fields)
            raise PredicateError(f"{said}: columns are named alone, and only this table's")
        self.columns.add(node.fields[0].sval)
        if node.fields[0].sval == self.empty:
            return "CAST(NULL AS pg_catalog.text)"
        return f"{_quoted(self.alias)}.{_quoted(node.fields[0].sval)}"

    def _constant(self, node: Any) -> str:
        if node.isnull:
            return "NULL"
        if isinstance(node.val, ast.String):
            if node.val.sval.strip().lower() in FROZEN:
                raise PredicateError(f"{node.val.sval!r} would stay at the day of the apply: name no moving date")
            return _literal(node.val.sval)
        if isinstance(node.val, ast.Boolean):
            return "true" if node.val.boolval else "false"
        if isinstance(node.val, ast.Integer):
            return str(node.val.ival) if node.val.ival >= 0 else f"({node.val.ival})"
        if isinstance(node.val, ast.Float):
            return node.val.fval if not node.val.fval.startswith("-") else f"({node.val.fval})"
        raise PredicateError("a bit string may not stand in a condition of the matrix")

    def _cast(self, node: Any) -> str:
        names = [name.sval for name in node.typeName.names]
        plain = len(names) == 1 or names[0] == "pg_catalog"
        wanted = TYPES.get(names[-1]) if plain and not node.typeName.arrayBounds else None
        if wanted is None:
            allowed = ", ".join(dict.fromkeys(TYPES.values()))
            raise PredicateError(f"a cast to {'.'.join(names)}: casts are to {allowed}")
        if not isinstance(node.arg, ast.A_Const) or node.arg.isnull or node.typeName.typmods:
            raise PredicateError(
                "only a constant may be cast: a column's value could fail and show itself in the error"
            )
        constant = self._constant(node.arg)
        form = STEADY.get(wanted)
        if form and not (isinstance(node.arg.val, ast.String) and re.fullmatch(form, node.arg.val.sval)):
            example = {"date": "2027-06-30", "timestamp": "2027-06-30 08:00"}.get(wanted, "2027-06-30 08:00+08")
            raise PredicateError(f"a {wanted} is written like '{example}': other forms depend on settings")
        return f"CAST({constant} AS pg_catalog.{_CAST_NAMES[wanted]})"

    def _boolean(self, node: Any) -> str:
        parts = [self.condition(arg) for arg in node.args]
        if node.boolop == enums.BoolExprType.NOT_EXPR:
            return f"(NOT {parts[0]})"
        word = " AND " if node.boolop == enums.BoolExprType.AND_EXPR else " OR "
        return f"({word.join(parts)})"

    def _operation(self, node: Any) -> str:
        kind = node.kind
        if kind == enums.A_Expr_Kind.AEXPR_OP:
            return self._operator(node)
        if kind in _BETWEEN:
            low, high = (self.text(bound) for bound in node.rexpr)
            return f"({self.text(node.lexpr)} {_BETWEEN[kind]} {low} AND {high})"
        if kind == enums.A_Expr_Kind.AEXPR_IN:
            word = "IN" if node.name[-1].sval == "=" else "NOT IN"
            return f"({self.text(node.lexpr)} {word} ({', '.join(self.text(one) for one in node.rexpr)}))"
        if kind in (enums.A_Expr_Kind.AEXPR_LIKE, enums.A_Expr_Kind.AEXPR_ILIKE):
            word = "LIKE" if kind == enums.A_Expr_Kind.AEXPR_LIKE else "ILIKE"
            if not _is_constant(node.rexpr):
                raise PredicateError(
                    f"{word} takes a constant pattern: a row's own could fail, and every query with it"
                )
            negated = "NOT " if node.name[-1].sval.startswith("!") else ""
            return f"({self.text(node.lexpr)} {negated}{word} {self.text(node.rexpr)})"
        if kind in _DISTINCT:
            return f"({self.text(node.lexpr)} {_DISTINCT[kind]} {self.text(node.rexpr)})"
        if kind == enums.A_Expr_Kind.AEXPR_NULLIF:
            return f"NULLIF({self.text(node.lexpr)}, {self.text(node.rexpr)})"
        raise PredicateError(f"{kind.name.removeprefix('AEXPR_')} may not stand in a condition of the matrix")

    def _operator(self, node: Any) -> str:
        name = node.name[-1].sval
        if len(node.name) != 1 or name not in COMPARISONS | ARITHMETIC:
            allowed = " ".join(sorted(COMPARISONS | ARITHMETIC))
            raise PredicateError(f"operator {name}: allowed are {allowed}, LIKE, IN, BETWEEN, IS")
        if name in ("/", "%"):
            self._check_divisor(node.rexpr)
        if node.lexpr is None:
            return f"({name} {self.text(node.rexpr)})"
        return f"({self.text(node.lexpr)} {name} {self.text(node.rexpr)})"

    def _null_test(self, node: Any) -> str:
        word = "IS NULL" if node.nulltesttype == enums.NullTestType.IS_NULL else "IS NOT NULL"
        return f"({self.text(node.arg)} {word})"

    def _boolean_test(self, node: Any) -> str:
        word = enums.BoolTestType(node.booltesttype).name.replace("_", " ")
        return f"({self.condition(node.arg)} {word})"

    def _function(self, node: Any) -> str:
        names = [name.sval for name in node.funcname]
        if names[:-1] not in ([], ["pg_catalog"]) or names[-1] not in FUNCTIONS:
            allowed = ", ".join(sorted(FUNCTIONS | {"coalesce", "greatest", "least", "nullif"}))
            raise PredicateError(f"function {'.'.join(names)}: allowed are {allowed}")
        extras = (node.agg_order, node.agg_filter, node.over, node.agg_star, node.agg_distinct, node.func_variadic)
        if any(extras):
            raise PredicateError(f"function {names[-1]} is called as an aggregate or window")
        if len(node.args or ()) not in ARGUMENTS.get(names[-1], (1, 2, 3)):
            raise PredicateError(f"function {names[-1]} is called with {len(node.args or ())} arguments")
        if names[-1] == "mod":
            self._check_divisor(node.args[1])
        # substring(x, pattern) is a regular expression; substr takes numbers only.
        name = "substr" if names[-1] == "substring" else names[-1]
        return f"pg_catalog.{name}({', '.join(self.text(arg) for arg in node.args or ())})"

    def _check_divisor(self, node: Any) -> None:
        if not _is_constant(node) or float(getattr(node.val, "fval", None) or getattr(node.val, "ival", 0) or 0) == 0:
            raise PredicateError("division by what is no constant: one row with 0 would fail every query")

    def _coalesce(self, node: Any) -> str:
        return f"COALESCE({', '.join(self.text(arg) for arg in node.args)})"

    def _extreme(self, node: Any) -> str:
        word = "GREATEST" if node.op == enums.MinMaxOp.IS_GREATEST else "LEAST"
        return f"{word}({', '.join(self.text(arg) for arg in node.args)})"

    _methods: ClassVar[dict[type, Callable[..., str]]] = {
        ast.ColumnRef: _column,
        ast.A_Const: _constant,
        ast.TypeCast: _cast,
        ast.BoolExpr: _boolean,
        ast.A_Expr: _operation,
        ast.NullTest: _null_test,
        ast.BooleanTest: _boolean_test,
        ast.FuncCall: _function,
        ast.CoalesceExpr: _coalesce,
        ast.MinMaxExpr: _extreme,
    }


_CAST_NAMES = {
    "text": "text",
    "boolean": "bool",
    "smallint": "int2",
    "integer": "int4",
    "bigint": "int8",
    "numeric": "numeric",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
}
_BETWEEN = {
    enums.A_Expr_Kind.AEXPR_BETWEEN: "BETWEEN",
    enums.A_Expr_Kind.AEXPR_NOT_BETWEEN: "NOT BETWEEN",
    enums.A_Expr_Kind.AEXPR_BETWEEN_SYM: "BETWEEN SYMMETRIC",
    enums.A_Expr_Kind.AEXPR_NOT_BETWEEN_SYM: "NOT BETWEEN SYMMETRIC",
}
_DISTINCT = {
    enums.A_Expr_Kind.AEXPR_DISTINCT: "IS DISTINCT FROM",
    enums.A_Expr_Kind.AEXPR_NOT_DISTINCT: "IS NOT DISTINCT FROM",
}


def _said(node: Any) -> str:
    known = {
        "SubLink": "a subquery",
        "ParamRef": "a parameter",
        "SQLValueFunction": "a function of the caller or the clock",
        "CaseExpr": "CASE",
        "A_ArrayExpr": "an array",
        "RowExpr": "a row",
        "A_Indirection": "a part of a value",
        "CollateClause": "COLLATE",
    }
    return known.get(type(node).__name__, type(node).__name__)


def _is_constant(node: Any) -> bool:
    return isinstance(node, ast.A_Const) and not node.isnull


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """Quote *text* so that it reads the same with standard_conforming_strings on and off."""
    quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'"
    return f"E{quoted}" if "\\" in text else quoted
