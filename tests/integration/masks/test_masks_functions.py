"""The mask functions cost next to nothing in a view, and nobody calls them who was not granted to."""

from __future__ import annotations

import psycopg
import pytest

from pgcustsec.compile.forms import is_masked
from tests.cluster import Database
from tests.integration.masks.minima import KINDS

FUNCTIONS = [f"mask_{kind}" for kind in KINDS]

SHAPE = """
    SELECT provolatile, proparallel, proisstrict, prosecdef, proconfig, obj_description(oid, 'pg_proc') IS NOT NULL
    FROM pg_proc WHERE oid = %s::regprocedure
"""


def test_the_planner_puts_the_body_in_place_of_the_call(installed: Database) -> None:
    with installed.connect() as connection:
        connection.execute("CREATE TABLE t (value varchar(40))")
        for function in FUNCTIONS:
            explain = f"EXPLAIN (VERBOSE) SELECT pgcustsec_internal.{function}(value) FROM t"
            assert "pgcustsec_internal" not in str(connection.execute(explain).fetchall()), function


def test_a_mask_is_immutable_parallel_safe_commented_and_runs_as_its_caller(installed: Database) -> None:
    with installed.connect() as connection:
        for function in FUNCTIONS:
            shape = connection.execute(SHAPE, [f"pgcustsec_internal.{function}(text)"]).fetchone()
            assert shape == ("i", "s", False, False, None, True), function


def test_nobody_calls_a_mask_without_a_grant_and_its_own_grant_is_enough(installed: Database, prefix: str) -> None:
    installed.execute(
        f"CREATE ROLE {prefix}li LOGIN",
        f"GRANT CONNECT ON DATABASE {installed.name} TO {prefix}li",
        f"GRANT USAGE ON SCHEMA pgcustsec_internal TO {prefix}li",
    )
    with installed.connect(user=f"{prefix}li") as connection:
        for function in FUNCTIONS:
            call = f"SELECT pgcustsec_internal.{function}(v) FROM unnest(ARRAY['13812345678', '张三', '***']) AS v"
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match=function):
                connection.execute(call)
            grant = f"GRANT EXECUTE ON FUNCTION pgcustsec_internal.{function}(text) TO {prefix}li"
            revoke = f"REVOKE EXECUTE ON FUNCTION pgcustsec_internal.{function}(text) FROM {prefix}li"
            installed.execute(grant)
            assert len(connection.execute(call).fetchall()) == 3
            installed.execute(revoke)


def test_a_masked_form_and_null_pass_a_check_and_a_true_value_does_not(installed: Database) -> None:
    with installed.connect() as connection:
        for kind in KINDS:
            connection.execute(f"CREATE TABLE kept_{kind} (v text CHECK ({is_masked(kind, 'v')}))")
            connection.execute(
                f"INSERT INTO kept_{kind} VALUES (pgcustsec_internal.mask_{kind}('13812345678')), (NULL)"
            )
            with pytest.raises(psycopg.errors.CheckViolation):
                connection.execute(f"INSERT INTO kept_{kind} VALUES ('13812345678')")
