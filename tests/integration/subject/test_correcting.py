"""A customer's wish to have what is held corrected: through the caller's own view, with reason and word (3.1)."""

from __future__ import annotations

import pytest

from pgcustsec.errors import NotAllowed, PgcustsecError, UsageError
from pgcustsec.retention import Corrected, correct, find_place
from tests.integration.clients.world import Broker


def corrected(
    broker: Broker, login: str, values: dict[str, str | None], *, of: str = "crm.customer", key: str = "1001",
    opened: bool = False, word: str | None = None,
) -> Corrected:  # fmt: skip
    with broker.person(login):
        pass
    with broker.connect(broker.login(login)) as connection:
        if opened:
            connection.execute("SELECT pgcustsec.open_record(%s, %s, 'their wish')", [of, key])
        return correct(connection, find_place(connection, of, key), values, "typing error", word=word)


def test_a_value_is_written_with_reason_and_the_customers_word(broker: Broker) -> None:
    done = corrected(broker, "li", {"health": "well", "note": "as said"}, word="by phone")
    assert broker.rows("SELECT health, note FROM crm.customer WHERE customer_id = 1001") == [("well", "as said")]
    assert (done.table, done.key, done.columns, len(done.changes), done.confirmed) == (
        "crm.customer", "1001", ["health", "note"], 2, True,
    )  # fmt: skip
    found = broker.rows(
        "SELECT c.column_name::text, c.staff_id, c.reason, f.word FROM pgcustsec_internal.change AS c"
        " JOIN pgcustsec_internal.change_confirmation AS f USING (change_id) WHERE change_id = ANY (%s) ORDER BY 1",
        done.changes,
    )
    assert found == [("health", "S1", "typing error", "by phone"), ("note", "S1", "typing error", "by phone")]


def test_tier_1_goes_to_the_vault_while_the_record_is_open(broker: Broker) -> None:
    with pytest.raises(NotAllowed, match="is not open") as refused:
        corrected(broker, "chen", {"mobile": "13900001111"})
    assert "open_record" in str(refused.value.hint)
    corrected(broker, "chen", {"mobile": "13900001111"}, opened=True)
    assert broker.rows("SELECT mobile FROM crm.customer WHERE customer_id = 1001") == [("139****1111",)]
    assert broker.rows('SELECT mobile FROM pgcustsec_vault."crm.customer" WHERE customer_id = 1001') == [
        ("13900001111",)
    ]


def test_what_hangs_on_a_customer_is_corrected_as_well(broker: Broker) -> None:
    [(claim,)] = broker.rows("SELECT min(claim_id) FROM crm.claim WHERE policy_id = 2002")
    corrected(broker, "chen", {"amount": "12.50"}, of="crm.claim", key=str(claim))
    assert broker.rows("SELECT amount::text FROM crm.claim WHERE claim_id = %s", claim) == [("12.50",)]


def test_a_value_is_cleared_where_that_is_said(broker: Broker) -> None:
    corrected(broker, "li", {"note": None})
    assert broker.rows("SELECT note FROM crm.customer WHERE customer_id = 1001") == [(None,)]


@pytest.mark.parametrize(
    ("login", "of", "key", "column", "hint"),
    [
        ("chen", "crm.customer", "1001", "health", "sales_agent"),
        ("chen", "crm.customer", "1001", "owner_staff_id", "sales_manager"),
        ("chen", "crm.customer", "1001", "id_card", "none"),
        ("chen", "crm.policy", "2002", "product", "none"),
    ],
)
def test_a_refusal_names_who_may_instead(broker: Broker, login: str, of: str, key: str, column: str, hint: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        corrected(broker, login, {column: "another"}, of=of, key=key)
    assert refused.value.hint == f"roles that may write {column} of {of}: {hint}"


@pytest.mark.parametrize(
    ("values", "kind"),
    [({"annual_income": "kan-secret"}, UsageError), ({"nothing": "x"}, UsageError), ({"mobile": "kan"}, NotAllowed)],
)
def test_a_value_that_is_none_is_refused_without_being_repeated(
    broker: Broker, values: dict[str, str | None], kind: type[PgcustsecError]
) -> None:
    with pytest.raises(kind) as refused:
        corrected(broker, "li", values, opened=True)
    assert "kan" not in refused.value.message + str(refused.value.hint)


def test_of_a_customer_out_of_scope_nothing_is_corrected(broker: Broker) -> None:
    said = []
    for key in ("3", "999999", "x"):
        with pytest.raises(NotAllowed) as refused:
            corrected(broker, "li", {"note": "mine"}, key=key)
        said.append((refused.value.message, refused.value.hint))
    assert len(set(said)) == 1
