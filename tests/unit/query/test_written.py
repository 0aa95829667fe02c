"""RETURNING gives back the row as it is then: what was written stands in it, whatever column it came from."""

from __future__ import annotations

from tests.unit.query.statements import report, shown, uses, values, verdicts


def test_an_inserted_value_comes_back_under_the_name_of_the_column_that_took_it() -> None:
    statement = (
        "INSERT INTO claim (policy_id, diagnosis) SELECT policy_id, product FROM policy RETURNING diagnosis, amount"
    )
    assert shown(statement) == [{"claim.diagnosis", "policy.product"}, {"claim.amount"}]


def test_without_a_list_of_columns_values_go_into_them_in_their_order() -> None:
    statement = "INSERT INTO claim SELECT 1, policy_id, product FROM policy RETURNING claim_id, policy_id, diagnosis"
    assert shown(statement) == [
        {"claim.claim_id"},
        {"claim.policy_id", "policy.policy_id"},
        {"claim.diagnosis", "policy.product"},
    ]


def test_an_updated_row_was_what_it_was_and_is_what_was_written() -> None:
    statement = "UPDATE claim SET amount = (SELECT max(premium) FROM policy) RETURNING old.amount, new.amount, amount"
    assert shown(statement) == [
        {"claim.amount"},
        {"claim.amount", "policy.premium"},
        {"claim.amount", "policy.premium"},
    ]


def test_the_whole_row_and_the_star_have_what_was_written() -> None:
    written = "UPDATE claim SET amount = p.premium FROM policy AS p WHERE p.policy_id = claim.policy_id RETURNING"
    assert "policy.premium" in shown(f"{written} claim::text")[0]
    assert "policy.premium" in shown(f"{written} claim.*")[3]


def test_a_cte_that_writes_passes_on_what_it_returns() -> None:
    statement = "WITH w AS (UPDATE claim SET amount = p.premium FROM policy AS p RETURNING amount) SELECT amount FROM w"
    assert shown(statement) == [{"claim.amount", "policy.premium"}]


def test_values_of_a_query_whose_columns_are_not_known_may_be_in_any_column() -> None:
    statement = "INSERT INTO claim (policy_id, diagnosis) SELECT * FROM jsonb_to_nobody_knows(1) RETURNING diagnosis"
    assert report(statement).columns[0].verdict == "opaque"


def test_the_star_of_a_merge_gives_the_source_before_the_target() -> None:
    statement = (
        "MERGE INTO claim USING (SELECT premium AS p FROM policy) AS s ON true"
        " WHEN MATCHED THEN UPDATE SET amount = s.p RETURNING *"
    )
    assert [name for name, _ in verdicts(statement)] == [
        "p", "claim_id", "policy_id", "diagnosis", "amount", "filed_on",
    ]  # fmt: skip
    assert shown(statement)[4] == {"claim.amount", "policy.premium"}


def test_a_temporary_table_gives_out_what_was_put_into_it() -> None:
    script = "CREATE TEMP TABLE t (a text, b text); INSERT INTO t (b) SELECT mobile FROM customer; SELECT a, b FROM t"
    assert shown(script) == [set(), {"customer.mobile"}]
    script += "; UPDATE t SET a = b; SELECT a FROM t"
    assert shown(script) == [{"customer.mobile"}]


def test_what_is_written_and_what_says_which_rows_is_noted() -> None:
    found = report("UPDATE customer SET address = 'x' || mobile WHERE note LIKE '%flat%'")
    assert [(one.relation, one.column, values(one.reach)) for one in found.writes] == [
        ("service_agent.customer", "address", {"customer.mobile"})
    ]
    assert uses("DELETE FROM claim WHERE diagnosis = 'x'") == [("where", {"claim.diagnosis"})]
