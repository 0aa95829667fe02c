"""
The role matrix as values: what `load` returns once a file has no errors. No database, no SQL.

Field names are the words of the file (see docs in README and `matrix/schema.py`); a mapping keeps file order.
Every named part carries the `Mark` it was read at, so that a later refusal can name the matrix line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Tier = Literal[1, 2, 3]
RowScope = Literal["all", "branch", "department", "serving", "pool", "none"]
Tier1Display = Literal["absent", "hidden", "masked"]
Managers = Literal["direct", "chain", "none"]
Names = Literal["masked", "value"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where in the matrix file something was read: 1-based line and column; 0 when made by hand."""

    line: int = 0
    column: int = 0


NOWHERE = Mark()


@dataclass(frozen=True, slots=True)
class Branch:
    code: str
    title: str
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    title: str
    agreements: tuple[str, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Agreement:
    code: str
    title: str
    valid_days: int
    required_of_everyone: bool = False
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Purpose:
    code: str
    title: str
    roles: tuple[str, ...]
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class RecordAccess:
    """How long a record stays open and how many a person may open a day; `children` open with their subject."""

    minutes: int = 5
    openings_per_day: int = 300
    customers_per_day: int = 200
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One classified column. A column of the table that the matrix does not name is hidden from every role."""

    name: str
    tier: Tier
    kind: str | None = None
    find: bool = False
    unique: bool = False
    mark: Mark = field(default=NOWHERE, compare=False)

    @property
    def is_name(self) -> bool:
        """A person's name: tier 2, masked all the same (5.2.2)."""
        return self.kind == "name"


@dataclass(frozen=True, slots=True)
class ServedByColumn:
    """Who serves a row directly: the staff number in `column` of the row."""

    column: str
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ServedByTable:
    """Who serves a row directly: `staff` of the rows of `table` whose `subject` columns are the row's key,
    while `until` (a timestamp or date column) is NULL or in the future. `until` None: as long as the row is there."""

    table: str
    subject: tuple[str, ...]
    staff: str
    until: str | None = None
    mark: Mark = field(default=NOWHERE, compare=False)


ServedBy = ServedByColumn | ServedByTable


@dataclass(frozen=True, slots=True)
class Parent:
    """The row's customer is found through `table`: its key equals the columns `by` of this row, in key order."""

    table: str
    by: tuple[str, ...]
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Pool:
    """The shared pool (共享池) of unsold prospects: rows for which the SQL predicate `when` holds."""

    when: str
    holder: str
    claimed_at: str
    progress_at: str
    recycle_days: int
    claim_limit: int
    cool_down_days: int
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Basis:
    """The dates a retention term counts from: the latest of `latest` (own columns or `schema.table.column`)."""

    latest: tuple[str, ...]
    if_null: str | None = None


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """`keep` is None when the row is destroyed; else the row is anonymised and these columns stay."""

    name: str
    when: str
    basis: Basis
    keep_days: int
    keep: tuple[str, ...] | None = None
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A protected table. `parent` None: every row is one customer (`subject: self`)."""

    schema: str
    name: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    parent: Parent | None = None
    served_by: tuple[ServedBy, ...] = ()
    managers: Managers = "none"
    branch: str | None = None
    department_column: str | None = None
    department_of_server: bool = False
    exists_is_tier2: bool = False
    pool: Pool | None = None
    retention: tuple[RetentionRule, ...] = ()
    drop_partitions: bool = False
    mark: Mark = field(default=NOWHERE, compare=False)

    @property
    def qualified(self) -> str:
        """`schema.name`, as the matrix writes it."""
        return f"{self.schema}.{self.name}"

    @property
    def served_by_tables(self) -> list[ServedByTable]:
        """The tables whose rows say who serves a row of this one."""
        return [served for served in self.served_by if isinstance(served, ServedByTable)]


@dataclass(frozen=True, slots=True)
class Write:
    """What a role may write through its view: columns of INSERT, columns of UPDATE, DELETE or not."""

    insert: tuple[str, ...] = ()
    update: tuple[str, ...] = ()
    delete: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """
    What one role has of one table.

    `rows` is a union of scopes; `tier2` is the scope in which tier-2 cells show (`serving` and `none` are the
    policy's own, anything wider needs a deviation); `names` value needs a deviation too.
    """

    table: str
    rows: tuple[RowScope, ...]
    tier2: RowScope = "none"
    tier1: Tier1Display = "absent"
    names: Names = "masked"
    write: Write = Write()
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Role:
    """
    A group role of the matrix, by its name there (without `role_prefix`).

    A `service` is held by no person but by an unattended program, which uses standing requests alone.
    """

    name: str
    department: str
    tables: Mapping[str, Access] = field(default_factory=dict)
    supervises: bool = False
    service: bool = False
    record_access: RecordAccess | None = None
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Deviation:
    """What goes beyond the policy's letter (5.2.5): in force up to and including the day `until` (UTC), then off."""

    article: str
    role: str
    table: str
    allows: Literal["names", "tier2"]
    approved: str
    until: date
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Administrators:
    """`roles` apply the matrix; `owners` own the tables (NOLOGIN). Names as they are in the database, unprefixed."""

    roles: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Application:
    """A login that speaks for many with signed tokens; the login's name is `role_prefix` + `name`."""

    name: str
    roles: tuple[str, ...]
    anonymous: Literal["none", "tier3"] = "none"
    token_minutes: int = 15
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Approval:
    """One step of an approval chain: the manager of `manager_of`, or a holder of `role`; exactly one is set."""

    role: str | None = None
    manager_of: Literal["requester"] | None = None


@dataclass(frozen=True, slots=True)
class RequestKind:
    """
    A kind of special application (专项事务申请).

    With `emergency_hours` it opens when it is filed and is approved afterwards; a `standing` one is a service's. One
    that `erases` shows nothing: by it customers are destroyed, as they wish. Nor does one that `widens`: without it,
    approved, no matrix is applied that lets anybody see more.
    """

    name: str
    title: str
    approvals: tuple[Approval, ...]
    max_days: int
    filed_by: tuple[str, ...] = ()
    custodian: str | None = None
    max_rows: int | None = None
    canaries: bool = False
    emergency_hours: int | None = None
    standing: bool = False
    erases: bool = False
    widens: bool = False
    mark: Mark = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Rules for logins: password age in days (at most 182, 2.4), TLS, networks in CIDR notation."""

    password_days: int = 182
    tls: Literal["required", "optional"] = "required"
    networks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole role matrix."""

    organisation: str
    role_prefix: str
    tables: Mapping[str, Table]
    roles: Mapping[str, Role]
    administrators: Administrators
    branches: Mapping[str, Branch] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    agreements: Mapping[str, Agreement] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)
    session_max_hours: int = 10
    record_access: RecordAccess = RecordAccess()
    deviations: tuple[Deviation, ...] = ()
    applications: Mapping[str, Application] = field(default_factory=dict)
    requests: Mapping[str, RequestKind] = field(default_factory=dict)
    accounts: Accounts = Accounts()
    version: int = 1
    source: str = field(default="matrix.yaml", compare=False)

    def group_role(self, role: str) -> str:
        """The database name of the matrix role *role*."""
        return f"{self.role_prefix}{role}"

    def viewer_role(self, role: str) -> str:
        """The database name of the NOLOGIN owner of the views of *role*."""
        return f"{self.role_prefix}{role}_viewer"

    def requests_used_by(self, role: Role) -> list[RequestKind]:
        """The kinds of request by which who holds *role* gets full values: those they file; services, standing ones."""
        return [
            kind
            for kind in self.requests.values()
            if not kind.erases
            and not kind.widens
            and (kind.standing if role.service else not kind.standing and role.name in (*kind.filed_by, kind.custodian))
        ]

    def erasures_by(self, role: Role) -> list[RequestKind]:
        """The kinds of request by which who holds *role* has customers erased who wish it."""
        return [kind for kind in self.requests.values() if kind.erases and role.name in kind.filed_by]
