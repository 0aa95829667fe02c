"""What is well formed and still wrong: sense and the policy. One problem a story, at its place."""

from __future__ import annotations

from datetime import date

import pytest

from pgcustsec.matrix.checks import warnings
from pgcustsec.matrix.load import loads
from tests.unit.matrix.stories import RIGHT, assert_problems, changed, pairs

Stories = dict[str, tuple[str, ...]]

#: Each: what is replaced, by what (with ▸ before the mistake), perhaps more such pairs; what the message or hint says.
DANGLING: Stories = {
    "role of a purpose": ("Selling, roles: [agent]", "Selling, roles: [▸agnet]", "did you mean 'agent'?"),
    "role of an application": ("web: {roles: [agent]", "web: {roles: [▸agnet]", "did you mean 'agent'?"),
    "role of an approval": ("approvals: [{role: lawyer}]", "approvals: [{role: ▸layer}]", "did you mean 'lawyer'?"),
    "role that files": ("filed_by: [agent]", "filed_by: [▸agend]", "did you mean 'agent'?"),
    "role of a custodian": ("custodian: lawyer", "custodian: ▸lawyers", "did you mean 'lawyer'?"),
    "role of a deviation": (
        "role: counter,",
        "role: ▸conter,",
        "rows: branch, tier2: branch",
        "rows: branch",
        "did you mean 'counter'?",
    ),
    "department of a role": ("lawyer: {department: legal", "lawyer: {department: ▸lega", "did you mean 'legal'?"),
    "agreement of a department": ("agreements: [secrecy]", "agreements: [▸secret]", "did you mean 'secrecy'?"),
    "table of a role": ("s.loss: {rows", "▸s.los: {rows", "did you mean 's.loss'?"),
    "table of a subject": ("{table: s.contract, by", "{table: ▸s.contracts, by", "did you mean 's.contract'?"),
    "table of who serves": ("{table: s.duty", "{table: ▸s.dutys", "did you mean 's.duty'?"),
    "table that opens": ("children: [s.contract]", "children: [▸s.contact]", "did you mean 's.contract'?"),
    "table of a basis": ("s.contract.ends_on", "▸s.contrat.ends_on", "did you mean 's.contract'?"),
    "column of a key": ("key: [id]\n    subject: self", "key: [▸ids]\n    subject: self", "did you mean 'id'?"),
    "column of a parent": (
        "{table: s.contract, by: [contract_id]",
        "{table: s.contract, by: [▸contract_i]",
        "'contract_id'",
    ),
    "column of who serves": ("{column: agent_no}", "{column: ▸agent_nr}", "did you mean 'agent_no'?"),
    "staff column of who serves": ("staff: staff_no", "staff: ▸staf_no", "did you mean 'staff_no'?"),
    "subject column of who serves": ("subject: person_id", "subject: ▸persn_id", "did you mean 'person_id'?"),
    "end of who serves": ("until: ends}", "until: ▸end}", "did you mean 'ends'?"),
    "column of a branch": ("    branch: branch\n", "    branch: ▸brunch\n", "did you mean 'branch'?"),
    "column of a department": ("department: of_server", "department: {column: ▸stat}", "did you mean 'status'?"),
    "column of a pool": ("holder: agent_no", "holder: ▸agen_no", "did you mean 'agent_no'?"),
    "column of a pool's condition": ('"agent_no IS NULL"', '▸"agentno IS NULL"', "did you mean 'agent_no'?"),
    "a pool that keeps what is claimed": (
        '"agent_no IS NULL"',
        "▸\"status = 'lost'\"",
        "would stay in the pool when somebody has claimed it",
    ),
    "column of a term's condition": ("\"status = 'lost'\"", "▸\"state = 'lost'\"", "did you mean 'status'?"),
    "column of a basis": ("latest: [seen_at,", "latest: [▸seenat,", "did you mean 'seen_at'?"),
    "column of a child's basis": ("s.contract.ends_on", "▸s.contract.end_on", "did you mean 'ends_on'?"),
    "column that stays": ("keep: [branch]", "keep: [▸branche]", "did you mean 'branch'?"),
    "column of an insert": ("insert: [name, phone]", "insert: [name, ▸phon]", "did you mean 'phone'?"),
    "column of an update": ("update: [income]", "update: [▸incom]", "did you mean 'income'?"),
}

CLASSIFICATION: Stories = {
    "tier 1 without a kind": (
        "phone: {tier: 1, kind: phone, find: true, unique: true}",
        "phone: {tier: ▸1}",
        "no kind",
    ),
    "a phone below tier 1": (
        "phone: {tier: 1, kind: phone, find: true, unique: true}",
        "phone: {tier: ▸2, kind: phone}",
        "3.2.1",
    ),
    "an address below tier 1": ("home: {tier: 1,", "home: {tier: ▸3,", "3.2.1"),
    "a bank account below tier 1": ("account: {tier: 1,", "account: {tier: ▸2,", "3.2.1"),
    "a name in tier 1": ("name: {tier: 2, kind: name}", "name: {tier: ▸1, kind: name}", "3.2.2"),
    "a name in tier 3": ("name: {tier: 2, kind: name}", "name: {tier: ▸3, kind: name}", "3.2.2"),
    "finances in tier 3": ("income: {tier: 2,", "income: {tier: ▸3,", "3.2.2"),
    "lookup without a normal form": (
        "home: {tier: 1, kind: address",
        "home: {tier: 1, kind: address, ▸find: true",
        "normal form",
    ),
    "uniqueness of tier 2": (
        "income: {tier: 2, kind: finance",
        "income: {tier: 2, kind: finance, ▸unique: true",
        "normal form",
    ),
    "a masked key": ("key: [id]\n    subject: self", "key: [▸phone]\n    subject: self", "stored masked"),
    "a masked name in a condition": ('"agent_no IS NULL"', "▸\"name = 'x'\"", "5.2.2"),
    "tier 1 in a condition": ('"agent_no IS NULL"', '▸"phone IS NULL"', "5.2.1"),
    "private columns in an anonymised row": ("keep: [branch]", "keep: [branch, ▸income]", "tier 3 only"),
}

SUBJECTS: Stories = {
    "a circle": (
        "key: [id]\n    subject: {table: s.person, by: person_id}\n    exists",
        "key: [id]\n    subject: {table: ▸s.loss, by: person_id}\n    exists",
        "s.contract -> s.loss -> s.contract",
    ),
    "a table of itself": (
        "{table: s.contract, by: [contract_id]",
        "{table: ▸s.loss, by: [contract_id]",
        "back to itself",
    ),
    "servers of a child": (
        "    exists: tier2",
        "    exists: tier2\n    ▸served_by: [{column: person_id}]",
        "subject: self",
    ),
    "branch of a child": ("    exists: tier2", "    exists: tier2\n    ▸branch: id", "subject: self"),
    "term of a child": (
        "    exists: tier2",
        '    exists: tier2\n    ▸retention: [{name: x, when: "id = 1", '
        "basis: {latest: [id]}, keep_days: 1, action: destroy}]",
        "subject: self",
    ),
    "partitions to drop of a child": (
        "    exists: tier2",
        "    exists: tier2\n    ▸drop_partitions: true",
        "subject: self",
    ),
    "partitions to drop with rows of statistics": (
        "    retention:\n",
        "    ▸drop_partitions: true\n    retention:\n",
        "rule 'lost' of s.person anonymises",
    ),
    "partitions to drop and no term": (
        RIGHT[RIGHT.index("    retention:\n") : RIGHT.index("  s.duty:")],
        "    ▸drop_partitions: true\n",
        "no rules of retention",
    ),
    "a branch column and no branches": (
        "branches: {N: {title: North}, S: {title: South}}\n",
        "",
        "branch: branch\n",
        "branch: ▸branch\n",
        "no branches",
    ),
    "a term by a stranger's dates": ("s.contract.ends_on", "▸s.person.seen_at", "does not belong"),
    "a table that serves itself": (
        "{table: s.duty, subject: person_id, staff: staff_no, until: ends}",
        "{table: ▸s.person, subject: id, staff: agent_no}",
        "by its own rows",
    ),
}

ACCESS: Stories = {
    "a child wider than its parent": ("s.contract: {rows: serving", "s.contract: {rows: ▸all", "wider than"),
    "a grandchild wider than its parent": ("s.loss: {rows: serving", "s.loss: {rows: ▸pool", "wider than"),
    "a grandchild without its parent": (
        "      s.contract: {rows: serving, tier2: serving, tier1: hidden}\n",
        "",
        "{minutes: 10, children: [s.contract]}",
        "{minutes: 10}",
        "s.loss: {rows",
        "▸s.loss: {rows",
        "not s.contract",
    ),
    "none in a union": ("rows: [serving, pool]", "rows: [serving, pool, ▸none]", "none"),
    "pool where there is none": (
        """    pool: {when: "agent_no IS NULL", holder: agent_no, claimed_at: seen_at, progress_at: seen_at,
           recycle_days: 30, claim_limit: 10, cool_down_days: 7}
""",
        "",
        "rows: [serving, pool]",
        "rows: [serving, ▸pool]",
        "needs 'pool'",
    ),
    "department where there is none": (
        "    department: of_server\n",
        "",
        "rows: branch, tier2: branch",
        "rows: [branch, ▸department], tier2: branch",
        "needs 'department'",
    ),
    "tier 2 wider than the rows": ("rows: branch, tier2: branch", "rows: branch, tier2: ▸all", "wider than the rows"),
    "insert of a column that is not in the view": (
        "tier1: masked, names",
        "tier1: absent, names",
        "insert: [name, phone]",
        "insert: [name, ▸phone]",
        "absent",
    ),
    "update of what never shows": (
        "rows: branch, tier2: branch}",
        "rows: branch, tier2: none, write: {update: [▸income]}}",
        "  - {article: 5.2.2, role: counter, table: s.person, allows: tier2, approved: A-2, until: 2099-12-31}\n",
        "",
        "3.1",
    ),
    "a write that allows nothing": (
        "rows: branch, tier2: branch}",
        "rows: branch, tier2: branch, ▸write: {delete: false}}",
        "allows nothing",
    ),
    "a customer that opens with another": ("children: [s.contract]", "children: [▸s.person]", "by itself"),
    "opening what the role has not": ("children: [s.contract]", "children: [▸s.duty]", "nothing of s.duty"),
}

DEVIATIONS: Stories = {
    "names without approval": (
        "names: value",
        "names: ▸value",
        "  - {article: 5.2.2, role: agent, table: s.person, allows: names, approved: A-1, until: 2099-12-31}\n",
        "",
        "5.2.2",
    ),
    "wider tier 2 without approval": (
        "rows: branch, tier2: branch",
        "rows: branch, tier2: ▸branch",
        "  - {article: 5.2.2, role: counter, table: s.person, allows: tier2, approved: A-2, until: 2099-12-31}\n",
        "",
        "5.2.2",
    ),
    "approved and not used": (", names: value", "", "allows: names", "allows: ▸names", "nothing uses"),
    "of another article": ("5.2.2, role: agent", "▸5.2.1, role: agent", "beyond 5.2.2"),
    "names of a table that has none": (
        "      name: {tier: 2, kind: name}\n",
        "",
        "names: value",
        "names: ▸value",
        "insert: [name, phone]",
        "insert: [phone]",
        "no column of kind name",
    ),
}

NAMES: Stories = {
    "a role in the schema of the tables": (
        "  lawyer: {dep",
        "  lawyer: {department: legal}\n  ▸s: {dep",
        "protected tables",
    ),
    "a role named public": ("  lawyer: {dep", "  lawyer: {department: legal}\n  ▸public: {dep", "not free"),
    "a role named like PostgreSQL's": ("  lawyer: {dep", "  lawyer: {department: legal}\n  ▸pg_x: {dep", "not free"),
    "a role named like ours": ("  lawyer: {dep", "  lawyer: {department: legal}\n  ▸pgcustsec_x: {dep", "not free"),
    "a role named like a viewer": ("  lawyer: {dep", "  lawyer: {department: legal}\n  ▸agent_viewer: {dep", "_viewer"),
    "a role too long with prefix and ending": (
        "  lawyer: {dep",
        f"  lawyer: {{department: legal}}\n  ▸{'x' * 54}: {{dep",
        "63",
    ),
    "a prefix like PostgreSQL's": ("role_prefix: gk_", "role_prefix: ▸pg_gk_", "own"),
    "an application named like a role": ("{web: {roles", "{▸agent: {roles", "database name of the role"),
    "an administrator of our making": ("roles: [dba]", "roles: [▸gk_agent]", "the role agent"),
    "an owner who is a viewer": ("owners: [s_owner]", "owners: [▸gk_agent_viewer]", "views of agent"),
    "an owner who administers": ("roles: [dba], owners: [s_owner]", "roles: [▸dba], owners: [dba]", "NOLOGIN"),
    "an administrator of PostgreSQL's": ("roles: [dba]", "roles: [▸pg_read_all_data]", "name a role of yours"),
    "a table of PostgreSQL's": (
        "  s.duty:\n",
        "  ▸pg_catalog.duty:\n",
        "{table: s.duty",
        "{table: pg_catalog.duty",
        "own",
    ),
    "a request that nobody can file": ("filed_by: [agent], ", "", "special: {", "▸special: {", "nobody could file"),
    "a custodian and others": ("custodian: lawyer", "custodian: lawyer, ▸filed_by: [agent]", "3.3"),
    "a custodian and canaries": ("canaries: false", "▸canaries: true", "no false row"),
}

ALL = {
    f"{group}: {story}": texts
    for group, stories in {
        "dangling": DANGLING,
        "classification": CLASSIFICATION,
        "subject": SUBJECTS,
        "access": ACCESS,
        "deviation": DEVIATIONS,
        "name": NAMES,
    }.items()
    for story, texts in stories.items()
}


@pytest.mark.parametrize("story", ALL.values(), ids=ALL.keys())
def test_each_contradiction_has_its_place_and_a_reason(story: tuple[str, ...]) -> None:
    *edits, fragment = story
    assert_problems(changed(*pairs(edits)), fragment)


def test_references_have_as_many_columns_as_the_key_they_refer_to() -> None:
    by = "    key: [id]\n    subject: {table: s.person, by: person_id}"
    text = changed(
        ("key: [id]\n    subject: self", "key: [id, branch]\n    subject: self"),
        ("subject: person_id", "subject: ▸person_id"),
        (f"s.duty:\n{by}", f"s.duty:\n{by.replace('by: ', 'by: ▸')}"),
        (f"s.contract:\n{by}", f"s.contract:\n{by.replace('by: ', 'by: ▸')}"),
    )
    assert_problems(text, *["has 2"] * 3)


def test_one_mistake_in_a_table_does_not_hide_another_in_a_role() -> None:
    text = changed(("managers: direct", "▸manager: direct"), ("update: [income]", "update: [▸incom]"))
    assert_problems(text, "managers", "income")


def test_a_column_with_a_broken_tier_still_counts_as_a_column() -> None:
    assert_problems(changed(("branch: {tier: 3}", "branch: {tier: ▸x}")), "whole number")


def test_department_and_branch_cover_serving_in_a_child() -> None:
    text = changed(
        ("rows: branch, tier2: branch}", "rows: [department], tier2: department}\n      s.contract: {rows: serving}"),
    )
    assert loads(text).roles["counter"].tables["s.contract"].rows == ("serving",)


def test_a_deviation_past_its_end_loads_and_is_warned_of() -> None:
    text = changed(("approved: A-1, until: 2099-12-31", "approved: A-1, until: 2020-02-29"))
    matrix = loads(text)
    (warning,) = warnings(matrix, date(2026, 1, 1))
    assert "A-1" in warning.message
    assert text.splitlines()[warning.line - 1].startswith("  - {article")


def test_a_deviation_is_in_force_through_its_last_day() -> None:
    matrix = loads(changed(("approved: A-1, until: 2099-12-31", "approved: A-1, until: 2030-02-28")))
    assert warnings(matrix, date(2030, 2, 28)) == []
    assert len(warnings(matrix, date(2030, 3, 1))) == 1
