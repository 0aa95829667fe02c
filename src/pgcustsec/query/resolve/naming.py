"""The name that PostgreSQL gives an output column which has no alias."""

from __future__ import annotations

from collections.abc import Mapping

from pgcustsec.query.resolve.walk import Fields, called, strings

UNNAMED = "?column?"
_BY_KIND = {
    "A_ArrayExpr": "array",
    "RowExpr": "row",
    "CoalesceExpr": "coalesce",
    "GroupingFunc": "grouping",
    "MergeSupportFunc": "merge_action",
    "XmlSerialize": "xmlserialize",
    "JsonParseExpr": "json",
    "JsonScalarExpr": "json_scalar",
    "JsonSerializeExpr": "json_serialize",
    "JsonObjectConstructor": "json_object",
    "JsonArrayConstructor": "json_array",
    "JsonArrayQueryConstructor": "json_array",
    "JsonObjectAgg": "json_objectagg",
    "JsonArrayAgg": "json_arrayagg",
}
_XML = {
    "IS_XMLCONCAT": "xmlconcat",
    "IS_XMLELEMENT": "xmlelement",
    "IS_XMLFOREST": "xmlforest",
    "IS_XMLPARSE": "xmlparse",
    "IS_XMLPI": "xmlpi",
    "IS_XMLROOT": "xmlroot",
    "IS_XMLSERIALIZE": "xmlserialize",
}
_JSON = {"JSON_EXISTS_OP": "json_exists", "JSON_QUERY_OP": "json_query", "JSON_VALUE_OP": "json_value"}


def name_of(node: Fields, firsts: Mapping[int, str] | None = None) -> str:
    """
    Return the name of the column that an expression makes; "" where nobody can say.

    *firsts* are the names of the first columns of its subqueries, by the identity of each, as far as they are known.
    """
    named = _strong(node, firsts or {})
    return named if named is not None else _weak(node) or UNNAMED


def _strong(node: Fields, firsts: Mapping[int, str]) -> str | None:
    """A name that comes of what is named in it: a column, a function."""
    for kind, fields in node.items():
        match kind:
            case "ColumnRef":
                names = [name for name in strings(fields["fields"]) if name != "*"]
                return names[-1] if names else None
            case "A_Indirection":
                names = [name for name in strings(fields["indirection"]) if name != "*"]
                return names[-1] if names else _strong(fields["arg"], firsts)
            case "FuncCall":
                return called(fields)[1]
            case "A_Expr":
                return "nullif" if fields["kind"] == "AEXPR_NULLIF" else None
            case "TypeCast" | "CollateClause":
                return _strong(fields["arg"], firsts) if "arg" in fields else None
            case "SubLink":
                return _sublink(fields, firsts)
            case "CaseExpr":
                return _strong(fields["defresult"], firsts) if "defresult" in fields else None
            case "MinMaxExpr":
                return "greatest" if fields["op"] == "IS_GREATEST" else "least"
            case "SQLValueFunction":
                return _value_function(fields["op"])
            case "XmlExpr":
                return _XML.get(fields["op"])
            case "JsonFuncExpr":
                return _JSON.get(fields["op"])
            case "JsonObjectAgg" | "JsonArrayAgg" | _:
                return _BY_KIND.get(kind)
    return None


def _weak(node: Fields) -> str | None:
    """A name that is only the type's, or `case`."""
    for kind, fields in node.items():
        if kind == "TypeCast":
            names = strings(fields["typeName"].get("names"))
            return names[-1] if names else None
        if kind == "CaseExpr":
            return "case"
        if kind == "CollateClause" and "arg" in fields:
            return _weak(fields["arg"])
        if kind == "A_Indirection":
            return _weak(fields["arg"])
    return None


def _sublink(fields: Fields, firsts: Mapping[int, str]) -> str | None:
    kind = fields["subLinkType"]
    if kind == "EXISTS_SUBLINK":
        return "exists"
    if kind == "ARRAY_SUBLINK":
        return "array"
    if kind != "EXPR_SUBLINK":
        return None
    return firsts.get(id(fields), "")


def _value_function(op: str) -> str:
    """SVFOP_CURRENT_DATE -> current_date; with a precision (`_N`) the same."""
    return op.removeprefix("SVFOP_").removesuffix("_N").lower()
