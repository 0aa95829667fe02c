"""A small right matrix, and a way to say what is wrong with a changed one: `▸` stands before each mistake."""

from __future__ import annotations

import pytest

from pgcustsec.errors import MatrixError, Problem
from pgcustsec.matrix.load import loads

MARKER = "▸"

RIGHT = """\
version: 1
organisation: Ginkgo
role_prefix: gk_
branches: {N: {title: North}, S: {title: South}}
departments:
  sales: {title: Sales, agreements: [secrecy]}
  legal: {title: Legal}
agreements: {secrecy: {title: Secrecy, required_of: everyone, valid_days: 365}}
purposes: {selling: {title: Selling, roles: [agent]}}
sessions: {max_hours: 8}
record_access: {minutes: 5, openings_per_day: 30, customers_per_day: 20}
tables:
  s.person:
    key: [id]
    subject: self
    served_by: [{column: agent_no}, {table: s.duty, subject: person_id, staff: staff_no, until: ends}]
    managers: direct
    branch: branch
    department: of_server
    columns:
      id: {tier: 3}
      agent_no: {tier: 3}
      branch: {tier: 3}
      status: {tier: 3}
      seen_at: {tier: 3}
      name: {tier: 2, kind: name}
      income: {tier: 2, kind: finance}
      phone: {tier: 1, kind: phone, find: true, unique: true}
      home: {tier: 1, kind: address}
    pool: {when: "agent_no IS NULL", holder: agent_no, claimed_at: seen_at, progress_at: seen_at,
           recycle_days: 30, claim_limit: 10, cool_down_days: 7}
    retention:
      - {name: lost, when: "status = 'lost'", basis: {latest: [seen_at, s.contract.ends_on]}, keep_days: 30,
         action: {anonymise: {keep: [branch]}}}
  s.duty:
    key: [id]
    subject: {table: s.person, by: person_id}
    columns: {id: {tier: 3}, person_id: {tier: 3}, staff_no: {tier: 3}, ends: {tier: 3}}
  s.contract:
    key: [id]
    subject: {table: s.person, by: person_id}
    exists: tier2
    columns: {id: {tier: 3}, person_id: {tier: 3}, ends_on: {tier: 2}, account: {tier: 1, kind: bank_account}}
  s.loss:
    key: [id]
    subject: {table: s.contract, by: [contract_id]}
    columns: {id: {tier: 3}, contract_id: {tier: 3}, sum: {tier: 2}}
roles:
  agent:
    department: sales
    record_access: {minutes: 10, children: [s.contract]}
    tables:
      s.person: {rows: [serving, pool], tier2: serving, tier1: masked, names: value,
                 write: {insert: [name, phone], update: [income], delete: false}}
      s.contract: {rows: serving, tier2: serving, tier1: hidden}
      s.loss: {rows: serving, tier2: serving}
  counter:
    department: sales
    tables:
      s.person: {rows: branch, tier2: branch}
  lawyer: {department: legal, supervises: true}
deviations:
  - {article: 5.2.2, role: agent, table: s.person, allows: names, approved: A-1, until: 2099-12-31}
  - {article: 5.2.2, role: counter, table: s.person, allows: tier2, approved: A-2, until: 2099-12-31}
administrators: {roles: [dba], owners: [s_owner]}
applications: {web: {roles: [agent], anonymous: none, token_minutes: 15}}
requests:
  special: {title: Special, filed_by: [agent], approvals: [{manager_of: requester}, {role: lawyer}], max_days: 30}
  court: {title: Court, custodian: lawyer, approvals: [{role: lawyer}], max_days: 10, canaries: false}
accounts: {password_days: 90, tls: required, networks: [10.0.0.0/8, "::1/128"]}
"""


def changed(*edits: tuple[str, str]) -> str:
    """The right matrix with each first text, which must stand there once, replaced by the second."""
    text = RIGHT
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the right matrix"
        text = text.replace(old, new)
    return text


def pairs(texts: list[str]) -> list[tuple[str, str]]:
    """The edits of a story: each first text and what takes its place."""
    return list(zip(texts[::2], texts[1::2], strict=True))


def places(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its markers, and the line and column at which each stood."""
    found = []
    lines = []
    for number, line in enumerate(marked.split("\n"), start=1):
        while MARKER in line:
            found.append((number, line.index(MARKER) + 1))
            line = line.replace(MARKER, "", 1)
        lines.append(line)
    return "\n".join(lines), found


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(MatrixError) as caught:
        loads(text)
    return caught.value.problems


def assert_problems(marked: str, *fragments: str) -> tuple[Problem, ...]:
    """Loading *marked* finds exactly one problem at each marker, in this order, each saying its fragment."""
    text, expected = places(marked)
    problems = problems_of(text)
    assert [(p.line, p.column) for p in problems] == expected, [(p.line, p.column, p.message) for p in problems]
    for problem, fragment in zip(problems, fragments, strict=True):
        said = f"{problem.message} -> {problem.hint}"
        assert fragment in said, said
    return problems
