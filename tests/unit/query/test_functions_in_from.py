"""Functions in FROM: which columns they give, what these reach, and what has a say in how many rows there are."""

from __future__ import annotations

from tests.unit.query.statements import report, shown, uses, verdicts


def test_an_argument_has_a_say_in_how_many_rows_there_are() -> None:
    statement = "SELECT c.status FROM customer AS c, generate_series(1, length(c.note))"
    assert verdicts(statement) == [("status", "revealed")]
    assert uses(statement) == [("rows", {"customer.note"})]
    assert uses("SELECT status, string_to_table(note, ' ') FROM customer")[0] == ("rows", {"customer.note"})


def test_keys_and_values_of_a_row_as_json_have_all_of_the_row() -> None:
    statement = "SELECT * FROM claim AS c, jsonb_each_text(to_jsonb(c)) WITH ORDINALITY AS f (k)"
    assert [name for name, _ in verdicts(statement)][5:] == ["k", "value", "ordinality"]
    row = {"claim.claim_id", "claim.policy_id", "claim.diagnosis", "claim.amount", "claim.filed_on"}
    assert shown(statement)[5:] == [row, row, set()]


def test_a_row_filled_from_json_has_the_columns_of_its_type() -> None:
    statement = "SELECT f.* FROM policy AS p, jsonb_populate_record(NULL::claim, to_jsonb(p.product)) AS f"
    assert [name for name, _ in verdicts(statement)] == ["claim_id", "policy_id", "diagnosis", "amount", "filed_on"]
    assert shown(statement) == [{"policy.product"}] * 5


def test_a_column_of_such_a_row_may_be_written_as_a_function() -> None:
    statement = "SELECT diagnosis(f) FROM policy AS p, jsonb_populate_record(NULL::claim, to_jsonb(p.product)) AS f"
    assert shown(statement) == [{"policy.product"}]


def test_columns_of_a_definition_list_are_the_ones_that_it_names() -> None:
    statement = "SELECT * FROM claim AS c, jsonb_to_record(to_jsonb(c.amount)) AS f (x text, y integer)"
    assert [name for name, _ in verdicts(statement)][5:] == ["x", "y"]
    assert shown(statement)[5:] == [{"claim.amount"}] * 2


def test_functions_side_by_side_give_their_columns_side_by_side_under_their_own_names() -> None:
    statement = "SELECT * FROM ROWS FROM (generate_series(1, 2), string_to_table('a b', ' ')) AS f"
    assert verdicts(statement) == [("generate_series", "hidden"), ("string_to_table", "hidden")]
    alone = "SELECT * FROM generate_series(1, 2) AS f"
    assert verdicts(alone) == [("f", "hidden")]


def test_what_a_function_gives_that_nobody_knows_is_opaque_under_a_star() -> None:
    assert report("SELECT * FROM unnest(ARRAY[1]) AS f").columns[-1].verdict == "opaque"


def test_a_key_of_a_row_as_json_is_that_column() -> None:
    assert shown("SELECT to_jsonb(c) ->> 'mobile', row_to_json(c)::jsonb -> 'note' FROM customer AS c") == [
        {"customer.mobile"},
        {"customer.note"},
    ]


def test_a_row_whose_columns_are_named_anew_keeps_their_old_names_in_json() -> None:
    # PostgreSQL takes the names of the type: here the customer's name, although a number is called so.
    found = shown("SELECT to_jsonb(c) ->> 'name' FROM customer AS c (name, v, w, x, y)")[0]
    assert "customer.name" in found
