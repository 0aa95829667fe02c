# ruff: noqa: E501 - a statement of SQL reads best on its line
"""How rows find their customer: keys of several columns, several ways, circles, keys that are not the primary one."""

from __future__ import annotations

import pytest

from pgcustsec.db import connect
from pgcustsec.inspecting.proposing import Proposal, propose
from pgcustsec.matrix.model import Parent
from tests.cluster import Database

pytestmark = pytest.mark.one_server


def proposed(database: Database) -> Proposal:
    with connect(database.conninfo()) as connection:
        return propose(connection, (), 1_000)


def parents(database: Database) -> dict[str, Parent | None]:
    return {name.removeprefix("public."): table.parent for name, table in proposed(database).matrix.tables.items()}


CUSTOMER = "CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text)"


def test_columns_of_a_reference_stand_in_the_order_of_the_key(database: Database) -> None:
    database.execute(
        "CREATE TABLE public.customer (region text, nr integer, name text, mobile text, PRIMARY KEY (region, nr))",
        "CREATE TABLE public.contract (id integer PRIMARY KEY, c_nr integer, c_region text, FOREIGN KEY (c_nr, c_region) REFERENCES public.customer (nr, region))",
    )
    assert parents(database)["contract"] == Parent("public.customer", ("c_region", "c_nr"))


def test_of_several_ways_the_one_that_a_row_always_has_is_taken_and_the_others_are_told(database: Database) -> None:
    database.execute(
        CUSTOMER,
        "CREATE TABLE public.contract (id integer PRIMARY KEY, beneficiary integer REFERENCES public.customer, holder integer NOT NULL REFERENCES public.customer)",
    )
    found = proposed(database)
    assert found.matrix.tables["public.contract"].parent == Parent("public.customer", ("holder",))
    assert found.places["public.contract"].why == "by its foreign key; it could lead by beneficiary too"


def test_a_circle_and_a_reference_to_itself_lead_nowhere_twice(database: Database) -> None:
    database.execute(
        CUSTOMER,
        "ALTER TABLE public.customer ADD referrer integer REFERENCES public.customer",
        "CREATE TABLE public.contract (id integer PRIMARY KEY, customer_id integer NOT NULL REFERENCES public.customer)",
        "ALTER TABLE public.customer ADD newest integer REFERENCES public.contract",
    )
    assert parents(database) == {"customer": None, "contract": Parent("public.customer", ("customer_id",))}


def test_the_key_is_the_one_that_others_refer_to(database: Database) -> None:
    database.execute(
        "CREATE TABLE public.customer (id integer PRIMARY KEY, no integer NOT NULL UNIQUE, name text, mobile text)",
        "CREATE TABLE public.contract (id integer PRIMARY KEY, customer_no integer NOT NULL REFERENCES public.customer (no))",
    )
    found = proposed(database).matrix.tables
    assert found["public.customer"].key == ("no",)
    assert found["public.contract"].parent == Parent("public.customer", ("customer_no",))


def test_without_a_foreign_key_a_column_named_as_the_tables_key_leads_to_it(database: Database) -> None:
    database.execute(
        "CREATE TABLE public.customers (id bigint PRIMARY KEY, name text, mobile text)",
        'CREATE TABLE public.contract (id bigint PRIMARY KEY, "customerId" integer)',
        "CREATE TABLE public.note (id bigint PRIMARY KEY, customer_id text)",
    )
    found = proposed(database)
    assert found.matrix.tables["public.contract"].parent == Parent("public.customers", ("customerId",))
    assert found.places["public.contract"].confidence == 0.6
    assert "public.note" in dict(found.left_out), "a text cannot hold a number's key"


def test_three_steps_lead_to_a_customer_too(database: Database) -> None:
    database.execute(
        CUSTOMER,
        "CREATE TABLE public.contract (id integer PRIMARY KEY, customer_id integer REFERENCES public.customer)",
        "CREATE TABLE public.claim (id integer PRIMARY KEY, contract_id integer REFERENCES public.contract)",
        "CREATE TABLE public.payout (id integer PRIMARY KEY, claim_id integer REFERENCES public.claim, amount numeric)",
    )
    assert parents(database)["payout"] == Parent("public.claim", ("claim_id",))


def test_a_person_who_hangs_on_a_customers_contract_is_no_customer_of_their_own(database: Database) -> None:
    database.execute(
        CUSTOMER,
        "CREATE TABLE public.contract (id integer PRIMARY KEY, customer_id integer REFERENCES public.customer)",
        "CREATE TABLE public.insured (id integer PRIMARY KEY, contract_id integer REFERENCES public.contract, name text, id_card text)",
    )
    assert parents(database)["insured"] == Parent("public.contract", ("contract_id",))
