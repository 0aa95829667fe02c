"""The tree of a file without errors -> `Matrix`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pgcustsec.matrix.model import (
    Access,
    Accounts,
    Administrators,
    Agreement,
    Application,
    Approval,
    Basis,
    Branch,
    Column,
    Department,
    Deviation,
    Matrix,
    Parent,
    Pool,
    Purpose,
    RecordAccess,
    RequestKind,
    RetentionRule,
    Role,
    ServedBy,
    ServedByColumn,
    ServedByTable,
    Table,
    Write,
)
from pgcustsec.matrix.tree import Items, Part, Word


def build(tree: Part, source: str) -> Matrix:
    """Return the `Matrix` that *tree* says; *source* names the file. The tree has been read and checked."""
    settings: dict[str, Any] = {}
    if "max_hours" in tree.part("sessions"):
        settings["session_max_hours"] = tree["sessions"]["max_hours"]
    record_access = RecordAccess(**_plain(tree["record_access"])) if "record_access" in tree else RecordAccess()
    if "accounts" in tree:
        settings["accounts"] = Accounts(**_plain(tree["accounts"]))
    return Matrix(
        organisation=str(tree["organisation"]),
        role_prefix=str(tree["role_prefix"]),
        branches={str(n): Branch(str(n), mark=n.mark, **_plain(p)) for n, p in tree.named("branches")},
        departments={str(n): Department(str(n), mark=n.mark, **_plain(p)) for n, p in tree.named("departments")},
        agreements={str(n): _agreement(n, p) for n, p in tree.named("agreements")},
        purposes={str(n): Purpose(str(n), mark=n.mark, **_plain(p)) for n, p in tree.named("purposes")},
        tables={str(n): _table(n, p) for n, p in tree.named("tables")},
        roles={str(n): _role(n, p, record_access) for n, p in tree.named("roles")},
        deviations=tuple(Deviation(mark=p.mark, **_plain(p)) for p in tree.items_of("deviations")),
        administrators=Administrators(mark=tree["administrators"].mark, **_plain(tree["administrators"])),
        applications={str(n): Application(str(n), mark=n.mark, **_plain(p)) for n, p in tree.named("applications")},
        requests={str(n): _request(n, p) for n, p in tree.named("requests")},
        record_access=record_access,
        version=tree["version"],
        source=source,
        **settings,
    )


def _plain(part: Part, *without: str) -> dict[str, Any]:
    """The entries of *part* as keyword arguments: plain strings, tuples for lists; *without* those built elsewhere."""
    return {str(key): _value(value) for key, value in part.items() if key not in without}


def _value(value: Any) -> Any:
    if isinstance(value, Word):
        return str(value)
    if isinstance(value, Items):
        return tuple(_value(item) for item in value)
    return value


def _agreement(name: Word, part: Part) -> Agreement:
    everyone = "required_of" in part
    return Agreement(str(name), mark=name.mark, required_of_everyone=everyone, **_plain(part, "required_of"))


def _table(name: Word, part: Part) -> Table:
    schema, table = name.split(".")
    more: dict[str, Any] = {}
    if isinstance(part["subject"], Part):
        more["parent"] = Parent(mark=part["subject"].mark, **_plain(part["subject"]))
    department = part.get("department")
    if isinstance(department, Part):
        more["department_column"] = str(department["column"])
    elif department is not None:
        more["department_of_server"] = True
    if "pool" in part:
        more["pool"] = Pool(mark=part["pool"].mark, **_plain(part["pool"]))
    built = ("subject", "department", "pool", "served_by", "columns", "retention", "exists")
    return Table(
        schema,
        table,
        columns={str(n): Column(str(n), mark=n.mark, **_plain(p)) for n, p in part.named("columns")},
        served_by=tuple(_served_by(p) for p in part.items_of("served_by")),
        retention=tuple(_retention(p) for p in part.items_of("retention")),
        exists_is_tier2="exists" in part,
        mark=name.mark,
        **more,
        **_plain(part, *built),
    )


def _served_by(part: Part) -> ServedBy:
    if "column" in part:
        return ServedByColumn(str(part["column"]), mark=part.mark)
    return ServedByTable(mark=part.mark, **_plain(part))


def _retention(part: Part) -> RetentionRule:
    action = part["action"]
    keep = tuple(str(column) for column in action["anonymise"]["keep"]) if isinstance(action, Part) else None
    basis = Basis(**_plain(part["basis"]))
    return RetentionRule(basis=basis, keep=keep, mark=part.mark, **_plain(part, "action", "basis"))


def _role(name: Word, part: Part, record_access: RecordAccess) -> Role:
    """A role; what it does not say of record access is as *record_access* says for all."""
    more: dict[str, Any] = {}
    if "record_access" in part:
        more["record_access"] = replace(record_access, **_plain(part["record_access"]))
    tables = {str(n): _access(n, p) for n, p in part.named("tables")}
    return Role(str(name), tables=tables, mark=name.mark, **more, **_plain(part, "record_access", "tables"))


def _access(name: Word, part: Part) -> Access:
    write = Write(**_plain(part["write"])) if "write" in part else Write()
    return Access(str(name), write=write, mark=name.mark, **_plain(part, "write"))


def _request(name: Word, part: Part) -> RequestKind:
    approvals = tuple(Approval(**_plain(p)) for p in part["approvals"])
    return RequestKind(str(name), mark=name.mark, approvals=approvals, **_plain(part, "approvals"))
