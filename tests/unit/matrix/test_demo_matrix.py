"""The demo's matrix, which is the format's reference: right, complete, and robust against every slip of the hand."""

from __future__ import annotations

import contextlib
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pgcustsec.errors import MatrixError
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Matrix, RecordAccess, ServedByColumn, ServedByTable, Write
from tests.unit.matrix.demo_text import DEMO


def demo() -> Matrix:
    return loads(DEMO, "demo/matrix.yaml")


def test_the_customer_table_is_read_as_written() -> None:
    customer = demo().tables["crm.customer"]
    assert (customer.schema, customer.name, customer.key, customer.parent) == (
        "crm",
        "customer",
        ("customer_id",),
        None,
    )
    assert customer.served_by == (
        ServedByColumn("owner_staff_id"),
        ServedByTable("crm.assignment", ("customer_id",), "staff_id", "ends_at"),
    )
    assert (customer.managers, customer.branch) == ("direct", "branch_code")
    assert (customer.department_of_server, customer.department_column) == (True, None)
    mobile = customer.columns["mobile"]
    assert (mobile.tier, mobile.kind, mobile.find, mobile.unique) == (1, "phone", True, False)
    assert customer.pool is not None
    assert (customer.pool.recycle_days, customer.pool.claim_limit, customer.pool.cool_down_days) == (30, 200, 7)
    destroyed, anonymised = customer.retention
    assert (destroyed.keep, destroyed.keep_days) == (None, 730)
    assert anonymised.keep == ("gender", "age", "branch_code")
    assert anonymised.basis.latest == ("crm.policy.ends_on", "last_contact_at")


def test_columns_keep_the_order_of_the_file() -> None:
    assert list(demo().tables["crm.policy"].columns) == [
        "policy_id", "customer_id", "product", "premium", "payer_account", "starts_on", "ends_on",
    ]  # fmt: skip


def test_a_claim_finds_its_customer_in_two_steps() -> None:
    matrix = demo()
    claim = matrix.tables["crm.claim"]
    assert claim.parent is not None
    assert (claim.parent.table, claim.parent.by, claim.exists_is_tier2) == ("crm.policy", ("policy_id",), True)


def test_what_a_role_does_not_say_is_nothing() -> None:
    access = demo().roles["sales_manager"].tables["crm.assignment"]
    assert (access.rows, access.tier2, access.tier1, access.names) == (("department",), "none", "absent", "masked")
    assert demo().roles["sales_agent"].tables["crm.policy"].write == Write()


def test_budgets_of_a_role_stand_beside_the_default() -> None:
    matrix = demo()
    assert matrix.record_access == RecordAccess(5, 300, 200)
    assert matrix.roles["service_agent"].record_access == RecordAccess(10, 500, 400, ("crm.policy", "crm.attachment"))
    assert matrix.roles["sales_agent"].record_access is None
    assert matrix.session_max_hours == 10


def test_the_rest_of_the_file_is_read_as_written() -> None:
    matrix = demo()
    assert matrix.agreements["confidentiality"].required_of_everyone
    assert not matrix.agreements["customer_information"].required_of_everyone
    assert matrix.deviations[0].until == date(2027, 6, 30)
    assert matrix.requests["special"].approvals[0].manager_of == "requester"
    assert matrix.requests["disclosure"].custodian == "custodian"
    assert matrix.requests["disclosure"].canaries is False
    assert matrix.accounts.networks == ("10.0.0.0/8",)
    assert matrix.administrators.owners == ("crm_owner",)
    assert matrix.viewer_role("sales_agent") == "wutong_sales_agent_viewer"


def test_marks_point_at_the_lines_that_say_it() -> None:
    matrix = demo()
    lines = DEMO.splitlines()
    assert lines[matrix.tables["crm.customer"].columns["mobile"].mark.line - 1].strip().startswith("mobile:")
    assert lines[matrix.roles["sales_agent"].mark.line - 1].strip() == "sales_agent:"
    access = matrix.roles["data_analyst"].tables["crm.customer"]
    assert lines[access.mark.line - 1][access.mark.column - 1 :].startswith("crm.customer:")


def loads_or_refuses(text: str) -> None:
    with contextlib.suppress(MatrixError):
        loads(text)


@given(st.integers(0, len(DEMO) - 1), st.integers(1, 60))
@settings(max_examples=40)
def test_deleting_any_piece_of_it_gives_a_matrix_or_a_list_of_problems(start: int, length: int) -> None:
    loads_or_refuses(DEMO[:start] + DEMO[start + length :])


@given(st.integers(0, len(DEMO) - 1), st.text(min_size=1, max_size=6))
@example(0, "\ud800")
@example(0, "\x00")
@example(0, "\N{BYTE ORDER MARK}")
@example(DEMO.index("wutong"), "*")
@example(DEMO.index("wutong"), "1e999 #")
@example(DEMO.index("wutong"), "9" * 30 + " #")
@example(DEMO.index("version") + 9, "9" * 6000)
@settings(max_examples=40)
def test_writing_anything_anywhere_gives_a_matrix_or_a_list_of_problems(start: int, typo: str) -> None:
    loads_or_refuses(DEMO[:start] + typo + DEMO[start:])


TYPOS = st.sampled_from(
    ["", "x", "[]", "{}", "null", "true", "7", "2.5", "~", "'", '"', "- ", ": ", "? ", "[[", "{a: b}"]
)


@given(st.integers(0, DEMO.count(" ") - 1), TYPOS)
@settings(max_examples=60)
def test_another_word_in_any_place_gives_a_matrix_or_a_list_of_problems(number: int, typo: str) -> None:
    words = DEMO.split(" ")
    words[number] = typo
    loads_or_refuses(" ".join(words))


@given(st.integers(0, DEMO.count("\n") - 1))
@settings(max_examples=40)
def test_a_missing_line_gives_a_matrix_or_problems_in_file_order(number: int) -> None:
    lines = DEMO.split("\n")
    del lines[number]
    try:
        loads("\n".join(lines))
    except MatrixError as error:
        places = [(p.line, p.column) for p in error.problems]
        assert places == sorted(places)
        assert all(p.message for p in error.problems)
