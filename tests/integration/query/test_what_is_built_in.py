"""That what query check knows of PostgreSQL's own functions and operators is what the servers have (5.2.5)."""

from __future__ import annotations

from pgcustsec.query.functions import DYNAMIC, HINTING, OPERATORS, SETS, SPEAKING, builtins
from pgcustsec.query.resolve.expressions import COMPARING
from tests.cluster import Server


def names(server: Server, query: str) -> set[str]:
    with server.connect() as connection:
        return {row[0] for row in connection.execute(query)}


def test_every_function_that_is_built_in_is_known(server: Server) -> None:
    # What guards foreign keys is called by triggers alone.
    found = names(
        server,
        "SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
        " AND prorettype <> 'trigger'::regtype",
    )
    assert found - builtins() == set()


def test_of_every_function_that_gives_rows_for_what_it_is_given_their_number_is_told(server: Server) -> None:
    found = names(
        server,
        "SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND proretset AND pronargs > 0",
    )
    assert found - SETS - DYNAMIC - SPEAKING == set()


def test_every_operator_that_is_built_in_is_known(server: Server) -> None:
    found = names(server, "SELECT oprname FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace")
    assert found - OPERATORS == set()


def test_what_compares_two_operands_gives_a_yes_or_no(server: Server) -> None:
    found = names(server, "SELECT oprname FROM pg_operator WHERE oprleft <> 0 AND oprresult <> 'boolean'::regtype")
    assert found & COMPARING == set()


def test_no_function_whose_arguments_do_not_show_gives_a_document_or_what_it_was_given(server: Server) -> None:
    """A text that these give is a digest, or the name of a kind or a collation."""
    found = names(
        server,
        "SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND prorettype NOT IN"
        " ('boolean'::regtype, 'integer'::regtype, 'bigint'::regtype, 'float8'::regtype, 'integer[]'::regtype)",
    )
    digests = {"md5", "sha224", "sha256", "sha384", "sha512"}
    assert found & HINTING == {*digests, "pg_typeof", "json_typeof", "jsonb_typeof", "pg_collation_for"}
