"""`alembic revision --autogenerate` in a user's own environment: tables and who may see them, in one revision."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from pgcustsec.matrix.load import load
from pgcustsec.matrix.model import Matrix
from pgcustsec.migrate import apply_matrix, plan_matrix
from tests.cluster import Server
from tests.integration.revisions.test_revisions import place
from tests.worlds import World, crm_world

ENV = """
from pathlib import Path

from alembic import context
from sqlalchemy import create_engine, text

from models import Base
from pgcustsec.revisions.run import complete

engine = create_engine("postgresql+psycopg://")
with engine.connect() as connection:
    connection.execute(text("SET ROLE {owner}"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_schemas=True,
        include_name=lambda name, kind, parents: kind != "schema" or name in ("crm", "sales_agent", "pgcustsec_vault"),
        version_table_schema="crm",
        autogenerate_plugins=["alembic.autogenerate.*", "pgcustsec"],
        pgcustsec_matrix=Path(__file__).parent.parent / "matrix.yaml",
    )
    with context.begin_transaction():
        context.run_migrations()
        complete(context.get_context())
"""
MAKO = '''"""${message}"""
from alembic import op
import sqlalchemy as sa
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
'''
MODELS = '''
from sqlalchemy import BigInteger, Column, ForeignKey, String, Text
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class Customer(Base):
    __tablename__ = "customer"
    __table_args__ = {{"schema": "crm"}}
    customer_id = Column(BigInteger, primary_key=True, autoincrement=False)
    staff_id = Column(Text)
    name = Column({name})
    mobile = Column(String(20), unique=True)


class SeenCustomer(Base):
    """The masking view that the application reads."""

    __tablename__ = "customer"
    __table_args__ = {{"schema": "sales_agent"}}
    customer_id = Column(BigInteger, primary_key=True)
    name = Column(Text)
'''
POLICY = """

class Policy(Base):
    __tablename__ = "policy"
    __table_args__ = {"schema": "crm"}
    policy_id = Column(BigInteger, primary_key=True, autoincrement=False)
    customer_id = Column(BigInteger, ForeignKey("crm.customer.customer_id"))
    product = Column(Text)
"""
MATRIX = """
version: 1
organisation: broker
role_prefix: {prefix}
branches: {{BJ: {{title: 北京}}, SH: {{title: 上海}}, GZ: {{title: 广州}}}}
departments: {{sales: {{title: Sales}}, service: {{title: Service}}, data: {{title: Data}}}}
tables:
  crm.customer:
    key: [customer_id]
    subject: self
    served_by: [{{column: staff_id}}]
    managers: direct
    columns:
      customer_id: {{tier: 3}}
      staff_id:    {{tier: 3}}
      name:        {{tier: 2, kind: name}}
      mobile:      {{tier: 1, kind: phone, unique: true}}
{tables}
roles:
  sales_agent:
    department: sales
    tables:
      crm.customer: {{rows: serving, tier2: serving, tier1: masked}}
{accesses}
administrators: {{roles: [{prefix}dba], owners: [{prefix}owner]}}
"""
POLICIES = """
  crm.policy:
    key: [policy_id]
    subject: {table: crm.customer, by: customer_id}
    columns:
      policy_id:   {tier: 3}
      customer_id: {tier: 3}
      product:     {tier: 2}
"""


@dataclass
class Project:
    """A user's own alembic project over a database of its own."""

    world: World
    folder: Path

    def write(self, *, policies: bool = False, name: str = "Text") -> None:
        """Write models and matrix: customers, with *policies* or without; *name* is the type of a customer's name."""
        (self.folder / "models.py").write_text(MODELS.format(name=name) + (POLICY if policies else ""))
        accesses = "      crm.policy: {rows: serving, tier2: serving}" if policies else ""
        matrix = MATRIX.format(prefix=self.world.prefix, tables=POLICIES if policies else "", accesses=accesses)
        (self.folder / "matrix.yaml").write_text(matrix)

    def alembic(self, *words: str, fails: bool = False) -> str:
        """Run alembic's own command line as the administrator and return what it said."""
        environment = {
            **os.environ,
            "PGDATABASE": self.world.database.name,
            **place(self.world.database.conninfo(self.world.admin)),
        }
        done = subprocess.run(
            [sys.executable, "-m", "alembic", *words],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(self.folder)},
            check=False,
        )
        said = done.stdout + done.stderr
        assert (done.returncode != 0) is fails, said
        return said

    @property
    def matrix(self) -> Matrix:
        return load(self.folder / "matrix.yaml")

    @property
    def is_as_the_matrix_says(self) -> bool:
        with self.world.connect(self.world.admin) as connection:
            return not plan_matrix(connection, self.matrix)

    def revise(self) -> str:
        """Autogenerate a revision and return its text."""
        before = set((self.folder / "migrations" / "versions").glob("*.py"))
        self.alembic("revision", "--autogenerate", "-m", "a change")
        [file] = set((self.folder / "migrations" / "versions").glob("*.py")) - before
        return file.read_text()


@contextmanager
def made_project(server: Server, folder: Path) -> Iterator[Project]:
    """A project that has nothing yet: no table, no revision."""
    with crm_world(server) as world:
        world.execute("DROP TABLE crm.customer, crm.policy, crm.claim, crm.visit, crm.assignment")
        (folder / "migrations" / "versions").mkdir(parents=True)
        (folder / "migrations" / "env.py").write_text(ENV.format(owner=world.owner))
        (folder / "migrations" / "script.py.mako").write_text(MAKO)
        (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
        yield Project(world, folder)


@pytest.fixture
def project(server: Server, tmp_path: Path) -> Iterator[Project]:
    """A new project."""
    with made_project(server, tmp_path) as made:
        yield made


def test_a_new_table_and_who_may_see_it_are_one_revision(project: Project) -> None:
    project.write()
    text = project.revise()
    assert text.index("op.create_table('customer'") < text.index("op.change_access(")
    assert text.count("op.create_table(") == 1, "the masking view is no table"
    back = text.partition("def downgrade")[2]
    assert back.index("op.change_access(") < back.index("op.drop_table('customer'")
    project.alembic("upgrade", "head")
    assert project.is_as_the_matrix_says
    project.alembic("check")
    project.alembic("downgrade", "base")
    project.alembic("upgrade", "head")
    project.alembic("check")


def test_a_table_more_an_altered_column_and_a_dropped_one_are_changed_under_their_views(project: Project) -> None:
    """The views are taken away, the tables change, and the views are back, in one revision; and the same way back."""
    project.write()
    project.revise()
    project.alembic("upgrade", "head")
    first = _views(project.world)
    project.write(policies=True, name="String(200)")
    text = project.revise()
    forwards = text.partition("def downgrade")[0]
    order = ["op.withdraw_access(", "op.create_table('policy'", "op.alter_column('customer'", "op.change_access("]
    places = [forwards.index(word) for word in order]
    assert places[0] < min(places[1:3]) and max(places[1:3]) < places[3]
    project.alembic("upgrade", "head")
    project.alembic("check")
    assert project.is_as_the_matrix_says
    second = _views(project.world)
    assert any("crm.policy" in body for body in second) and len(second) > len(first)
    project.write()
    project.revise()
    project.alembic("upgrade", "head")
    project.alembic("check")
    assert _views(project.world) == first
    project.alembic("downgrade", "-1")
    assert _views(project.world) == second
    project.alembic("downgrade", "base")
    assert _views(project.world) == []
    project.alembic("upgrade", "head")
    assert _views(project.world) == first


def _views(world: World) -> list[str]:
    query = "SELECT schemaname || viewname || definition FROM pg_views WHERE viewowner LIKE %s ORDER BY 1"
    with world.connect() as connection:
        return [row[0] for row in connection.execute(query, [f"{world.prefix}%"])]


def test_true_values_are_not_lost_with_a_table_that_goes(project: Project) -> None:
    project.write(policies=True)
    project.revise()
    project.alembic("upgrade", "head")
    project.world.execute(
        "INSERT INTO crm.customer VALUES (1, NULL, NULL, NULL)",
        'INSERT INTO pgcustsec_vault."crm.customer" (customer_id) VALUES (1)',
    )
    said = project.alembic("downgrade", "base", fails=True)
    assert "true values of crm.customer lie in the vault: have its rows destroyed by their terms, or unseal it" in said
    assert "Traceback" not in said
    project.alembic("check")
    project.world.execute('DELETE FROM pgcustsec_vault."crm.customer"')
    project.alembic("downgrade", "base")


DRIFTS = {
    "a policy": "CREATE POLICY mine ON crm.customer TO {prefix}sales_agent_viewer USING (true)",
    "the flag of row security": "ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY",
    "the body of a view": (
        'CREATE OR REPLACE VIEW sales_agent.customer AS SELECT * FROM pgcustsec_views."sales_agent.customer"'
    ),
    "a grant on a column": "GRANT SELECT (mobile) ON crm.customer TO {prefix}sales_agent",
    "a membership": "GRANT {prefix}sales_agent TO {prefix}sun",
    "an owner": "ALTER VIEW sales_agent.customer OWNER TO {prefix}dba",
    "a setting": "ALTER ROLE {prefix}li IN DATABASE {database} SET search_path = public",
}


@pytest.fixture(scope="module")
def applied(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project at its end; what a test changes by hand it has to mend."""
    with made_project(server, tmp_path_factory.mktemp("applied")) as made:
        made.write()
        made.revise()
        made.alembic("upgrade", "head")
        yield made


@pytest.mark.parametrize("drift", DRIFTS)
def test_alembic_check_sees_what_was_changed_by_hand(applied: Project, drift: str) -> None:
    world = applied.world
    applied.alembic("check")
    world.execute(DRIFTS[drift].format(prefix=world.prefix, database=world.database.name))
    said = applied.alembic("check", fails=True)
    assert "New upgrade operations detected" in said and "this database is mended at the end of the run" in said
    with world.connect() as connection:  # a superuser: what one has granted no administrator takes back
        apply_matrix(connection, applied.matrix)
    applied.alembic("check")
