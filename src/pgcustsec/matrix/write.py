"""A `Matrix` as the file that `load` reads: what `read` and `build` do, the other way round, with comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pgcustsec.matrix.model import Access, Accounts, Matrix, RecordAccess, RequestKind, Role, Table
from pgcustsec.matrix.source import BOOLEAN, NULL

Path = tuple[str, ...]
Comments = Mapping[Path, Sequence[str]]

#: Sections, and what in them stands in lines of its own rather than in one.
_BLOCKS = (
    re.compile(r"branches|departments|agreements|purposes|applications|requests|deviations"),
    re.compile(r"tables|tables/[^/]*|tables/[^/]*/(columns|served_by|retention)"),
    re.compile(r"roles|roles/[^/]*|roles/[^/]*/tables"),
)
#: Words that need no quotes, whatever reads the file.
_WORD = re.compile(r"[A-Za-z_㐀-䶿一-鿿][0-9A-Za-z_㐀-䶿一-鿿]*(\.[0-9A-Za-z_㐀-䶿一-鿿]+)*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OTHERS_WORDS = frozenset("yes no on off y n".split())


def write(matrix: Matrix, comments: Comments | None = None) -> str:
    """
    Return *matrix* as YAML that `loads` turns into an equal matrix.

    *comments* are by the path of what they stand at: that of a column behind it, the others above; at `()` at the top.
    """
    comments = comments or {}
    lines = [_remark(text) for text in comments.get((), ())]
    for key, value in _matrix(matrix).items():
        if isinstance(value, dict | list) and _is_block((key,)):
            lines.append("")
        lines += _entry(key, value, (key,), "", comments)
    lines += ["", *(_remark(text) for text in comments.get(("end",), ()))] if ("end",) in comments else []
    return "\n".join(lines) + "\n"


def _is_block(path: Path) -> bool:
    place = "/".join(part.replace("/", "_") for part in path)
    return any(form.fullmatch(place) for form in _BLOCKS)


def _entry(key: str, value: Any, path: Path, indent: str, comments: Comments) -> Iterator[str]:
    said = [_remark(text) for text in comments.get(path, ())]
    behind = "   " + " ".join(said) if said and path[0] == "tables" and len(path) == 4 else ""
    if said and not behind:
        yield from (indent + remark for remark in said)
    if not (isinstance(value, dict | list) and _is_block(path)):
        yield f"{indent}{_word(key)}: {_flow(value)}{behind}"
        return
    yield f"{indent}{_word(key)}:"
    if isinstance(value, list):
        yield from (f"{indent}  - {_flow(item)}" for item in value)
        return
    for name, inner in value.items():
        yield from _entry(name, inner, (*path, name), indent + "  ", comments)


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _word(value) if isinstance(value, str) else str(value)


def _word(text: str) -> str:
    """*text* plain where that is one word to everybody, else in double quotes."""
    if _WORD.fullmatch(text) and text not in NULL and text not in BOOLEAN and text.lower() not in _OTHERS_WORDS:
        return text
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"


def _remark(text: str) -> str:
    """*text* as a comment of one line: what follows a line end in a name would be read as the matrix's."""
    return "# " + "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text) if text else "#"


def _given(**parts: Any) -> dict[str, Any]:
    """The parts that say something."""
    return {key: value for key, value in parts.items() if value not in (None, (), [], {}, False)}


def _matrix(matrix: Matrix) -> dict[str, Any]:
    return _given(
        version=matrix.version,
        organisation=matrix.organisation,
        role_prefix=matrix.role_prefix,
        branches={one.code: {"title": one.title} for one in matrix.branches.values()},
        departments={
            one.code: _given(title=one.title, agreements=one.agreements) for one in matrix.departments.values()
        },
        agreements={
            one.code: _given(
                title=one.title,
                required_of="everyone" if one.required_of_everyone else None,
                valid_days=one.valid_days,
            )
            for one in matrix.agreements.values()
        },
        purposes={code: {"title": one.title, "roles": one.roles} for code, one in matrix.purposes.items()},
        sessions={"max_hours": matrix.session_max_hours},
        record_access=_budgets(matrix.record_access),
        tables={name: _table(table) for name, table in matrix.tables.items()},
        roles={name: _role(role) for name, role in matrix.roles.items()},
        deviations=[
            {name: _plain(getattr(one, name)) for name in ("article", "role", "table", "allows", "approved", "until")}
            for one in matrix.deviations
        ],
        administrators=_given(roles=matrix.administrators.roles, owners=matrix.administrators.owners),
        applications={
            name: {"roles": one.roles, "anonymous": one.anonymous, "token_minutes": one.token_minutes}
            for name, one in matrix.applications.items()
        },
        requests={name: _request(one) for name, one in matrix.requests.items()},
        accounts=None if matrix.accounts == Accounts() else _accounts(matrix.accounts),
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _budgets(one: RecordAccess) -> dict[str, Any]:
    budgets = {name: getattr(one, name) for name in ("minutes", "openings_per_day", "customers_per_day")}
    return budgets | _given(children=one.children)


def _table(table: Table) -> dict[str, Any]:
    department: Any = "of_server" if table.department_of_server else None
    if table.department_column:
        department = {"column": table.department_column}
    return _given(
        key=table.key,
        subject={"table": table.parent.table, "by": table.parent.by} if table.parent else "self",
        served_by=[_served(one) for one in table.served_by],
        managers=None if table.managers == "none" else table.managers,
        branch=table.branch,
        department=department,
        exists="tier2" if table.exists_is_tier2 else None,
        columns={
            name: _given(tier=one.tier, kind=one.kind, find=one.find, unique=one.unique)
            for name, one in table.columns.items()
        },
        pool=table.pool
        and {
            name: getattr(table.pool, name)
            for name in "when holder claimed_at progress_at recycle_days claim_limit cool_down_days".split()
        },
        retention=[
            {
                "name": rule.name,
                "when": rule.when,
                "basis": _given(latest=rule.basis.latest, if_null=rule.basis.if_null),
                "keep_days": rule.keep_days,
                "action": "destroy" if rule.keep is None else {"anonymise": {"keep": rule.keep}},
            }
            for rule in table.retention
        ],
        drop_partitions=table.drop_partitions,
    )


def _served(one: Any) -> dict[str, Any]:
    names = ("column",) if hasattr(one, "column") else ("table", "subject", "staff", "until")
    return _given(**{name: getattr(one, name) for name in names})


def _role(role: Role) -> dict[str, Any]:
    return _given(
        department=role.department,
        supervises=role.supervises,
        service=role.service,
        record_access=role.record_access and _budgets(role.record_access),
        tables={name: _access(access) for name, access in role.tables.items()},
    )


def _access(access: Access) -> dict[str, Any]:
    write = _given(insert=access.write.insert, update=access.write.update, delete=access.write.delete)
    said = {"rows": access.rows, "tier2": access.tier2, "tier1": access.tier1}
    return said | _given(names=None if access.names == "masked" else access.names, write=write)


def _request(one: RequestKind) -> dict[str, Any]:
    return _given(
        title=one.title,
        filed_by=one.filed_by,
        custodian=one.custodian,
        approvals=[_given(role=step.role, manager_of=step.manager_of) for step in one.approvals],
        max_days=one.max_days,
        max_rows=one.max_rows,
        canaries=one.canaries,
        emergency_hours=one.emergency_hours,
        standing=one.standing,
        erases=one.erases,
    )


def _accounts(accounts: Accounts) -> dict[str, Any]:
    return _given(password_days=accounts.password_days, tls=accounts.tls, networks=accounts.networks)
