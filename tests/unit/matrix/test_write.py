"""A matrix that is written is read as the same matrix, and no comment or name in it is taken for a part of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgcustsec.matrix.build import build
from pgcustsec.matrix.load import loads
from pgcustsec.matrix.model import Administrators, Column, Department, Matrix, Role, Table
from pgcustsec.matrix.read import read
from pgcustsec.matrix.source import parse
from pgcustsec.matrix.write import write
from tests.unit.matrix.demo_text import DEMO as TEXT
from tests.worlds import crm_matrix, odd_matrix

DEMO = loads(TEXT)
MATRICES = {"demo": DEMO, "crm": crm_matrix("w_"), "odd": odd_matrix("w_")}


@pytest.mark.parametrize("name", MATRICES)
def test_a_written_matrix_is_read_as_itself(name: str) -> None:
    """The small worlds' matrices leave columns out that they name, so what they say is read without being checked."""
    node, problems = parse(write(MATRICES[name]))
    assert node is not None
    tree, _ = read(node)
    assert (build(tree, "matrix.yaml"), problems) == (MATRICES[name], [])


def test_the_demos_matrix_is_right_once_written() -> None:
    assert loads(write(DEMO)) == DEMO


def test_a_comment_stands_at_what_it_is_about() -> None:
    text = write(
        DEMO,
        {
            (): ["proposed"],
            ("tables", "crm.policy"): ["0.9: foreign key"],
            ("tables", "crm.policy", "columns", "premium"): ["0.7: by name"],
        },
    )
    lines = text.splitlines()
    assert lines[0] == "# proposed"
    assert lines[lines.index("  crm.policy:") - 1] == "  # 0.9: foreign key"
    assert "      premium: {tier: 2}   # 0.7: by name" in lines
    assert loads(text) == DEMO


#: Names as a database has them, but for control characters and dots, which no matrix takes.
names = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=".\u2028\u2029"), min_size=1, max_size=12
).filter(lambda name: len(name.encode()) <= 60)


@given(names, names, st.lists(names, min_size=1, max_size=4, unique=True), st.text(max_size=60))
def test_any_name_is_read_as_itself_whatever_the_comments(
    schema: str, table: str, columns: list[str], said: str
) -> None:
    if schema.startswith(("pg_", "pgcustsec")) or schema in ("information_schema", "seller"):
        return
    place = Table(schema, table, (columns[0],), {name: Column(name, 3) for name in columns})
    matrix = Matrix(
        organisation="shop",
        role_prefix="shop_",
        tables={place.qualified: place},
        roles={"seller": Role("seller", "sales")},
        administrators=Administrators(("dba",), ("crm_owner",)),
        departments={"sales": Department("sales", "销售部")},
    )
    at = [(), ("tables", place.qualified), ("tables", place.qualified, "columns", columns[0]), ("end",)]
    assert loads(write(matrix, {path: [said, "roles: {}"] for path in at})) == matrix
    assert loads(write(replace(matrix, organisation="a\\\"'#: b"))).organisation == "a\\\"'#: b"
