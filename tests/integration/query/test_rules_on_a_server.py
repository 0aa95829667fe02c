"""What the rules of `query check` say of PostgreSQL, asked of it by the demo's people."""

from __future__ import annotations

import psycopg
import pytest

from pgcustsec.db import Connection
from pgcustsec.query import Checker
from pgcustsec.query.parse import Parsed, parse
from pgcustsec.query.rules import RULES, Context, Rule, call_refused, find_all, owners_work
from pgcustsec.query.rules.leaky_filter import LEAKPROOF, LEAKY
from pgcustsec.query.rules.writing import columns_of
from tests.cluster import Server
from tests.integration.clients.world import Broker

LOGINS = {"sales_agent": "li", "sales_manager": "zhao"}
#: By code, what stands for $1 and $2 where key 1 and a text will not do.
VALUES = {"CQ28": ("1", "13700001111")}
#: What is an error because the database refuses it. Others go against the policy though it lets them through.
REFUSED = "CQ07 CQ11 CQ12 CQ20 CQ22 CQ28 CQ30 CQ39 CQ40 CQ41 CQ43 CQ46 CQ47 CQ48 CQ49 CQ50".split()
#: Remedies that an administrator runs, in a migration.
OWNERS = "CQ20 CQ22 CQ39 CQ40 CQ43 CQ50".split()


def opened(connection: Connection) -> None:
    connection.execute("SELECT pgcustsec.open_record('customer', '1', 'renewal')")


def send(connection: Connection, one: Parsed, rule: Rule, prefix: str) -> None:
    key, value = VALUES.get(rule.code, ("1", "value"))
    text = one.text.replace("$1", f"'{key}'").replace("$2", f"'{value}'").replace("wutong_", prefix)
    if one.kind == "CopyStmt":
        with connection.cursor() as cursor, cursor.copy(text.encode()) as copy:
            assert list(copy)
    else:
        connection.execute(text.encode())


def run(broker: Broker, rule: Rule, script: str) -> None:
    """Send *script*, as a person who holds the rule's role and has opened the record that it is about."""
    with broker.person(LOGINS[rule.role]) as connection:
        opened(connection)
        if script.startswith("DECLARE"):
            connection.execute("BEGIN")
        for one in parse(script):
            send(connection, one, rule, broker.prefix)


def test_postgresql_runs_what_every_rule_says_to_write_instead(broker: Broker) -> None:
    refused = {}
    for rule in RULES:
        try:
            run(broker, rule, rule.good)
        except psycopg.Error as error:
            refused[rule.code] = str(error)
    assert list(refused) == OWNERS
    assert all(owners_work.RULE.severity < rule.severity for rule in RULES if rule.code in refused)


def test_what_is_said_to_be_refused_is_refused(broker: Broker) -> None:
    passed = []
    for rule in RULES:
        if rule.code in REFUSED:
            try:
                run(broker, rule, rule.bad)
            except psycopg.Error:
                continue
            passed.append(rule.code)
    assert passed == []


# The operators of filters


def test_the_operators_that_no_index_serves_are_those_that_are_leakproof_for_no_type(server: Server) -> None:
    with server.connect() as connection:
        rows = connection.execute(
            "SELECT o.oprname FROM pg_operator AS o JOIN pg_proc AS p ON p.oid = o.oprcode"
            " WHERE o.oprresult = 'bool'::regtype GROUP BY 1 HAVING NOT bool_or(p.proleakproof)"
        ).fetchall()
        functions = connection.execute(
            "SELECT proname FROM pg_proc WHERE proname = ANY (%s) GROUP BY 1 HAVING bool_and(proleakproof)",
            [list(LEAKPROOF)],
        ).fetchall()
    assert {name for (name,) in rows} == LEAKY
    assert {name for (name,) in functions} == LEAKPROOF


def test_a_filter_goes_to_an_index_only_by_a_leakproof_operator(broker: Broker) -> None:
    broker.as_owner(
        "CREATE INDEX by_status ON crm.customer (status text_pattern_ops);"
        "CREATE INDEX by_name_of_status ON crm.customer (lower(status))"
    )

    def plan(condition: str, *, view: bool = True) -> str:
        """How the agent's view is read, or, as if nothing guarded it, the table by a superuser."""
        with broker.person("li") if view else broker.database.connect() as connection:
            connection.execute("SET enable_seqscan = off")
            table = "customer" if view else "crm.customer"
            query = f"EXPLAIN SELECT customer_id FROM {table} WHERE {condition}"
            return "\n".join(line for (line,) in connection.execute(query.encode()).fetchall())

    assert "by_status" in plan("status = 'lost'")
    for condition, index in (("status LIKE 'lo%'", "by_status"), ("lower(status) = 'lost'", "by_name_of_status")):
        assert index not in plan(condition)
        assert index in plan(condition, view=False)


# What shows, and when


def read(connection: Connection, query: str) -> list[tuple[object, ...]]:
    return connection.execute(query.encode()).fetchall()


MOBILE = "SELECT mobile FROM customer WHERE customer_id = 1"


def test_a_comparison_finds_nothing_where_find_does(broker: Broker) -> None:
    with broker.person("li") as connection:
        opened(connection)
        assert read(connection, "SELECT customer_id FROM customer WHERE mobile = '13812345678'") == []
        assert read(connection, "SELECT pgcustsec.find('customer', 'mobile', '13812345678')") == [("1",)]
    # The control: the value is there to be found.
    assert broker.rows("SELECT customer_id FROM pgcustsec_vault.\"crm.customer\" WHERE mobile = '13812345678'") == [
        (1,)
    ]


def test_a_condition_tells_more_of_the_open_record_than_is_shown_at_once(broker: Broker) -> None:
    with broker.person("li") as connection:
        everybody = read(connection, "SELECT count(*) FROM customer WHERE mobile LIKE '138%'")
        opened(connection)
        assert (everybody, read(connection, "SELECT count(*) FROM customer WHERE mobile LIKE '138%'")) == (
            [(0,)],
            [(1,)],
        )


def test_an_opening_shows_nothing_before_it_is_committed(broker: Broker) -> None:
    with broker.person("li") as connection:
        connection.execute("BEGIN")
        opened(connection)
        assert read(connection, MOBILE) == [("***",)]
        connection.execute("COMMIT")
        assert read(connection, MOBILE) == [("138****5678",)]


@pytest.mark.parametrize(
    "cast", ["mobile::bigint", "mobile::text::bigint", "int8(mobile)", "lower(mobile)::numeric", "left(mobile, 9)::int"]
)
def test_a_cast_that_fails_tells_what_shows_in_its_error(broker: Broker, cast: str) -> None:
    with broker.person("li") as connection:
        opened(connection)
        with pytest.raises(psycopg.DataError, match=r"138\*\*\*\*5"):
            read(connection, f"SELECT {cast} FROM customer WHERE customer_id = 1")


def test_a_cast_to_bytea_tells_nothing_when_it_fails(server: Server) -> None:
    """Why it is among the harmless ones."""
    with server.connect() as connection, pytest.raises(psycopg.DataError) as caught:
        connection.execute(r"SELECT value::bytea FROM (VALUES ('138\5678')) AS v (value)")
    assert "138" not in str(caught.value)


def test_a_held_cursor_outlives_the_record_that_it_was_opened_under(broker: Broker) -> None:
    with broker.person("li") as connection:
        opened(connection)
        connection.execute(f"DECLARE held CURSOR WITH HOLD FOR {MOBILE}".encode())
        connection.execute("SELECT pgcustsec.close_record('customer')")
        assert read(connection, MOBILE) == [("***",)]
        assert read(connection, "FETCH held") == [("138****5678",)]


def test_what_is_locked_through_a_view_no_sweep_gets_at(broker: Broker) -> None:
    free = "SELECT customer_id FROM crm.customer ORDER BY 1 FOR UPDATE SKIP LOCKED"
    with broker.person("li") as connection:
        everybody = broker.rows(free)
        connection.execute("BEGIN")
        mine = read(connection, "SELECT customer_id FROM customer WHERE status = 'prospect' FOR UPDATE")
        assert mine
        assert broker.rows(free) == [row for row in everybody if row not in mine]


def test_statistics_show_a_role_nothing_and_an_owner_samples(broker: Broker) -> None:
    broker.as_owner("ANALYZE crm.customer")
    query = "SELECT count(*) > 0 FROM pg_stats WHERE tablename = 'customer' AND attname = 'health'"
    with broker.person("li") as connection:
        assert read(connection, query) == [(False,)]
    assert broker.rows(query) == [(True,)]


@pytest.mark.parametrize("level", ["READ UNCOMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_another_isolation_level_is_refused(broker: Broker, level: str) -> None:
    with broker.person("li") as connection:
        connection.execute(f"BEGIN ISOLATION LEVEL {level}".encode())
        with pytest.raises(psycopg.Error) as caught:
            read(connection, MOBILE)
        assert caught.value.sqlstate == "CS107"


@pytest.mark.parametrize(
    ("call", "sqlstate"),
    [
        ("SELECT pgcustsec.start_session('servicing')", "CS007"),
        ("SELECT pgcustsec.open_record('customer', '1', ' ')", "CS206"),
        ("SELECT pgcustsec.find('customer', 'email', 'wang@example.com')", "CS207"),
        ("SELECT pgcustsec.find('claim', 'diagnosis', 'x')", "CS208"),
        ("SELECT pgcustsec.open_record('claim', '1', 'renewal')", "CS208"),
    ],
)
def test_a_call_that_is_told_is_refused(broker: Broker, call: str, sqlstate: str) -> None:
    role = broker.matrix.roles["sales_agent"]
    found = find_all(Checker(broker.matrix).check(call, role.name), Context(broker.matrix, role))
    assert call_refused.RULE in [one.rule for one in found]
    with broker.person("li") as connection, pytest.raises(psycopg.Error) as caught:
        read(connection, call)
    assert caught.value.sqlstate == sqlstate


def test_a_notification_reaches_whoever_listens(broker: Broker) -> None:
    """Also somebody whose role has no column of tier 1."""
    with broker.person("sun") as listener, broker.person("li") as connection:
        listener.execute("LISTEN callback")
        opened(connection)
        connection.execute("SELECT pg_notify('callback', mobile) FROM customer WHERE customer_id = 1")
        assert [one.payload for one in listener.notifies(timeout=5, stop_after=1)] == ["138****5678"]


def codes(broker: Broker, statement: str) -> set[str]:
    role = broker.matrix.roles["sales_agent"]
    reports = Checker(broker.matrix).check(statement, role.name)
    return {one.rule.code for one in find_all(reports, Context(broker.matrix, role))}


@pytest.mark.parametrize(
    "value",
    [
        "coalesce(NULL, '138****0000')",
        "concat('138', '****0000')",
        "CASE WHEN true THEN '138****0000' ELSE mobile END",
        "(SELECT email FROM customer WHERE customer_id = 1)",
    ],
)
def test_a_masked_form_in_disguise_is_refused_as_is_told(broker: Broker, value: str) -> None:
    update = f"UPDATE customer SET mobile = {value} WHERE customer_id = 1"
    assert "CQ28" in codes(broker, update)
    with broker.person("li") as connection:
        opened(connection)
        with pytest.raises(psycopg.Error) as caught:
            connection.execute(update.encode())
    assert (caught.value.sqlstate or "").startswith("CS")


def test_a_column_that_may_stay_as_it_is_is_written_as_is_told(broker: Broker) -> None:
    update = "UPDATE customer AS c SET mobile = coalesce(NULL, c.mobile) WHERE customer_id = 1"
    assert "CQ28" not in codes(broker, update)
    with broker.person("li") as connection:
        opened(connection)
        connection.execute(update.encode())
        assert read(connection, MOBILE) == [("138****5678",)]


def test_insert_without_a_list_fills_the_columns_in_the_order_in_which_rules_take_them(broker: Broker) -> None:
    for role in broker.matrix.roles.values():
        context = Context(broker.matrix, role)
        for access in role.tables.values():
            table = broker.matrix.tables[access.table]
            rows = broker.rows(
                "SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped"
                f" AND attrelid = '{role.name}.{table.name}'::regclass ORDER BY attnum"
            )
            assert columns_of(context, table) == [name for (name,) in rows]


def test_an_outer_join_gives_every_customer_whoever_is_joined(broker: Broker) -> None:
    """Why a key that only the other side has keeps to no record."""
    with broker.person("li") as connection:
        [(everybody,)] = read(connection, "SELECT count(*) FROM customer")
        [(joined,)] = read(
            connection,
            "SELECT count(*) FROM customer AS c"
            " LEFT JOIN (SELECT customer_id FROM policy WHERE policy_id = 1) AS p USING (customer_id)",
        )
    assert joined == everybody > 1


def test_what_is_called_around_a_column_in_filters_is_not_leakproof(server: Server) -> None:
    with server.connect() as connection:
        rows = connection.execute(
            "SELECT DISTINCT proleakproof FROM pg_proc WHERE oid = ANY (ARRAY[%s, %s, %s, %s]::regprocedure[])",
            [
                "date(timestamptz)",
                "int4pl(int4, int4)",
                "textcat(text, text)",
                "jsonb_object_field_text(jsonb, text)",
            ],
        ).fetchall()
    assert rows == [(False,)]


def test_explain_runs_nothing_where_analyze_is_0_and_set_config_keeps_what_is_not_local(broker: Broker) -> None:
    with broker.person("li") as connection:
        plan = read(connection, "EXPLAIN (ANALYZE 0) SELECT customer_id FROM customer")
        assert "actual" not in str(plan)
        assert "actual" in str(read(connection, "EXPLAIN (ANALYZE 1) SELECT customer_id FROM customer"))
        read(connection, "SELECT set_config('some.thing', 'kept', 'no')")
        assert read(connection, "SELECT current_setting('some.thing')") == [("kept",)]
