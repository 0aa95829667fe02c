"""The format of the matrix file, once: what `read` accepts and what `schema` prints for editors."""

from __future__ import annotations

from pgcustsec.matrix.kinds import KINDS
from pgcustsec.matrix.shapes import (
    Choice,
    Day,
    Either,
    Flag,
    Key,
    Keys,
    Many,
    Named,
    Network,
    Predicate,
    Ref,
    Text,
    Whole,
)

#: The policy's articles, by the project's ids.
ARTICLES = tuple(
    "1.2 1.3 1.4 2.1 2.2 2.3 2.4 3.1 3.2.1 3.2.2 3.2.3 3.3 3.4 4.1 4.2 4.3"
    " 5.1 5.2.1 5.2.2 5.2.3 5.2.4 5.2.5 5.3".split()
)
SCOPES = ("all", "branch", "department", "serving", "pool", "none")

#: Names that the database gets from us are plain; names that it has already are taken as they are, but for what could
#: hide in a report or a script (control characters) and the dot that parts schema from table.
PLAIN = r"[a-z_][a-z0-9_]*"
PLAIN_RULE = "lower-case letters, digits and _, not starting with a digit"
GIVEN = r"[^\x00-\x1f\x7f-\x9f\u2028\u2029.]+"
MOST_DAYS = 36_500

TITLE = Text("title")
CODE = Text("code", longest=63)
ROLE = Text("role name", PLAIN, PLAIN_RULE, 63)
PREFIX = Text("role prefix", PLAIN, PLAIN_RULE, 48)
APPLICATION = Text("application name", PLAIN, PLAIN_RULE, 63)
DATABASE_ROLE = Text("name of a database role", GIVEN, "a role name without control characters and dots", 63)
COLUMN = Text("column name", GIVEN, "a column name without control characters and dots", 63)
TABLE = Text("table name", rf"{GIVEN}\.{GIVEN}", "schema.table, without control characters,", 127)
DATED_COLUMN = Text(
    "date column", rf"({GIVEN}\.{GIVEN}\.)?{GIVEN}", "a column of this table, or schema.table.column", 191
)
COLUMNS = Many(COLUMN)

BUDGETS = {
    "minutes": Key(Whole(1, 1440), "how long an opened record stays open"),
    "openings_per_day": Key(Whole(0, 1_000_000), "how many records a person may open a day"),
    "customers_per_day": Key(Whole(0, 1_000_000), "how many different customers a person may open a day"),
}

SERVED_BY = Either(
    "who serves a row",
    None,
    (
        Keys("serving column", {"column": Key(COLUMN, "column that holds the staff number of who serves", True)}),
        Keys(
            "serving table",
            {
                "table": Key(Ref("table"), "table whose rows say who serves whom", True),
                "subject": Key(Many(COLUMN, bare=True), "its columns that hold the customer's key", True),
                "staff": Key(COLUMN, "its column with the staff number", True),
                "until": Key(COLUMN, "its date or timestamp column at which serving ends; empty means it goes on"),
            },
        ),
    ),
)

SUBJECT = Either(
    "subject",
    Choice("subject", ("self",)),
    (
        Keys(
            "subject",
            {
                "table": Key(Ref("table"), "the table through which a row belongs to a customer", True),
                "by": Key(Many(COLUMN, bare=True), "this table's columns that hold that table's key", True),
            },
        ),
    ),
)

POOL = Keys(
    "shared pool",
    {
        "when": Key(Predicate(), "which rows are in the pool: an SQL condition over this table's columns", True),
        "holder": Key(COLUMN, "column with the staff number of who claimed the row", True),
        "claimed_at": Key(COLUMN, "column with the time of the claim", True),
        "progress_at": Key(COLUMN, "column with the time of the last progress", True),
        "recycle_days": Key(Whole(1, MOST_DAYS), "days without progress after which the row goes back (4.3)", True),
        "claim_limit": Key(Whole(1, 1_000_000), "how many rows one person may hold", True),
        "cool_down_days": Key(Whole(0, MOST_DAYS), "days before the same person may claim the row again", True),
    },
)

ACTION = Either(
    "action",
    Choice("action", ("destroy",)),
    (
        Keys(
            "action",
            {
                "anonymise": Key(
                    Keys("anonymise", {"keep": Key(COLUMNS, "columns that stay; all others are emptied", True)}),
                    "empty the row instead of destroying it",
                    True,
                )
            },
        ),
    ),
)

RETENTION = Keys(
    "retention rule",
    {
        "name": Key(Text("rule name", PLAIN, PLAIN_RULE, 63), "the rule's name in certificates", True),
        "when": Key(Predicate(), "which rows it is for: an SQL condition over this table's columns", True),
        "basis": Key(
            Keys(
                "basis",
                {
                    "latest": Key(Many(DATED_COLUMN), "date columns; the latest of them counts", True),
                    "if_null": Key(COLUMN, "date column that counts when all of those are empty"),
                },
            ),
            "what the term counts from",
            True,
        ),
        "keep_days": Key(Whole(1, MOST_DAYS), "days after the basis at which the row is out of term (4.3)", True),
        "action": Key(ACTION, "what happens to it then", True),
    },
)

CLASSIFIED = Keys(
    "column",
    {
        "tier": Key(Whole(1, 3), "1: identifies a customer, 2: private, 3: neither (3.2)", True),
        "kind": Key(Choice("kind", tuple(KINDS)), "what it holds; decides the masked form. Tier 1 needs one"),
        "find": Key(Flag(), "can be looked up by its exact value"),
        "unique": Key(Flag(), "no two rows have the same value"),
    },
)

PROTECTED_TABLE = Keys(
    "table",
    {
        "key": Key(COLUMNS, "the columns that identify a row: its primary key or a unique key", True),
        "subject": Key(SUBJECT, "self: every row is one customer; else how a row finds its customer", True),
        "served_by": Key(Many(SERVED_BY), "who serves a customer directly (5.2.2)"),
        "managers": Key(Choice("managers", ("direct", "chain", "none")), "which managers of who serves serve too"),
        "branch": Key(COLUMN, "column with the branch code"),
        "department": Key(
            Either(
                "department",
                Choice("department", ("of_server",)),
                (Keys("department", {"column": Key(COLUMN, "column with the department code", True)}),),
            ),
            "the department a row belongs to: of who serves it, or of a column",
        ),
        "exists": Key(Choice("exists", ("tier2",)), "tier2: that a row exists shows only where its tier 2 shows"),
        "columns": Key(
            Named("columns", COLUMN, CLASSIFIED), "the columns, in the order of the views; others are hidden", True
        ),
        "pool": Key(POOL, "the shared pool (共享池) of unsold prospects"),
        "retention": Key(
            Many(RETENTION), "terms of keeping, of customer tables; of those that apply the longest holds"
        ),
        "drop_partitions": Key(
            Flag(), "whether a sweep drops partitions that it has emptied, of a range by date past every term"
        ),
    },
)

WRITE = Keys(
    "write",
    {
        "insert": Key(COLUMNS, "columns that may be given in a new row"),
        "update": Key(COLUMNS, "columns that may be changed"),
        "delete": Key(Flag(), "whether rows may be deleted"),
    },
)

ACCESS = Keys(
    "access",
    {
        "rows": Key(Many(Choice("scope", SCOPES), bare=True), "which rows: a scope or a union of scopes", True),
        "tier2": Key(Choice("scope", SCOPES), "where tier 2 shows: serving or none; wider needs a deviation"),
        "tier1": Key(
            Choice("display of tier 1", ("absent", "hidden", "masked")),
            "absent: no column; hidden: *** unless a request lifts it; masked: shown masked in an opened record",
        ),
        "names": Key(Choice("display of names", ("masked", "value")), "value needs a deviation"),
        "write": Key(WRITE, "what the role may write; nothing when absent"),
    },
)

ROLE_FORM = Keys(
    "role",
    {
        "department": Key(Ref("department"), "the department whose part the role is", True),
        "supervises": Key(Flag(), "sees evidence, not customers (5.1)"),
        "service": Key(Flag(), "for unattended programs, which use standing requests alone"),
        "record_access": Key(
            Keys(
                "record access",
                {**BUDGETS, "children": Key(Many(Ref("table")), "tables whose rows open with their customer")},
            ),
            "own budgets for opening records",
        ),
        "tables": Key(Named("tables", Ref("table"), ACCESS), "what the role has of each table; nothing of others"),
    },
)

APPROVAL = Either(
    "approval",
    None,
    (
        Keys("approval", {"role": Key(Ref("role"), "a holder of this role approves", True)}),
        Keys("approval", {"manager_of": Key(Choice("person", ("requester",)), "their manager approves", True)}),
    ),
)

REQUEST = Keys(
    "kind of request",
    {
        "title": Key(TITLE, "what it is called", True),
        "filed_by": Key(Many(Ref("role")), "the roles that may file it"),
        "custodian": Key(Ref("role"), "the role of the one person who handles it (指定人员, 3.3)"),
        "approvals": Key(Many(APPROVAL), "who approves, in order", True),
        "max_days": Key(Whole(1, 366), "longest term of use (4.3)", True),
        "max_rows": Key(Whole(1, 100_000_000), "most rows of one extract; of a standing kind, records a day"),
        "canaries": Key(Flag(), "whether extracts carry made-up customers by which a leak is traced"),
        "emergency_hours": Key(Whole(1, 72), "opens when filed; not approved within these hours, it suspends"),
        "standing": Key(Flag(), "for services: one record after the other, day by day"),
        "erases": Key(Flag(), "a customer's wish to be erased: it shows nothing, and approved it destroys"),
        "widens": Key(Flag(), "without one, approved, no matrix is applied that lets anybody see more"),
    },
)

DEVIATION = Keys(
    "deviation",
    {
        "article": Key(Choice("article", ARTICLES), "the policy's article it goes beyond", True),
        "role": Key(Ref("role"), "for which role", True),
        "table": Key(Ref("table"), "on which table", True),
        "allows": Key(Choice("deviation", ("names", "tier2")), "what the role's access then may say", True),
        "approved": Key(Text("approval"), "number of the approval (5.2.5)", True),
        "until": Key(Day(), "last day in force (UTC); off after it", True),
    },
)

ADMINISTRATORS = Keys(
    "administrators",
    {
        "roles": Key(Many(DATABASE_ROLE), "database roles that apply the matrix", True),
        "owners": Key(Many(DATABASE_ROLE), "database roles (NOLOGIN) that own the protected tables", True),
    },
)

APPLICATION_FORM = Keys(
    "application",
    {
        "roles": Key(Many(Ref("role")), "the roles it may speak in", True),
        "anonymous": Key(Choice("anonymous", ("none", "tier3")), "what it sees without a token"),
        "token_minutes": Key(Whole(1, 1440), "how long a token holds"),
    },
)

ACCOUNTS = Keys(
    "accounts",
    {
        "password_days": Key(Whole(1, 182), "longest life of a password; at most half a year (2.4)"),
        "tls": Key(Choice("tls", ("required", "optional")), "whether connections must be encrypted"),
        "networks": Key(Many(Network()), "networks that logins connect from (2.1)"),
    },
)

MATRIX = Keys(
    "matrix",
    {
        "version": Key(Whole(1, 1), "version of this format", True),
        "organisation": Key(TITLE, "whose matrix it is", True),
        "role_prefix": Key(PREFIX, "in front of every database role it makes: roles are cluster-wide", True),
        "branches": Key(
            Named("branches", CODE, Keys("branch", {"title": Key(TITLE, "its name", True)})), "branches (分公司)"
        ),
        "departments": Key(
            Named(
                "departments",
                CODE,
                Keys(
                    "department",
                    {
                        "title": Key(TITLE, "its name", True),
                        "agreements": Key(Many(Ref("agreement")), "agreements its staff sign (3.4)"),
                    },
                ),
                defines="department",
            ),
            "departments (部门)",
            True,
        ),
        "agreements": Key(
            Named(
                "agreements",
                CODE,
                Keys(
                    "agreement",
                    {
                        "title": Key(TITLE, "its name", True),
                        "required_of": Key(Choice("group", ("everyone",)), "who signs whatever the department"),
                        "valid_days": Key(Whole(1, MOST_DAYS), "days after which it is signed anew", True),
                    },
                ),
                defines="agreement",
            ),
            "confidentiality agreements (保密协议, 3.4)",
        ),
        "purposes": Key(
            Named(
                "purposes",
                CODE,
                Keys(
                    "purpose",
                    {
                        "title": Key(TITLE, "its name", True),
                        "roles": Key(Many(Ref("role")), "the roles that work under it", True),
                    },
                ),
            ),
            "the closed list of purposes (4.3)",
        ),
        "sessions": Key(
            Keys("sessions", {"max_hours": Key(Whole(1, 24), "longest session", True)}), "sessions under a purpose"
        ),
        "record_access": Key(Keys("record access", BUDGETS), "default budgets for opening records (5.2.1)"),
        "tables": Key(Named("tables", TABLE, PROTECTED_TABLE, defines="table"), "the protected tables", True),
        "roles": Key(Named("roles", ROLE, ROLE_FORM, defines="role"), "the roles (5.3)", True),
        "deviations": Key(Many(DEVIATION), "what goes beyond the policy's letter, approved and with an end (5.2.5)"),
        "administrators": Key(ADMINISTRATORS, "who applies the matrix, who owns the tables", True),
        "applications": Key(
            Named("applications", APPLICATION, APPLICATION_FORM), "logins that speak for many, with signed tokens"
        ),
        "requests": Key(Named("requests", CODE, REQUEST), "kinds of special application (专项事务申请, 5.2.1)"),
        "accounts": Key(ACCOUNTS, "rules for logins (2.2 to 2.4)"),
    },
)
