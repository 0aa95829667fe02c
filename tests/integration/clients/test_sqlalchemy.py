# ruff: noqa: E501 - a statement of SQL reads best on its line
"""SQLAlchemy's ORM over a role's views: what it loads, flushes and refreshes, and what is stored then (3.1, 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from sqlalchemy import JSON, BigInteger, ForeignKey, Numeric, create_engine, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship, selectinload
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import NullPool

from tests.integration.clients.world import Broker, cells, changed, history

NEW_ID_CARDS = ("110101199003070435", "310101198506150749", "110101200001010015")


class Base(DeclarativeBase):
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        dict[str, Any]: JSONB(none_as_null=True),
        Decimal: Numeric(12, 2),
        int: BigInteger,
    }


class Customer(Base):
    """As an application maps it: no word of masks, and the names of the role's views."""

    __tablename__ = "customer"
    customer_id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str]
    owner_staff_id: Mapped[str | None]
    branch_code: Mapped[str | None]
    name: Mapped[str | None]
    mobile: Mapped[str | None]
    email: Mapped[str | None]
    id_card: Mapped[str | None]
    bank_account: Mapped[str | None]
    gender: Mapped[str | None]
    birth_date: Mapped[date | None]
    age: Mapped[int | None]
    address: Mapped[str | None]
    health: Mapped[str | None]
    family: Mapped[dict[str, Any] | None]
    annual_income: Mapped[Decimal | None]
    note: Mapped[str | None]
    last_contact_at: Mapped[datetime | None]
    created_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    policies: Mapped[list[Policy]] = relationship(back_populates="customer", order_by="Policy.policy_id")


class Policy(Base):
    __tablename__ = "policy"
    policy_id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    product: Mapped[str]
    premium: Mapped[Decimal | None]
    payer_account: Mapped[str | None]
    customer: Mapped[Customer] = relationship(back_populates="policies")
    claims: Mapped[list[Claim]] = relationship(back_populates="policy", order_by="Claim.claim_id")


class Claim(Base):
    __tablename__ = "claim"
    claim_id: Mapped[int] = mapped_column(primary_key=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.policy_id"))
    diagnosis: Mapped[str | None]
    amount: Mapped[Decimal | None]
    filed_on: Mapped[date]
    policy: Mapped[Policy] = relationship(back_populates="claims")


@contextmanager
def session_of(broker: Broker, login: str, **options: Any) -> Iterator[Session]:
    """A session over the person's own login."""
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: broker.person(login, autocommit=False), poolclass=NullPool
    )
    with Session(engine, **options) as session:
        yield session
    engine.dispose()


def state(caught: pytest.ExceptionInfo[DBAPIError]) -> Any:
    return getattr(caught.value.orig, "sqlstate", None)


def load(session: Session, key: int) -> Customer:
    found = session.get(Customer, key)
    assert found is not None
    return found


def values(customer: Customer) -> dict[str, Any]:
    """Every mapped column of *customer*."""
    return {column.key: getattr(customer, column.key) for column in Customer.__mapper__.column_attrs}


# --- loading and changing -----------------------------------------------------------------------------------------


def test_a_changed_attribute_is_stored_and_nothing_else(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        customer = load(session, 1)
        assert (customer.name, customer.mobile, customer.note) == ("王**", "***", "first note")
        customer.note = "called"
        session.flush()
        session.refresh(customer)
        assert (customer.name, customer.mobile, customer.note) == ("王**", "***", "called")
        session.commit()
    after = changed(before, broker.snapshot())
    assert cells(after) == {("customer", 1, "note"): "called"}
    assert history(after) == [("customer", "1", "changed", "note", "first note", "called")]


def test_a_new_name_goes_to_the_vault_and_comes_back_masked_on_refresh(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        customer = load(session, 1)
        customer.name = "诸葛亮"
        session.commit()  # which expires it: the next use reads it again
        assert customer.name == "诸葛*"
    after = changed(before, broker.snapshot())
    assert cells(after) == {("customer", 1, "name"): "诸葛*", ("vault.customer", 1, "name"): "诸葛亮"}
    assert history(after) == [("customer", "1", "changed", "name", "王**", "诸葛*")]
    broker.assert_in_step()


def test_without_a_refresh_an_object_goes_on_showing_what_was_written(broker: Broker) -> None:
    """UPDATE asks for no RETURNING of plain columns: `eager_defaults` does not either. Expire or refresh."""
    with session_of(broker, "li", expire_on_commit=False) as session:
        customer = load(session, 1)
        customer.name = "诸葛亮"
        session.commit()
        assert customer.name == "诸葛亮"
        session.expire(customer, ["name"])
        assert customer.name == "诸葛*"


def test_every_tier_2_value_is_changed_as_its_type_is(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        customer = load(session, 1)
        assert customer.family == {"children": 2, "名": [1.5, None]}
        customer.family = {"children": 3}
        customer.annual_income = Decimal("0.10")
        customer.health = "well\\ 'quoted' \N{GRINNING FACE}"
        session.commit()
    assert cells(changed(before, broker.snapshot())) == {
        ("customer", 1, "family"): {"children": 3},
        ("customer", 1, "annual_income"): Decimal("0.10"),
        ("customer", 1, "health"): "well\\ 'quoted' \N{GRINNING FACE}",
    }


def test_an_expression_of_sql_is_computed_by_the_server(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        customer = load(session, 1)
        customer.annual_income = Customer.annual_income + 1  # type: ignore[assignment]
        session.commit()
        assert customer.annual_income == Decimal("120001.50")
    assert cells(changed(before, broker.snapshot())) == {("customer", 1, "annual_income"): Decimal("120001.50")}


def test_update_of_many_changes_what_is_served_and_hidden_rows_refuse(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        done = session.execute(update(Customer).where(Customer.owner_staff_id == "S1").values(note="all"))
        assert done.rowcount == 2  # type: ignore[attr-defined]
        session.commit()
        kept = changed(before, broker.snapshot())
        with pytest.raises(DBAPIError) as caught:
            session.execute(update(Customer).values(note="everybody"))
    assert state(caught) == "CS402"
    assert cells(kept) == {("customer", 1, "note"): "all", ("customer", 4, "note"): "all"}
    assert changed(before, broker.snapshot()) == kept


def test_update_by_primary_key_in_bulk(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        session.execute(update(Customer), [{"customer_id": key, "note": f"n{key}"} for key in (1, 4)])
        session.commit()
    assert cells(changed(before, broker.snapshot())) == {("customer", 1, "note"): "n1", ("customer", 4, "note"): "n4"}


def test_update_returning_gives_what_the_view_shows(broker: Broker) -> None:
    with session_of(broker, "li") as session:
        statement = update(Customer).where(Customer.customer_id == 1).values(name="张三丰").returning(Customer)
        customer = session.scalars(statement, execution_options={"populate_existing": True}).one()
        assert (customer.name, customer.id_card, customer.health) == ("张**", "***", "asthma")


def test_a_refused_write_leaves_nothing_and_the_session_goes_on(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        customer = load(session, 1)
        for column, value, expected in (
            ("mobile", "13811112222", "CS203"),
            ("name", "张*", "CS401"),
            ("name", " ", "CS405"),
            ("note", None, "CS403"),
            ("status", "lost", "CS406"),
            ("age", 7, "CS406"),
        ):
            customer.health = "must not stay"
            setattr(customer, column, value)
            with pytest.raises(DBAPIError) as caught:
                session.flush()
            assert state(caught) == expected, column
            session.rollback()
        with session.begin_nested() as savepoint:
            customer.status = "lost"
            with pytest.raises(DBAPIError):
                session.flush()
            savepoint.rollback()
        assert customer.status == "customer"
    assert changed(before, broker.snapshot()) == {}


def test_clearing_is_said_in_the_sessions_own_transaction(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        session.execute(text("SET LOCAL pgcustsec.clear = 'note, family'"))
        customer = load(session, 1)
        customer.note = customer.family = None
        session.commit()
    assert cells(changed(before, broker.snapshot())) == {("customer", 1, "note"): None, ("customer", 1, "family"): None}


def test_a_row_that_was_handed_over_meanwhile_is_a_stale_object(broker: Broker) -> None:
    with session_of(broker, "li") as session:
        customer = load(session, 1)
        session.commit()
        assert customer.note == "first note"
        broker.as_owner("UPDATE crm.customer SET owner_staff_id = 'S2' WHERE customer_id = 1")
        before = broker.snapshot()
        customer.note = "mine still?"
        with pytest.raises(StaleDataError):
            session.flush()
    assert changed(before, broker.snapshot()) == {}


def test_a_row_is_locked_by_select_for_update(broker: Broker) -> None:
    with session_of(broker, "li") as session, broker.person("chen") as chen:
        session.scalars(select(Customer).where(Customer.customer_id == 1).with_for_update()).one()
        found = chen.execute("SELECT customer_id FROM customer ORDER BY customer_id FOR UPDATE SKIP LOCKED").fetchall()
        assert 1 not in {key for (key,) in found}
        session.rollback()
        found = chen.execute("SELECT customer_id FROM customer ORDER BY customer_id FOR UPDATE SKIP LOCKED").fetchall()
        assert 1 in {key for (key,) in found}


# --- what was loaded hidden ---------------------------------------------------------------------------------------


def every_column_dirty(session: Session, customer: Customer) -> None:
    """Write back every column as it was loaded, as a careless application does. Unmarked, SQLAlchemy would not."""
    from sqlalchemy.orm.attributes import flag_modified

    for name in values(customer):
        if name != "customer_id":
            flag_modified(customer, name)


@pytest.mark.parametrize("key", [1, 2, 4, 5])
def test_all_columns_written_back_as_they_were_loaded_change_nothing(broker: Broker, key: int) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        customer = load(session, key)
        every_column_dirty(session, customer)
        session.commit()
    assert changed(before, broker.snapshot()) == {}


#: What was loaded hidden shows now: as a cell that the role may clear, and as one that it never writes (birth_date).
COME_INTO_SCOPE = [
    pytest.param("owner_staff_id = 'S1', birth_date = NULL", "CS403", id="writable"),
    pytest.param("owner_staff_id = 'S1'", "CS406", id="read-only"),
]


@pytest.mark.parametrize("sets, expected", COME_INTO_SCOPE)
def test_what_was_loaded_hidden_loses_nothing_when_it_is_saved_in_scope(
    broker: Broker, sets: str, expected: str
) -> None:
    with session_of(broker, "li", expire_on_commit=False) as session:
        customer = load(session, 2)
        assert (customer.name, customer.health, customer.family, customer.mobile) == (None, None, None, "***")
        session.commit()
        broker.as_owner(f"UPDATE crm.customer SET {sets} WHERE customer_id = 2")
        before = broker.snapshot()
        customer.note = "mine"
        session.commit()
        kept = changed(before, broker.snapshot())
        every_column_dirty(session, customer)
        customer.owner_staff_id = "S1"
        with pytest.raises(DBAPIError) as caught:
            session.flush()
    assert state(caught) == expected
    assert cells(kept) == {("customer", 2, "note"): "mine"}
    assert changed(before, broker.snapshot()) == kept


@pytest.mark.parametrize("sets, expected", COME_INTO_SCOPE)
def test_merge_of_a_detached_object_that_was_hidden_is_refused(broker: Broker, sets: str, expected: str) -> None:
    """merge() compares with what is stored now, so that every NULL of then counts as a change."""
    with session_of(broker, "li", expire_on_commit=False) as session:
        detached = load(session, 2)
        session.expunge(detached)
        session.rollback()
        broker.as_owner(f"UPDATE crm.customer SET {sets} WHERE customer_id = 2")
        detached.owner_staff_id = "S1"
        before = broker.snapshot()
        session.merge(detached)
        with pytest.raises(DBAPIError) as caught:
            session.flush()
    assert state(caught) == expected
    assert changed(before, broker.snapshot()) == {}


def test_a_null_of_json_clears_no_more_than_null_does(broker: Broker) -> None:
    """A JSON column of SQLAlchemy's writes None as JSON's null, unless `none_as_null` is set."""
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        load(session, 1).family = JSON.NULL  # type: ignore[assignment]
        with pytest.raises(DBAPIError) as caught:
            session.commit()
    assert state(caught) == "CS403"
    assert changed(before, broker.snapshot()) == {}


# --- inserts ------------------------------------------------------------------------------------------------------


def test_a_new_object_gets_its_key_and_the_vault_its_values(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        customer = Customer(
            status="prospect", owner_staff_id="S1", branch_code="BJ", name="张三丰", mobile="13711112222",
            email="z@example.com", id_card=NEW_ID_CARDS[0], birth_date=date(1990, 3, 7), note="new",
        )  # fmt: skip
        session.add(customer)
        session.flush()
        assert customer.customer_id == 6
        assert customer.mobile == "13711112222", "until it is read again"
        session.commit()
        assert (customer.name, customer.mobile, customer.note) == ("张**", "***", "new")
        assert customer.created_at is not None
    after = cells(changed(before, broker.snapshot()))
    shown = {(place, column): value for (place, key, column), value in after.items() if key == 6 and value is not None}
    assert shown["customer", "name"] == "张**"
    assert shown["customer", "mobile"] == "137****2222"
    assert shown["customer", "birth_date"] == date(1990, 3, 7)
    assert shown["vault.customer", "name"] == "张三丰"
    assert shown["vault.customer", "mobile"] == "13711112222"
    assert shown["vault.customer", "email"] == "z@example.com"
    assert shown["vault.customer", "id_card"] == NEW_ID_CARDS[0]
    assert {key for _, key, _ in after} == {6}
    broker.assert_in_step()


def test_many_new_objects_get_the_keys_of_their_own_rows(broker: Broker) -> None:
    """insertmanyvalues: one INSERT of many rows, whose RETURNING must answer row for row."""
    count = 2500  # more than a batch of 1000
    with session_of(broker, "li") as session:
        customers = [
            Customer(
                status="prospect", owner_staff_id="S1", branch_code="BJ", name="张三", mobile=f"137{i:08}", note=str(i)
            )
            for i in range(count)
        ]
        session.add_all(customers)
        session.flush()
        keys = {customer.customer_id: str(i) for i, customer in enumerate(customers)}
        session.commit()
    assert len(keys) == count
    stored = broker.rows(
        'SELECT customer_id, b.note, v.mobile, v.name, b.mobile FROM crm.customer AS b JOIN pgcustsec_vault."crm.customer" AS v'
        " USING (customer_id) WHERE customer_id > 5"
    )
    assert {key: note for key, note, *_ in stored} == keys
    assert all(mobile == f"137{int(note):08}" and name == "张三" for _, note, mobile, name, _ in stored)
    assert all(masked == mobile[:3] + "****" + mobile[7:] for _, _, mobile, _, masked in stored)
    broker.assert_in_step()


def test_insert_of_values_returning_in_the_order_given(broker: Broker) -> None:
    rows = [
        {"status": "prospect", "owner_staff_id": "S1", "mobile": f"1371111{i:04}", "note": str(i)} for i in range(50)
    ]
    with session_of(broker, "li") as session:
        statement = insert(Customer).returning(Customer.customer_id, Customer.note, sort_by_parameter_order=True)
        returned = session.execute(statement, rows).all()
        listed = session.execute(insert(Customer).values(rows[:3]).returning(Customer.note, Customer.mobile)).all()
        session.commit()
    assert [note for _, note in returned] == [str(i) for i in range(50)]
    assert [tuple(row) for row in listed] == [("0", "***"), ("1", "***"), ("2", "***")]
    assert broker.rows("SELECT count(*) FROM crm.customer WHERE customer_id > 5") == [(53,)]
    broker.assert_in_step()


def test_of_many_inserted_one_refused_leaves_none(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        for wrong, expected in (
            ({"mobile": "137****2222"}, "CS401"),
            ({"id_card": "110101199003070019"}, "CS404"),
            ({"health": "well"}, "CS406"),
            ({"owner_staff_id": "S2"}, "42501"),
            ({"status": "friend"}, "23514"),
        ):
            good = {"status": "prospect", "owner_staff_id": "S1", "name": "张三"}
            session.add_all([Customer(**good), Customer(**(good | wrong)), Customer(**good)])
            with pytest.raises(DBAPIError) as caught:
                session.flush()
            assert state(caught) == expected
            assert not any(value in str(caught.value.orig) for value in ("110101199003070019", "张三"))
            session.rollback()
    assert changed(before, broker.snapshot()) == {}


# --- relationships ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", [joinedload, selectinload])
def test_what_hangs_on_a_customer_is_loaded_as_the_role_sees_it(broker: Broker, option: Any) -> None:
    with session_of(broker, "chen") as session:
        statement = select(Customer).options(option(Customer.policies).options(option(Policy.claims)))
        found = session.scalars(statement.order_by(Customer.customer_id)).unique().all()
        tree = {
            c.customer_id: [(p.product, p.payer_account, [k.diagnosis for k in p.claims]) for p in c.policies]
            for c in found
        }
        assert tree == {1: [("life", "***", ["fracture"])], 2: [], 4: [("home", "***", [])], 5: []}
        joined = select(Customer.customer_id, Claim.amount).join(Customer.policies).join(Policy.claims)
        assert [tuple(row) for row in session.execute(joined)] == [(1, Decimal("250.00"))]


def test_a_claim_is_added_by_way_of_its_policy(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "chen") as session:
        policy = load(session, 4).policies[0]
        policy.claims.append(Claim(diagnosis="flu", amount=Decimal("12.50"), filed_on=date(2026, 1, 1)))
        session.commit()
        [claim] = policy.claims
        assert (claim.claim_id, claim.policy.customer.customer_id, claim.diagnosis) == (3, 4, "flu")
        claim.amount = Decimal("13.00")
        session.commit()
    after = changed(before, broker.snapshot())
    assert cells(after) == {
        ("claim", 3, "claim_id"): 3,
        ("claim", 3, "policy_id"): 3,
        ("claim", 3, "diagnosis"): "flu",
        ("claim", 3, "amount"): Decimal("13.00"),
        ("claim", 3, "filed_on"): date(2026, 1, 1),
    }
    assert history(after) == [
        ("claim", "3", "made", None, None, None),
        ("claim", "3", "changed", "amount", "12.50", "13.00"),
    ]


def test_a_claim_under_a_policy_that_is_not_served_is_refused(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "chen") as session:
        session.add(Claim(policy_id=2, diagnosis="flu", filed_on=date(2026, 1, 1)))
        with pytest.raises(DBAPIError) as caught:
            session.flush()
    assert state(caught) == "42501"
    assert changed(before, broker.snapshot()) == {}


# --- what the matrix does not allow ---------------------------------------------------------------------------------


def test_what_the_matrix_does_not_allow_fails_by_name(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "li") as session:
        session.delete(load(session, 4))
        with pytest.raises(DBAPIError) as caught:
            session.flush()
        # its policies are asked to let go of it first, and policies an agent does not write at all
        assert state(caught) in ("42501", "55000")
        assert "policy" in str(caught.value.orig)
        session.rollback()
        with pytest.raises(DBAPIError) as caught:
            session.execute(text("DELETE FROM customer WHERE customer_id = 4"))
        assert state(caught) == "42501"
        assert "permission denied for view customer" in str(caught.value.orig)
    assert changed(before, broker.snapshot()) == {}


def test_a_manager_hands_a_customer_over(broker: Broker) -> None:
    before = broker.snapshot()
    with session_of(broker, "zhao") as session:
        load(session, 1).owner_staff_id = "S2"
        session.commit()
    after = changed(before, broker.snapshot())
    assert after == {("customer", 1, "owner_staff_id"): "S2"}
