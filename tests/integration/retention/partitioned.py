# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
A broker whose customers lie in partitions by the day that they came, sealed, with policies that refer to them.

Prospects go two years after they came; customers stay. 2019 and 2020 are past every term, 2020 under an odd name;
so are the default partition, the one without a beginning, and 2018, which is parted by number, and stay
all the same. What a year has is found by `keys`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from psycopg.types.json import Jsonb

from pgcustsec.matrix.model import Access, Administrators, Basis, Matrix, Parent, RetentionRule, ServedByColumn, Table
from pgcustsec.migrate import apply_matrix
from pgcustsec.plan import Plan
from pgcustsec.retention import Swept, restamp, sweep
from pgcustsec.vault import seal
from tests.cluster import Server, unique
from tests.work import sign_for_everyone
from tests.worlds import CRM_STAFF, World, _make_people, _make_tables, _world, columns, crm_matrix, role

CUSTOMER, POLICY = "crm.customer", "crm.policy"
ODD_NAME = "Teil 2020 %s \"x\" 'y'"
ODD = f'crm."{ODD_NAME.replace(chr(34), chr(34) * 2)}"'

TABLES = f"""
CREATE TABLE crm.customer (customer_id bigint NOT NULL, came_on date NOT NULL, status text NOT NULL DEFAULT 'prospect', agent text,
    branch_code text, name text, mobile text, note text, PRIMARY KEY (customer_id, came_on)) PARTITION BY RANGE (came_on);
CREATE TABLE crm.customer_before PARTITION OF crm.customer FOR VALUES FROM (MINVALUE) TO ('2018-01-01');
CREATE TABLE crm.customer_2018 PARTITION OF crm.customer FOR VALUES FROM ('2018-01-01') TO ('2019-01-01') PARTITION BY LIST (customer_id);
CREATE TABLE crm.customer_2018_all PARTITION OF crm.customer_2018 DEFAULT;
CREATE TABLE crm.customer_2019 PARTITION OF crm.customer FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');
CREATE TABLE {ODD} PARTITION OF crm.customer FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE crm.customer_now PARTITION OF crm.customer FOR VALUES FROM ('2021-01-01') TO ('2099-01-01');
CREATE TABLE crm.customer_rest PARTITION OF crm.customer DEFAULT;
CREATE TABLE crm.policy (policy_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer_id bigint NOT NULL, came_on date NOT NULL,
    product text, FOREIGN KEY (customer_id, came_on) REFERENCES crm.customer);
"""


def partitioned_matrix(prefix: str) -> Matrix:
    matrix = crm_matrix(prefix)
    rule = RetentionRule("prospect", "status = 'prospect'", Basis(("came_on",)), 730)
    customer = Table(
        "crm",
        "customer",
        ("customer_id", "came_on"),
        columns("customer_id:3 came_on:3 status:3 agent:3 branch_code:3 name:2:name mobile:1:phone note:2"),
        served_by=(ServedByColumn("agent"),),
        branch="branch_code",
        retention=(rule,),
        drop_partitions=True,
    )
    policy = Table(
        "crm",
        "policy",
        ("policy_id",),
        columns("policy_id:3 customer_id:3 came_on:3 product:2"),
        parent=Parent(CUSTOMER, ("customer_id", "came_on")),
    )
    agent = role("sales_agent", "sales", Access(CUSTOMER, ("all",), "serving"), Access(POLICY, ("all",), "serving"))
    others = {name: replace(one, tables={}) for name, one in matrix.roles.items()}
    return replace(
        matrix,
        tables={CUSTOMER: customer, POLICY: policy},
        roles={**others, "sales_agent": agent},
        administrators=Administrators((f"{prefix}dba",), (f"{prefix}owner",)),
    )


@dataclass
class Parts(World):
    def rows(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with self.database.connect() as connection:
            return connection.execute(query.encode(), parameters or None).fetchall()

    def add(self, year: int, first: int, last: int, status: str = "prospect") -> None:
        """Customers of *year*, with their names in the vault and a policy each."""
        self.execute(
            "INSERT INTO crm.customer (customer_id, came_on, status, agent, branch_code, name, mobile)"
            f" SELECT i, '{year}-06-01'::date + mod(i, 100), '{status}', 'S1', 'BJ', pgcustsec_internal.mask_name('kan-' || i || '-'),"
            f" pgcustsec_internal.mask_phone((13800000000 + i)::text) FROM generate_series({first}, {last}) AS i",
            'INSERT INTO pgcustsec_vault."crm.customer" (customer_id, came_on, name, mobile)'
            " SELECT customer_id, came_on, 'kan-' || customer_id || '-', (13800000000 + customer_id)::text FROM crm.customer"
            f" WHERE customer_id BETWEEN {first} AND {last}"
            " ON CONFLICT (customer_id, came_on) DO UPDATE SET name = EXCLUDED.name, mobile = EXCLUDED.mobile",
            "INSERT INTO crm.policy (customer_id, came_on, product) SELECT customer_id, came_on, 'life' FROM crm.customer"
            f" WHERE customer_id BETWEEN {first} AND {last}",
        )

    def keys(self, relation: str = "crm.customer") -> list[int]:
        return [row[0] for row in self.rows(f"SELECT customer_id FROM {relation} ORDER BY 1")]

    def partitions(self) -> set[str]:
        """The names of the leaves."""
        return {
            row[0]
            for row in self.rows(
                "SELECT c.relname FROM pg_partition_tree('crm.customer') AS p JOIN pg_class AS c ON c.oid = p.relid WHERE isleaf"
            )
        }

    def swept(self, **terms: Any) -> Swept:
        with self.connect(self.admin) as connection:
            [done] = sweep(connection, [CUSTOMER], **terms)
        return done

    def apply(self, matrix: Matrix | None = None) -> Plan:
        with self.connect(self.admin) as connection:
            return apply_matrix(connection, matrix or self.matrix)

    def hold(self, predicate: object = None, key: str | None = None) -> int:
        """Place a hold, as the function for supervisors writes it down, and return its number."""
        [(number,)] = self.rows(
            "INSERT INTO pgcustsec_internal.hold (relation, reason, review_at, placed_by, predicate) VALUES"
            " ('crm.customer', 'lawsuit', now() + interval '1 day', 'S3', %s) RETURNING hold_id",
            None if predicate is None else Jsonb(predicate),
        )
        if key is not None:
            self.execute(
                f"INSERT INTO pgcustsec_internal.hold_subject (hold_id, relation, record_key) VALUES ({number}, 'crm.customer', '{key}')"
            )
        return int(number)

    def release(self, number: int) -> None:
        self.execute(
            f"INSERT INTO pgcustsec_internal.hold_release (hold_id, reason, released_by) VALUES ({number}, 'over', 'S3')"
        )


#: What no sweep ever drops.
STAYS = frozenset({"customer_before", "customer_2018_all", "customer_now", "customer_rest"})


@contextmanager
def parts_world(server: Server) -> Iterator[Parts]:
    prefix = unique("w") + "_"
    with _world(server, prefix, partitioned_matrix(prefix)) as world:
        _make_tables(world, ["crm"], world.owner, TABLES)
        _make_people(world, CRM_STAFF)
        with world.connect(world.admin) as connection:
            apply_matrix(connection, world.matrix)
        with world.connect(world.admin) as connection:
            seal(connection, world.matrix)
            restamp(connection)
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        yield Parts(world.database, prefix, world.matrix)
