# ruff: noqa: E501 - a statement of SQL reads best on its line
"""Whole statements: queries, and writes through a role's views that give rows back."""

from __future__ import annotations

from dataclasses import dataclass

from pgcustsec.matrix.model import Matrix
from tests.oracle.query.generator import expressions  # noqa: F401 - its constructs register
from tests.oracle.query.generator.maker import Entry, Level, Maker
from tests.oracle.query.generator.selects import query
from tests.oracle.query.generator.sources import SIDEWAYS

#: Written values are nobody's; keys are of customers whom those at work serve.
WRITES: dict[str, list[tuple[str, str]]] = {
    "sales_agent": [
        ("customer", "UPDATE customer SET note = 'seen', last_contact_at = now() WHERE customer_id IN (1, 2) RETURNING {}"),
        ("customer", "UPDATE customer AS c SET health = 'well' FROM policy AS p"
         " WHERE c.customer_id = p.customer_id AND c.customer_id = 1 RETURNING {}"),
        ("customer", "UPDATE customer SET mobile = '15987650044' WHERE customer_id = 1 RETURNING {}"),
        ("customer", "UPDATE customer SET note = health WHERE customer_id = 2 RETURNING {}"),
        ("customer", "INSERT INTO customer (status, owner_staff_id, branch_code, name, mobile, note)"
         " VALUES ('prospect', 'S1', 'BJ', '赵一一', '15987650055', 'new') RETURNING {}"),
        ("customer", "INSERT INTO customer (status, owner_staff_id, branch_code, name, note) SELECT 'prospect', 'S1',"
         " 'BJ', '赵一一', health FROM customer WHERE customer_id = 1 RETURNING {}"),
    ],
    "sales_manager": [
        ("customer", "UPDATE customer SET owner_staff_id = 'S1' WHERE customer_id = 1 RETURNING {}"),
        ("assignment", "INSERT INTO assignment (customer_id, staff_id) VALUES (1, 'S1') RETURNING {}"),
        ("assignment", "UPDATE assignment SET ends_at = now() WHERE customer_id = 1 RETURNING {}"),
    ],
    "service_agent": [
        ("customer", "UPDATE customer SET mobile = '15987650044' WHERE customer_id = 1 RETURNING {}"),
        ("claim", "UPDATE claim SET amount = 12 WHERE policy_id = 1 RETURNING {}"),
        ("claim", "INSERT INTO claim (policy_id, diagnosis, amount, filed_on) VALUES (1, 'dent', 5, '2026-03-04') RETURNING {}"),
        ("claim", "INSERT INTO claim (policy_id, diagnosis, filed_on) SELECT policy_id, product, '2026-03-04' FROM policy RETURNING {}"),
    ],
}  # fmt: skip
MERGE = (
    "MERGE INTO claim USING policy AS p ON p.policy_id = claim.policy_id WHEN MATCHED THEN UPDATE SET amount = p.premium"
    " WHEN NOT MATCHED THEN INSERT (policy_id, diagnosis, filed_on) VALUES (p.policy_id, p.product, p.starts_on) RETURNING {}"
)
#: What no role may: none of it gives a row, whatever check says.
FORBIDDEN = (
    "SELECT * FROM crm.customer",
    "SELECT c.mobile FROM crm.customer AS c JOIN customer USING (customer_id)",
    "SELECT mobile FROM pgcustsec_vault.customer",
    "SELECT no_such_column FROM customer",
    "SELECT nobody.* FROM customer",
    "DELETE FROM customer RETURNING *",
    "SELECT * FROM {other}.customer",
)


@dataclass(frozen=True)
class Made:
    """A statement, the constructs that are in it, and whether it writes."""

    text: str
    used: frozenset[str]
    writes: bool


def statement(role: str, seed: int, matrix: Matrix, major: int, xml: bool) -> Made:
    """Return statement number *seed* of *role* for a server of version *major*, with libxml or not."""
    maker = Maker(role, seed, matrix, major, xml)
    dice = maker.random.random()
    if dice < 0.02:
        maker.use("forbidden")
        other = next(name for name in matrix.roles if name != role)
        return Made(maker.one_of(FORBIDDEN).format(other=other), frozenset(maker.used), writes=False)
    if dice < 0.08 and role in WRITES:
        return _write(maker, role)
    if dice < 0.2:
        return Made(_one_say(maker), frozenset(maker.used), writes=False)
    made = query(maker, maker.random.randrange(1, 4), None)
    return Made(made.text, frozenset(maker.used), writes=False)


def _one_say(maker: Maker) -> str:
    """A statement that shows nothing of customers', and in which one thing has a say: it must be noted there."""
    maker.use("one say")
    views = maker.views()
    view, alias = maker.one_of(list(views)), maker.new("a")
    source, key = f"{view} AS {alias}", views[view][0].name
    with maker.level(Level([Entry(alias, views[view])])):
        text, asked = _customers_text(maker, view, alias), _asked(maker, view, alias)
        other = maker.new("a")
        ways = (
            f"SELECT {alias}.{key} FROM {source} WHERE {asked}",
            f"SELECT {alias}.{key} FROM {source} WHERE EXISTS (SELECT FROM generate_series(1, 2) WHERE {asked})",
            f"SELECT {key} FROM {view} WHERE {key} IN (SELECT {alias}.{key} FROM {source} WHERE {asked})",
            f"SELECT {alias}.{key} FROM {source} CROSS JOIN {maker.one_of(SIDEWAYS)(maker, 1)[0]}",
            f"SELECT {alias}.{key} FROM {source}, generate_series(1, length({text})) AS g",
            f"SELECT count(*) FROM (SELECT string_to_table({text}, 'q') FROM {source}) AS q",
            f"SELECT count(*) FILTER (WHERE {asked}) FROM {source}",
            f"SELECT count(*) FROM {source} GROUP BY {text}",
            f"SELECT count(*) FROM (SELECT DISTINCT {text} FROM {source}) AS q",
            f"SELECT count(*) FROM {source} HAVING max({text}) < 'xqh'",
            f"SELECT count(*) FROM (SELECT {asked} FROM {source} {maker.one_of(('UNION', 'EXCEPT'))} SELECT true) AS q",
            f"SELECT {other}.{key} FROM {source} LEFT JOIN {view} AS {other} ON {alias}.{key} = {other}.{key} AND {asked}",
            f"SELECT {alias}.{key}, (SELECT count(*) FROM {view} WHERE {asked}) FROM {source}",
            f"SELECT CASE WHEN {asked} THEN 1 ELSE 2 END, {asked} FROM {source}",
            f"SELECT count(*) OVER (ROWS (SELECT count(*) FROM {source} WHERE {asked}) PRECEDING) FROM generate_series(1, 3)",
            f"SELECT {alias}.{key}, rank() OVER (ORDER BY {text}), count(*) OVER (PARTITION BY {text}) FROM {source}",
        )
    return maker.one_of(ways)


def _customers_text(maker: Maker, view: str, alias: str) -> str:
    """A column of the view's that holds something of customers', or an expression, which may."""
    columns = maker.matrix.tables[f"crm.{view}"].columns
    own = [f"{alias}.{one.name}" for one in maker.views()[view] if one.type == "text" and columns[one.name].tier == 2]
    return maker.one_of(own) if own and maker.chance(0.6) else maker.expression("text", 1)


def _asked(maker: Maker, view: str, alias: str) -> str:
    text = _customers_text(maker, view, alias)
    return maker.one_of((f"({text} < 'xqh')", f"(length({text}) > 16)", maker.expression("yesno", 2)))


def _write(maker: Maker, role: str) -> Made:
    maker.use("RETURNING")
    target, text = maker.one_of(WRITES[role])
    alias = "c" if " AS c " in text else target
    level = Level([Entry(alias, maker.views()[target])])
    with maker.level(level), maker.barred("window"):
        returned = [maker.expression(kind, 2) for kind in ("text", maker.one_of(("text", "date", "number", "json")))]
    clause = maker.one_of((", ".join(returned), "*", f"{alias}.*, {returned[0]} AS r", f"{alias}::text"))
    if maker.major >= 18 and maker.chance(0.3):
        maker.use("old and new")
        clause = "old.*, new.*" if maker.chance(0.5) else f"WITH (OLD AS o, NEW AS n) o.{_a_column(maker, target)}, n"
    if target == "claim" and maker.major >= 17 and maker.chance(0.3):
        maker.use("MERGE")
        text, clause = MERGE, maker.one_of(("*", "merge_action(), claim.*", "p.product, claim.diagnosis"))
    text = text.replace("{}", clause)
    if maker.chance(0.5) and clause.count("*") <= 1 and " AS r" not in clause:
        maker.use("WITH that modifies")
        text = f"WITH w AS ({text}) SELECT w.*, w::text AS row, (SELECT count(*) FROM w) FROM w"
    return Made(text, frozenset(maker.used), writes=True)


def _a_column(maker: Maker, view: str) -> str:
    return maker.one_of(maker.views()[view]).name
