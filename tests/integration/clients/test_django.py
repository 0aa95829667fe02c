"""Django's ORM over a role's views: save() writes every column, and stores what changed, nothing hidden (3.1, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db import connection as django_connection
from django.db.models import F

from tests.cluster import unique
from tests.integration.clients import django_app
from tests.integration.clients.django_app import connected, values
from tests.integration.clients.world import Broker, cells, changed, history


@pytest.fixture(scope="session")
def agent_models(sealed_broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Models made from the views of a sales agent."""
    with made(sealed_broker, "li", tmp_path_factory) as module:
        yield module


@pytest.fixture(scope="session")
def service_models(sealed_broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Models made from the views of a service agent, who has claims too."""
    with made(sealed_broker, "chen", tmp_path_factory) as module:
        yield module


@contextmanager
def made(broker: Broker, login: str, folders: pytest.TempPathFactory) -> Iterator[ModuleType]:
    django_app.set_up()
    text = django_app.edited(django_app.inspected(broker, login))
    with django_app.app(folders.mktemp("django"), unique("broker_"), text) as module:
        yield module


@pytest.fixture
def customers(broker: Broker, agent_models: ModuleType) -> Iterator[Any]:
    """The model of customers, over the connection of the sales agent li."""
    with connected(broker, "li"):
        yield agent_models.Customer


def refused(caught: pytest.ExceptionInfo[DatabaseError]) -> Any:
    return getattr(caught.value.__cause__, "sqlstate", None)


# --- inspectdb ----------------------------------------------------------------------------------------------------


def test_inspectdb_finds_the_views_of_the_role_and_nothing_else(sealed_broker: Broker) -> None:
    django_app.set_up()
    text = django_app.inspected(sealed_broker, "li")
    assert [line for line in text.splitlines() if line.startswith("class ")] == [
        "class Customer(models.Model):",
        "class Policy(models.Model):",
    ]
    assert "Unable to inspect" not in text
    assert "id_card = models.CharField(max_length=18" in text
    assert "annual_income = models.DecimalField(max_digits=12, decimal_places=2" in text
    assert "family = models.JSONField(" in text
    assert "managed = False" in text


# --- save() -------------------------------------------------------------------------------------------------------


def test_save_writes_every_column_and_stores_the_one_that_changed(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    customer = customers.objects.get(pk=1)
    assert (customer.name, customer.mobile, customer.family) == ("王**", "***", {"children": 2, "名": [1.5, None]})
    customer.note = "called"
    with django_statements() as statements:
        customer.save()
    [update] = [s for s in statements if s.startswith("UPDATE")]
    assert all(f'"{column}" = ' in update for column in values(customer) if column != "customer_id")
    after = changed(before, broker.snapshot())
    assert cells(after) == {("customer", 1, "note"): "called"}
    assert history(after) == [("customer", "1", "changed", "note", "first note", "called")]


@contextmanager
def django_statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def watch(execute: Any, statement: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(statement)
        return execute(statement, params, many, context)

    with django_connection.execute_wrapper(watch):
        yield seen


@pytest.mark.parametrize("key", [1, 2, 4, 5])
def test_save_of_an_unchanged_object_changes_nothing_and_leaves_no_history(
    broker: Broker, customers: Any, key: int
) -> None:
    before = broker.snapshot()
    customers.objects.get(pk=key).save()
    assert changed(before, broker.snapshot()) == {}


def test_save_of_a_new_name_moves_it_to_the_vault(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    customer = customers.objects.get(pk=1)
    customer.name = "诸葛亮"
    customer.save()
    customer.refresh_from_db()
    assert customer.name == "诸葛*"
    customer.save()
    after = changed(before, broker.snapshot())
    assert cells(after) == {("customer", 1, "name"): "诸葛*", ("vault.customer", 1, "name"): "诸葛亮"}
    assert history(after) == [("customer", "1", "changed", "name", "王**", "诸葛*")]
    broker.assert_in_step()


def test_a_second_save_without_refresh_writes_the_same_name_once_more(broker: Broker, customers: Any) -> None:
    """The object still holds the true value that it wrote, and it differs from the mask: nothing is lost by it."""
    customer = customers.objects.get(pk=1)
    customer.name = "诸葛亮"
    customer.save()
    before = broker.snapshot()
    customer.save()
    assert cells(changed(before, broker.snapshot())) == {}
    broker.assert_in_step()


def test_a_prospect_of_the_pool_keeps_what_is_hidden_through_save(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    prospect = customers.objects.get(pk=2)
    assert (prospect.name, prospect.birth_date, prospect.health, prospect.family, prospect.note) == (None,) * 5
    prospect.last_contact_at = when = customers.objects.get(pk=1).last_contact_at
    prospect.save()
    after = changed(before, broker.snapshot())
    assert after == {("customer", 2, "last_contact_at"): when}


def test_a_prospect_saved_with_a_value_where_it_is_hidden_is_refused(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    prospect = customers.objects.get(pk=2)
    prospect.health = "guessed"
    with pytest.raises(DatabaseError) as caught:
        prospect.save()
    assert refused(caught) == "CS402"
    assert changed(before, broker.snapshot()) == {}


@pytest.mark.parametrize(
    "key, sets, expected",
    [
        pytest.param(2, "birth_date = NULL", "CS403", id="cells that the role writes"),
        pytest.param(2, "birth_date = birth_date", "CS406", id="a cell that it only reads"),
        pytest.param(5, "family = family", "CS403", id="json alone"),
        pytest.param(5, "family = NULL, annual_income = 1.5", "CS403", id="a number alone"),
    ],
)
@pytest.mark.parametrize("owner_known", [False, True])
def test_a_prospect_loaded_hidden_and_saved_in_scope_is_refused_and_loses_nothing(
    broker: Broker, customers: Any, key: int, sets: str, expected: str, owner_known: bool
) -> None:
    prospect = customers.objects.get(pk=key)
    broker.as_owner(f"UPDATE crm.customer SET owner_staff_id = 'S1', {sets} WHERE customer_id = {key}")
    before = broker.snapshot()
    if owner_known:
        prospect.owner_staff_id = "S1"
    with pytest.raises(DatabaseError) as caught:
        prospect.save()
    # an owner that is not the stored one is a write of a column that agents do not write
    assert refused(caught) == (expected if owner_known else "CS406")
    assert changed(before, broker.snapshot()) == {}


def test_a_prospect_loaded_hidden_may_save_what_it_names(broker: Broker, customers: Any) -> None:
    """`save(update_fields=...)` and `refresh_from_db` are the ways out."""
    prospect = customers.objects.get(pk=2)
    broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S1' WHERE customer_id = 2")
    before = broker.snapshot()
    prospect.note = "mine"
    prospect.save(update_fields=["note"])
    prospect.refresh_from_db()
    assert (prospect.name, prospect.health, prospect.note) == ("韩**", "unknown", "mine")
    prospect.health = "fine"
    prospect.save()
    assert cells(changed(before, broker.snapshot())) == {
        ("customer", 2, "note"): "mine",
        ("customer", 2, "health"): "fine",
    }


def test_clearing_is_said_inside_atomic(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    customer = customers.objects.get(pk=1)
    customer.note = customer.family = None
    with pytest.raises(DatabaseError) as caught:
        customer.save()
    assert refused(caught) == "CS403"
    with transaction.atomic(), django_connection.cursor() as cursor:
        cursor.execute("SET LOCAL pgcustsec.clear = 'note, family'")
        customer.save()
    assert cells(changed(before, broker.snapshot())) == {("customer", 1, "note"): None, ("customer", 1, "family"): None}


def test_a_row_that_was_handed_over_is_not_made_anew_by_save(broker: Broker, customers: Any) -> None:
    """save() inserts what it does not find to update: with a key given, which agents may not."""
    customer = customers.objects.get(pk=1)
    broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S2' WHERE customer_id = 1")
    before = broker.snapshot()
    customer.note = "mine still?"
    with pytest.raises(DatabaseError) as caught:
        customer.save()
    assert refused(caught) == "CS406"
    with pytest.raises(DatabaseError, match="did not affect any rows"):
        customer.save(force_update=True)
    assert changed(before, broker.snapshot()) == {}


# --- new rows -----------------------------------------------------------------------------------------------------


def test_create_gives_the_key_and_refresh_the_masks(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    made = customers.objects.create(
        status="prospect", owner_staff_id="S1", branch_code="BJ", name="张三丰", mobile="13711112222",
        id_card="110101199003070435", birth_date=date(1990, 3, 7), note="new",
    )  # fmt: skip
    assert (made.pk, made.mobile) == (6, "13711112222")
    made.refresh_from_db()
    assert (made.name, made.mobile, made.id_card, made.note) == ("张**", "***", "***", "new")
    assert made.created_at is not None
    after = broker.snapshot()
    for place, column, value in (
        ("customer", "name", "张**"),
        ("customer", "mobile", "137****2222"),
        ("vault.customer", "name", "张三丰"),
        ("vault.customer", "mobile", "13711112222"),
        ("vault.customer", "id_card", "110101199003070435"),
    ):
        assert after[place, 6, column] == value
    difference = changed(before, after)
    assert {key for _, key, _ in cells(difference)} == {6}
    assert history(difference) == [("customer", "6", "made", None, None, None)]
    made.save()
    assert changed(after, broker.snapshot()) == {}
    broker.assert_in_step()


def test_bulk_create_gives_every_object_its_own_key(broker: Broker, customers: Any) -> None:
    made = customers.objects.bulk_create(
        [
            customers(status="prospect", owner_staff_id="S1", name="张三", mobile=f"137{i:08}", note=str(i))
            for i in range(500)
        ],
        batch_size=200,
    )
    keys = {one.pk: (one.note, one.mobile) for one in made}
    stored = broker.rows(
        'SELECT customer_id, b.note, v.mobile FROM crm.customer AS b JOIN pgcustsec_vault."crm.customer" AS v'
        " USING (customer_id) WHERE customer_id > 5"
    )
    assert {key: (note, mobile) for key, note, mobile in stored} == keys
    assert len(keys) == 500
    broker.assert_in_step()


def test_of_bulk_create_one_refused_leaves_none(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    good = {"status": "prospect", "owner_staff_id": "S1", "name": "张三"}
    with pytest.raises(DatabaseError) as caught:
        customers.objects.bulk_create([customers(**good), customers(**good, mobile="137****2222")])
    assert refused(caught) == "CS401"
    assert changed(before, broker.snapshot()) == {}


def test_get_or_create_and_update_or_create_find_by_what_shows(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    found, made = customers.objects.get_or_create(note="first note", defaults={"status": "lost"})
    assert (found.pk, made) == (1, False)
    assert changed(before, broker.snapshot()) == {}
    new, made = customers.objects.get_or_create(
        note="web form", defaults={"status": "prospect", "owner_staff_id": "S1", "mobile": "13711112222"}
    )
    assert (new.pk, made) == (6, True)
    again, made = customers.objects.get_or_create(note="web form", defaults={"status": "prospect"})
    assert (again.pk, made) == (6, False)
    same, made = customers.objects.update_or_create(note="web form", defaults={"health": "well"})
    assert (same.pk, made) == (6, False)
    after = broker.snapshot()
    assert (after["customer", 6, "health"], after["vault.customer", 6, "mobile"]) == ("well", "13711112222")
    broker.assert_in_step()


# --- many rows at once --------------------------------------------------------------------------------------------


def test_update_changes_what_is_served(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    served = customers.objects.filter(owner_staff_id="S1")
    assert served.update(note="all") == 2
    assert served.filter(annual_income__isnull=False).update(annual_income=F("annual_income") * 2) == 1
    with pytest.raises(DatabaseError) as caught:
        customers.objects.update(note="everybody")
    assert refused(caught) == "CS402"
    assert cells(changed(before, broker.snapshot())) == {
        ("customer", 1, "note"): "all",
        ("customer", 4, "note"): "all",
        ("customer", 1, "annual_income"): Decimal("240001.00"),
    }


def test_bulk_update_and_select_for_update(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    with transaction.atomic():
        served = list(customers.objects.select_for_update().filter(owner_staff_id="S1").order_by("pk"))
        for one in served:
            one.note = f"n{one.pk}"
        assert customers.objects.bulk_update(served, ["note"]) == 2
    assert cells(changed(before, broker.snapshot())) == {
        ("customer", 1, "note"): "n1",
        ("customer", 4, "note"): "n4",
    }


def test_what_the_matrix_does_not_allow_fails_by_name(broker: Broker, customers: Any) -> None:
    before = broker.snapshot()
    with pytest.raises(DatabaseError, match="permission denied for view customer") as caught:
        customers.objects.filter(pk=4).delete()
    assert refused(caught) == "42501"
    with pytest.raises(DatabaseError) as caught:
        customers.objects.filter(pk=1).update(status="lost")
    assert refused(caught) == "CS406"
    assert "crm.customer.status" in str(caught.value)
    assert changed(before, broker.snapshot()) == {}


# --- references ---------------------------------------------------------------------------------------------------


def test_references_lead_through_the_views(broker: Broker, service_models: ModuleType) -> None:
    with connected(broker, "chen"):
        claim = service_models.Claim.objects.select_related("policy__customer").get()
        assert (claim.diagnosis, claim.policy.product, claim.policy.customer.mobile) == ("fracture", "life", "***")
        served = service_models.Customer.objects.filter(policy__product__in=["life", "home", "car"]).order_by("pk")
        assert [one.pk for one in served.prefetch_related("policy_set__claim_set")] == [1, 4]
        before = broker.snapshot()
        policy = served[1].policy_set.get()
        made = policy.claim_set.create(diagnosis="flu", amount=Decimal("12.50"), filed_on=date(2026, 1, 1))
        made.amount = Decimal("13.00")
        made.save()
        difference = changed(before, broker.snapshot())
        assert difference["claim", 3, "amount"] == Decimal("13.00")
        assert history(difference) == [
            ("claim", "3", "made", None, None, None),
            ("claim", "3", "changed", "amount", "12.50", "13.00"),
        ]
        with pytest.raises(DatabaseError) as caught:
            service_models.Claim.objects.create(policy_id=2, diagnosis="flu", filed_on=date(2026, 1, 1))
        assert refused(caught) == "42501"
        assert {key for _, key, *_ in cells(changed(before, broker.snapshot()))} == {3}
