"""The order of a plan's statements."""

from __future__ import annotations

from enum import IntEnum

from pgcustsec.objects import (
    EXTRACT_SCHEMA,
    OWNER,
    Check,
    DatabaseRole,
    DefaultPrivileges,
    Function,
    Grant,
    Hook,
    Membership,
    Object,
    Policy,
    ReferenceRow,
    RowSecurity,
    Schema,
    Setting,
    TermColumn,
    Trigger,
    Unique,
    VaultTable,
    View,
)


class Phase(IntEnum):
    """When a statement's turn comes. What narrows is before what makes, what opens to people is last."""

    END_MEMBERSHIP = 10
    REVOKE = 20
    CLOSE = 30
    DROP_VIEW = 40
    DROP_INNER_VIEW = 41
    DROP_TRIGGER = 49
    DROP_POLICY = 50
    REPLACE_FUNCTION = 55
    MAKE_ROLE = 60
    ADMINISTER_ROLE = 61
    DEFAULTS = 62
    MAKE_LIST = 63
    MAKE_ROLE_ROW = 64
    MAKE_SCHEMA = 70
    OPEN_SCHEMA_TO_OWNERS = 71
    MAKE_FUNCTION = 75
    ROW_SECURITY = 80
    MAKE_TERM = 81
    MAKE_CHECK = 82
    MAKE_POLICY = 85
    GRANT_TO_VIEWER = 90
    MAKE_VAULT = 91
    MOVE_UNIQUE = 93
    MAKE_INNER_VIEW = 94
    GRANT_INNER_VIEW = 95
    MAKE_VIEW = 96
    GRANT_TO_GROUP = 100
    MAKE_TRIGGER = 105
    MAKE_MEMBER = 110
    SETTING = 111
    DROP_FUNCTION = 130
    DROP_SCHEMA = 131
    DROP_DEFAULTS = 132
    DROP_ROLE_ROW = 135
    DROP_LIST = 136
    DROP_ROLE = 140


def drop_phase(thing: Object) -> Phase:
    """When *thing* is dropped."""
    match thing:
        case View():
            return Phase.DROP_INNER_VIEW if thing.is_inner else Phase.DROP_VIEW
        case ReferenceRow(table="purpose" | "application" | "access" | "request_kind" | "pool"):
            return Phase.CLOSE
        case ReferenceRow():
            return Phase.DROP_ROLE_ROW if thing.table == "role" else Phase.DROP_LIST
        case _:
            return _DROPS[type(thing)]


_DROPS = {
    Membership: Phase.END_MEMBERSHIP,
    Grant: Phase.REVOKE,
    Setting: Phase.REVOKE,
    Policy: Phase.DROP_POLICY,
    Function: Phase.DROP_FUNCTION,
    Unique: Phase.MOVE_UNIQUE,
    Trigger: Phase.DROP_TRIGGER,
    Hook: Phase.DROP_TRIGGER,
    Schema: Phase.DROP_SCHEMA,
    DefaultPrivileges: Phase.DROP_DEFAULTS,
    DatabaseRole: Phase.DROP_ROLE,
}


def make_phase(thing: Object, viewers: frozenset[str]) -> Phase:
    """When *thing* is made; *viewers* own views, and so need theirs before anybody is let in."""
    match thing:
        case View():
            return Phase.MAKE_INNER_VIEW if thing.is_inner else Phase.MAKE_VIEW
        case ReferenceRow():
            return Phase.MAKE_ROLE_ROW if thing.table == "role" else Phase.MAKE_LIST
        case Membership():
            return Phase.ADMINISTER_ROLE if thing.admin or thing.role in viewers else Phase.MAKE_MEMBER
        case Grant(on="schema") if thing.grantee in viewers or not thing.grantor.endswith("_viewer"):
            return Phase.OPEN_SCHEMA_TO_OWNERS
        case Grant(on="table", target=(schema, *_)) if schema == EXTRACT_SCHEMA and thing.grantor == OWNER:
            return Phase.GRANT_INNER_VIEW
        case Grant():
            return Phase.GRANT_TO_VIEWER if thing.grantee in {*viewers, OWNER} else Phase.GRANT_TO_GROUP
        case _:
            return _MAKES[type(thing)]


_MAKES = {
    DatabaseRole: Phase.MAKE_ROLE,
    DefaultPrivileges: Phase.DEFAULTS,
    Schema: Phase.MAKE_SCHEMA,
    Function: Phase.MAKE_FUNCTION,
    TermColumn: Phase.MAKE_TERM,
    Trigger: Phase.MAKE_TRIGGER,
    Check: Phase.MAKE_CHECK,
    VaultTable: Phase.MAKE_VAULT,
    RowSecurity: Phase.ROW_SECURITY,
    Policy: Phase.MAKE_POLICY,
    Setting: Phase.SETTING,
}


def change_phase(old: Object, new: Object, viewers: frozenset[str]) -> Phase:
    """When *old* becomes *new*: a change that takes something away comes with what narrows."""
    if isinstance(old, Grant) and isinstance(new, Grant) and (old.privileges - new.privileges or old.grantable):
        return Phase.REVOKE
    return make_phase(new, viewers)
