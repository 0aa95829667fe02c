"""
What a login may set for itself (hardening 12, 14 and 15; 5.2.2): no setting shows more, and none is believed.
"""

from __future__ import annotations

import pytest

from tests.attack.world import Attacker, World

SETTINGS = [
    "transform_null_equals = on",
    "standard_conforming_strings = off",
    "TimeZone = 'Pacific/Kiritimati'",
    "TimeZone = 'Pacific/Midway'",
    "DateStyle = 'German, DMY'",
    "IntervalStyle = 'sql_standard'",
    "client_encoding = 'SQL_ASCII'",
    "client_encoding = 'GB18030'",
    "lc_messages = 'C'",
    "bytea_output = 'escape'",
    "extra_float_digits = -15",
    "array_nulls = off",
    "default_transaction_read_only = on",
    "default_transaction_deferrable = on",
    "transaction_isolation = 'serializable'",
    "plan_cache_mode = force_generic_plan",
    "constraint_exclusion = on",
    "enable_partition_pruning = off",
    "enable_hashagg = off; SET enable_hashjoin = off; SET enable_seqscan = off",
    "from_collapse_limit = 1; SET join_collapse_limit = 1",
    "geqo_threshold = 2",
    "jit = on; SET jit_above_cost = 0",
    "work_mem = '64kB'",
    "cursor_tuple_fraction = 0.001",
    "check_function_bodies = off",
    "quote_all_identifiers = on",
    "search_path = ''",
    "search_path = crm, pgcustsec_internal, pgcustsec_views, clerk, pg_temp",
    "application_name = 'pgcustsec'",
    "pgcustsec.token = 'x'",
    "pgcustsec.staff_id = 'A2'",
    "pgcustsec.clear = 'mobile'",
    "role = none",
    "plpgsql.variable_conflict = use_variable",  # refused later, when plpgsql is loaded
    "local_preload_libraries = 'x'",
]
FORBIDDEN = [
    "session_replication_role = replica",
    "zero_damaged_pages = on",
    "ignore_system_indexes = on",
    "allow_system_table_mods = on",
    "log_statement = 'none'",
    "dynamic_library_path = '/tmp'",
    "session_preload_libraries = 'x'",
    "lo_compat_privileges = on",
]


def test_no_setting_changes_what_a_person_sees(attacker: Attacker) -> None:
    for setting in SETTINGS:
        attacker.must("RESET ALL")
        attacker.send(f"SET {setting}")
        for view in ("agent.customer", "agent.policy"):
            assert attacker.gains(f"SELECT * FROM {view}") == set(), setting
        assert attacker.send("SELECT count(*), count(health) FROM agent.customer").rows == [(22, 12)], setting
        assert attacker.send("SELECT count(*), count(product) FROM agent.policy").rows == [(11, 11)], setting


@pytest.mark.parametrize("level", ["serializable", "repeatable read"])
def test_another_isolation_level_by_default_is_refused_and_not_obeyed(attacker: Attacker, level: str) -> None:
    attacker.must(f"SET default_transaction_isolation = '{level}'")
    for view in ("agent.customer", "agent.policy"):
        assert attacker.send(f"SELECT * FROM {view}").sqlstate == "CS107"


def test_a_setting_that_would_switch_a_guard_off_is_refused(attacker: Attacker) -> None:
    for setting in FORBIDDEN:
        loot = attacker.send(f"SET {setting}")
        assert loot.sqlstate in ("42501", "55P02"), f"{setting}: {loot.text or 'it works'}"


def test_row_security_off_is_an_error_and_no_way_past(world: World) -> None:
    """The control is a table's owner, for whom it is off whatever the setting says."""
    world.execute(
        "CREATE TABLE naive.owned AS SELECT * FROM naive.customer",
        "ALTER TABLE naive.owned OWNER TO {p}a1; ALTER TABLE naive.owned ENABLE ROW LEVEL SECURITY",
    )
    with world.attacker("A1") as attacker:
        attacker.must("SET row_security = off")
        assert len(attacker.gains("SELECT * FROM naive.owned")) > 100, "the control"
        for view in ("agent.customer", "agent.policy"):
            loot = attacker.send(f"SELECT * FROM {view}")
            assert loot.refused and loot.marks == set()


def test_who_a_setting_says_one_is_is_believed_by_a_naive_policy_alone(world: World) -> None:
    world.execute(
        "CREATE VIEW naive.told WITH (security_barrier) AS SELECT * FROM naive.customer"
        " WHERE owner_staff_id = current_setting('app.staff_id', true)",
        "GRANT SELECT ON naive.told TO PUBLIC",
    )
    with world.attacker("A1") as attacker:
        for name in ("app.staff_id", "pgcustsec.staff_id", "pgcustsec.staff", "pgcustsec.login", "pgcustsec.token"):
            attacker.must(f"SELECT set_config('{name}', 'A2', false)")
        assert len(attacker.gains("SELECT * FROM naive.told")) > 50, "the control"
        assert attacker.send("SELECT * FROM agent.customer").marks == attacker.may_see


def test_what_a_login_sets_for_itself_for_good_shows_no_more(module_world: World) -> None:
    """ALTER ROLE on oneself is anybody's right."""
    for setting in ("search_path = crm, pg_temp, agent", "row_security = on", "standard_conforming_strings = off"):
        with module_world.attacker("A1") as attacker:
            attacker.must(f"ALTER ROLE CURRENT_USER IN DATABASE {module_world.database.name} SET {setting}")
        with module_world.attacker("A1") as attacker:
            assert attacker.send("SELECT * FROM agent.customer").marks == attacker.may_see


def test_collations_change_no_comparison_of_ours(module_world: World) -> None:
    """`=` counts as leakproof under any collation; none of one's own can be made, and staff numbers are "C"."""
    with module_world.attacker("A1") as attacker:
        assert attacker.send(
            "CREATE COLLATION pg_temp.loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)"
        ).error
        assert attacker.send('CREATE COLLATION loose FROM "C"').error
    module_world.execute("UPDATE crm.customer SET owner_staff_id = 'a1' WHERE customer_id = 12")
    with module_world.attacker("A1") as attacker:
        assert attacker.send("SELECT * FROM agent.customer WHERE tag COLLATE \"C\" >= ''").marks == attacker.may_see
