# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Databases as they come: hostile names, composite keys, inheritance, partitions, no keys, and a video shop's."""

from __future__ import annotations

import pytest

from pgcustsec.db import connect
from pgcustsec.inspecting.proposing import Proposal, propose
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Parent
from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.cluster import Database, Server
from tests.integration.inspecting.running import run
from tests.worlds import CUSTOMER, LEAD, World, odd_world


def proposed(database: Database, *schemas: str) -> Proposal:
    with connect(database.conninfo()) as connection:
        found = propose(connection, schemas, 1_000)
    assert loads(found.text) == found.matrix
    return found


@pytest.fixture
def odd_one(server: Server) -> World:
    with odd_world(server) as world:
        yield world


def test_hostile_names_keys_of_two_columns_partitions_and_heirs_are_proposed_and_planned(odd_one: World) -> None:
    found = proposed(odd_one.database)
    tables = found.matrix.tables
    assert {CUSTOMER, LEAD} <= set(tables)
    assert tables[CUSTOMER].key == ("Region", "Nr")
    masked = {name: c.kind for name, c in tables[CUSTOMER].columns.items() if name in ("Name", "mobile", "Telefon")}
    assert masked == {"Name": "name", "mobile": "phone", "Telefon": "phone"}
    assert tables[CUSTOMER].columns["secret"].tier == 1, "what nothing tells of"
    assert (tables[LEAD].key, tables[LEAD].columns["email"].kind) == (("id",), "email")
    left = dict(found.left_out)
    assert "inherits" in left['Kunden "Daten".Vertrag alt']
    assert "has no key" in left["Leads.zuteilung"]
    # The world's people are of the matrix that it comes with, and its branches.
    odd_one.execute("DELETE FROM pgcustsec_internal.staff_role", "DELETE FROM pgcustsec_internal.staff")
    with odd_one.connect() as connection:
        assert plan_matrix(connection, found.matrix).statements
        apply_matrix(connection, found.matrix)
    again = proposed(odd_one.database)
    with odd_one.connect() as connection:
        assert [statement.what for statement in plan_matrix(connection, again.matrix).statements] == []


CHINESE = """
CREATE SCHEMA "业务";
CREATE TABLE "业务"."客户" ("客户编号" bigint PRIMARY KEY, "姓名" text, "手机号" text, "证件号码" text, "证件类型" text, "备注 一" text,
    "开户银行卡号" text, "婚姻状况" text, "创建时间" timestamptz);
CREATE TABLE "业务"."保单" ("保单号" bigint PRIMARY KEY, "客户编号" bigint NOT NULL REFERENCES "业务"."客户", "险种" text, "年缴保费" numeric);
CREATE TABLE "业务".kh_lxfs (bh serial PRIMARY KEY, khbh bigint REFERENCES "业务"."客户", lxdh text, sfzh text, xm text, yhkh text, dz text, zt text, cjsj timestamp);
"""


def test_chinese_names_and_pinyin_are_read(database: Database) -> None:
    database.execute(CHINESE)
    tables = proposed(database).matrix.tables
    tiers = {name: {c.name: (c.tier, c.kind) for c in table.columns.values()} for name, table in tables.items()}
    assert tiers["业务.客户"] == {
        "客户编号": (3, None),
        "姓名": (2, "name"),
        "手机号": (1, "phone"),
        "证件号码": (1, "id_document"),
        "证件类型": (3, None),
        "备注 一": (2, "text"),
        "开户银行卡号": (1, "bank_account"),
        "婚姻状况": (2, "family"),
        "创建时间": (3, None),
    }
    assert tables["业务.保单"].parent == Parent("业务.客户", ("客户编号",))
    assert tiers["业务.保单"] == {
        "保单号": (3, None),
        "客户编号": (3, None),
        "险种": (2, None),
        "年缴保费": (2, "finance"),
    }
    assert tiers["业务.kh_lxfs"] == {
        "bh": (3, None),
        "khbh": (3, None),
        "lxdh": (1, "phone"),
        "sfzh": (1, "id_document"),
        "xm": (2, "name"),
        "yhkh": (1, "bank_account"),
        "dz": (1, "address"),
        "zt": (3, None),
        "cjsj": (3, None),
    }


#: A video shop, as its well-known example is made: customers who point at their address, payments in partitions.
VIDEO_SHOP = """
CREATE TABLE public.address (address_id serial PRIMARY KEY, address text NOT NULL, address2 text, district text NOT NULL, city_id integer NOT NULL, postal_code text, phone text NOT NULL, last_update timestamptz);
CREATE TABLE public.store (store_id serial PRIMARY KEY, manager_staff_id integer NOT NULL, address_id integer NOT NULL REFERENCES public.address);
CREATE TABLE public.customer (customer_id serial PRIMARY KEY, store_id integer NOT NULL REFERENCES public.store, first_name text NOT NULL, last_name text NOT NULL, email text, address_id integer NOT NULL REFERENCES public.address, activebool boolean DEFAULT true NOT NULL, create_date date NOT NULL);
CREATE TABLE public.staff (staff_id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text, username text NOT NULL, password text, picture bytea);
CREATE TABLE public.actor (actor_id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, last_update timestamptz);
CREATE TABLE public.film (film_id serial PRIMARY KEY, title text NOT NULL, description text, rental_rate numeric(4,2), special_features text[], fulltext tsvector);
CREATE TABLE public.inventory (inventory_id serial PRIMARY KEY, film_id integer NOT NULL REFERENCES public.film, store_id integer NOT NULL REFERENCES public.store);
CREATE TABLE public.rental (rental_id serial PRIMARY KEY, rental_date timestamptz NOT NULL, inventory_id integer NOT NULL REFERENCES public.inventory, customer_id integer NOT NULL REFERENCES public.customer, staff_id integer NOT NULL REFERENCES public.staff);
CREATE TABLE public.payment (payment_id serial, customer_id integer NOT NULL REFERENCES public.customer, staff_id integer NOT NULL REFERENCES public.staff, rental_id integer NOT NULL REFERENCES public.rental, amount numeric(5,2) NOT NULL, payment_date timestamptz NOT NULL, PRIMARY KEY (payment_date, payment_id)) PARTITION BY RANGE (payment_date);
CREATE TABLE public.payment_p1 PARTITION OF public.payment FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE public.payment_p2 PARTITION OF public.payment FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE MATERIALIZED VIEW public.rental_by_category AS SELECT film_id FROM public.film;
CREATE VIEW public.customer_list AS SELECT first_name FROM public.customer;
"""


def test_of_a_video_shop_what_leads_to_customers_is_proposed_and_the_rest_is_told(database: Database) -> None:
    database.execute(VIDEO_SHOP)
    found = proposed(database)
    tables = found.matrix.tables
    assert {name: table.parent for name, table in tables.items()} == {
        "public.customer": None,
        "public.rental": Parent("public.customer", ("customer_id",)),
        "public.payment": Parent("public.customer", ("customer_id",)),
        "public.address": None,
    }
    assert tables["public.payment"].key == ("payment_date", "payment_id")
    customer = {name: (column.tier, column.kind) for name, column in tables["public.customer"].columns.items()}
    assert customer["first_name"] == customer["last_name"] == (2, "name")
    assert (customer["email"], customer["customer_id"], customer["store_id"]) == ((1, "email"), (3, None), (3, None))
    assert tables["public.address"].columns["phone"].kind == "phone"
    assert found.places["public.address"].confidence < 0.5
    left = dict(found.left_out)
    assert set(left) == {
        "public.actor",
        "public.film",
        "public.inventory",
        "public.rental_by_category",
        "public.staff",
        "public.store",
    }
    assert (
        left["public.staff"]
        == "it is of staff, who are no customers; but email, password, picture identify somebody: close it by other means"
    )
    assert "materialized view" in left["public.rental_by_category"]


def test_what_nothing_tells_of_is_tier_1_or_flagged(database: Database) -> None:
    database.execute(
        "CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text, zzz text, yyy numeric, xxx jsonb, www bytea, vvv text[], uuu text CHECK (length(uuu) < 9), ttt char(2), sss date)",
    )
    found = proposed(database)
    columns = {name: (c.tier, c.kind) for name, c in found.matrix.tables["public.customer"].columns.items()}
    assert columns == {
        "id": (3, None),
        "name": (2, "name"),
        "mobile": (1, "phone"),
        "zzz": (1, "text"),
        "yyy": (2, None),
        "xxx": (1, "json"),
        "www": (1, "file"),
        "vvv": (1, "text"),
        "uuu": (2, None),
        "ttt": (2, None),
        "sss": (2, None),
    }
    told = {name: one.told for name, one in found.guesses["public.customer"].items()}
    assert not any(told[name] for name in ("zzz", "yyy", "xxx", "vvv", "uuu", "ttt", "sss"))
    assert "# Columns that nothing tells of: 7." in found.text
    assert (
        "uuu: {tier: 2}   # 0.10: not told; look at it: tier 1 cannot be sealed, a CHECK or foreign key is over it"
        in found.text
    )


def test_values_go_before_names(database: Database) -> None:
    database.execute(
        "CREATE TABLE public.customer (id integer PRIMARY KEY, name text, status text, remark text, ref bigint)",
        "INSERT INTO public.customer SELECT n, 'x', '138' || lpad(n::text, 8, '0'), CASE WHEN n % 50 = 0 THEN '见 a@b.cn' ELSE '好' END, 13800000000 + n FROM generate_series(1, 500) AS n",
    )
    columns = proposed(database).matrix.tables["public.customer"].columns
    assert [(columns[name].tier, columns[name].kind) for name in ("status", "remark", "ref")] == [
        (1, "phone"),
        (1, "text"),
        (1, "phone"),
    ]


def test_a_table_whose_key_identifies_is_left_out_and_told(database: Database) -> None:
    database.execute(
        "CREATE TABLE public.customer (id_card text PRIMARY KEY, name text)",
        "CREATE TABLE public.client (id_card text PRIMARY KEY, no integer NOT NULL UNIQUE, name text)",
        "CREATE TABLE public.prospect (mobile text, name text)",
    )
    found = proposed(database)
    assert {name: table.key for name, table in found.matrix.tables.items()} == {"public.client": ("no",)}
    left = dict(found.left_out)
    assert left["public.customer"].startswith("its key is of tier 1")
    assert left["public.prospect"].startswith("it has no key")


def test_a_name_that_would_be_read_as_part_of_the_matrix_is_none(database: Database) -> None:
    database.execute(
        'CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text, "x: y}, z: {tier: 3" text, "a.b" text, "c\nroles: {}" text)',
        'CREATE TABLE public."evil\nadministrators: {roles: [mallory]}" (id integer)',
        'CREATE TABLE public."dotted.name" (id integer PRIMARY KEY, mobile text)',
    )
    found = proposed(database)
    assert list(found.matrix.tables["public.customer"].columns) == ["id", "name", "mobile", "x: y}, z: {tier: 3"]
    assert found.matrix.administrators.roles != ("mallory",)
    assert "# public.evil\\x0aadministrators: {roles: [mallory]} is left out" in found.text
    assert "its name has a dot" in dict(found.left_out)["public.dotted.name"]


def test_only_the_schemas_that_are_named_are_looked_at(database: Database) -> None:
    database.execute(
        "CREATE SCHEMA one",
        "CREATE SCHEMA two",
        *(
            f"CREATE TABLE {schema}.customer (id integer PRIMARY KEY, name text, mobile text)"
            for schema in ("one", "two")
        ),
    )
    assert set(proposed(database).matrix.tables) == {"one.customer", "two.customer"}
    assert set(proposed(database, "two").matrix.tables) == {"two.customer"}
    done = run(database, "inspect", "--schema", "tow")
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no schema tow" in done.stderr


def test_a_database_with_a_name_of_its_own_gets_an_organisation_and_a_prefix_that_are_free(
    server: Server, prefix: str
) -> None:
    database = server.create_database('客户 "数据"\n:' + prefix)
    try:
        database.execute("CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text)")
        found = proposed(database).matrix
    finally:
        server.drop_database(database.name)
    assert found.organisation == "客户 _数据___" + prefix
    assert found.role_prefix == prefix.strip("_") + "_" or found.role_prefix.startswith("db_")


def test_a_folder_that_is_not_there_is_told(database: Database) -> None:
    database.execute("CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text)")
    done = run(database, "inspect", "-o", "/nowhere/matrix.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot write /nowhere/matrix.yaml" in done.stderr


def test_a_group_that_writes_without_reading_is_told(database: Database, prefix: str) -> None:
    database.execute(
        "CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text)",
        f"CREATE ROLE {prefix}import NOLOGIN",
        f"CREATE ROLE {prefix}robot LOGIN IN ROLE {prefix}import",
        f"GRANT INSERT ON public.customer TO {prefix}import",
    )
    found = proposed(database)
    assert [role.tables for role in found.matrix.roles.values()] == [{}]
    assert "# it writes public.customer today without reading it: left out" in found.text


def test_a_table_that_cannot_be_read_is_told_by_names_alone(database: Database, prefix: str) -> None:
    database.execute(
        "CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text, status text)",
        "INSERT INTO public.customer SELECT n, 'x', '', '138' || lpad(n::text, 8, '0') FROM generate_series(1, 50) AS n",
        f"CREATE ROLE {prefix}auditor LOGIN",
    )
    with connect(database.conninfo(f"{prefix}auditor")) as connection:
        found = propose(connection, (), 1_000)
    assert set(found.unread) == {"public.customer"}
    columns = found.matrix.tables["public.customer"].columns
    assert (columns["mobile"].tier, columns["status"].tier) == (1, 3)
    assert (
        "# told by names alone, its values were not read: no right to SELECT, and none to act as postgres" in found.text
    )
    assert proposed(database).matrix.tables["public.customer"].columns["status"].tier == 1, (
        "the control: it can be read"
    )


def test_a_reference_over_a_column_that_no_matrix_can_name_leads_nowhere(database: Database) -> None:
    database.execute(
        "CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text)",
        'CREATE TABLE public.contract (id integer PRIMARY KEY, "customer.id" integer REFERENCES public.customer)',
    )
    found = proposed(database)
    assert set(found.matrix.tables) == {"public.customer"}
    assert "public.contract" in dict(found.left_out)


def test_whose_row_it_is_and_who_serves_it_is_for_no_group_to_change(database: Database, prefix: str) -> None:
    """Who could name themselves as serving would see tier 2 of everybody (5.2.2)."""
    database.execute(
        "CREATE TABLE public.customer (id integer PRIMARY KEY, name text, mobile text, agent_id text, status text)",
        "CREATE TABLE public.visit (id integer PRIMARY KEY, customer_id integer REFERENCES public.customer, remark text)",
        f"CREATE ROLE {prefix}agents NOLOGIN",
        f"CREATE ROLE {prefix}li LOGIN IN ROLE {prefix}agents",
        f"GRANT SELECT, UPDATE ON public.customer, public.visit TO {prefix}agents",
    )
    [role] = proposed(database).matrix.roles.values()
    assert role.tables["public.customer"].write.update == ("name", "mobile", "status")
    assert role.tables["public.visit"].write.update == ("remark",)
