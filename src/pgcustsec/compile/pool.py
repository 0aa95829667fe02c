"""
The shared pool (共享池) of a table: taking a prospect out of it, giving it back, and what became of it (4.2, 4.3).

The functions run as pgcustsec_owner, which writes two columns of prospects and nothing else, by a policy of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pgcustsec.compile.opening import definer, is_key
from pgcustsec.compile.policies import relations_of
from pgcustsec.compile.quote import array_text, fitting, ident, literal
from pgcustsec.compile.reading import Reading
from pgcustsec.compile.terms.when import not_due
from pgcustsec.compile.vault.sealed import record_key
from pgcustsec.matrix.model import Matrix, Pool, Table
from pgcustsec.matrix.predicate import columns_of, render
from pgcustsec.objects import INTERNAL_SCHEMA, OWNER, Function, Grant, Policy, ReferenceRow, digest
from pgcustsec.shape import Site, TableShape

POLICY = "pgcustsec_pool"
_TIMESTAMPTZ = "timestamp with time zone"
_RECYCLED = (("record_key", "text"), ("holder", "text"))
_STATE = (
    ("branch_code", "text"),
    ("holder", "text"),
    ("prospects", "bigint"),
    ("overdue", "bigint"),
    ("undated", "bigint"),
    ("oldest", _TIMESTAMPTZ),
)
_HELD = (("record_key", "text"), ("holder", "text"), ("prospect", "boolean"))
#: A moment as a column of each type has it; days and times are in UTC, whatever the TimeZone.
_AS_COLUMN = {
    _TIMESTAMPTZ: "{0}",
    "timestamp without time zone": "({0} AT TIME ZONE 'UTC')",
    "date": "(({0} AT TIME ZONE 'UTC')::pg_catalog.date)",
}
_AS_MOMENT = {
    _TIMESTAMPTZ: "{0}",
    "timestamp without time zone": "({0} AT TIME ZONE 'UTC')",
    "date": "(({0})::pg_catalog.timestamp AT TIME ZONE 'UTC')",
}


def pool_of(table: Table, shape: TableShape) -> Pool | None:
    """The pool of *table*; none where rows lie in inheritance children, among which a key names more than one row."""
    return None if shape.has_heirs else table.pool


def claims(reading: Reading) -> bool:
    """Whether the role takes prospects out of the table's pool: it sees the pool's rows."""
    return "pool" in reading.access.rows and pool_of(reading.table, reading.shape) is not None


def pool_rows(matrix: Matrix, site: Site, readings: Sequence[Reading]) -> Iterator[ReferenceRow]:
    """Yield the terms of each pool, as the database goes by them."""
    for table in matrix.tables.values():
        pool = pool_of(table, site.tables[table.qualified])
        if pool is None:
            continue
        roles = sorted(reading.role.name for reading in readings if reading.table is table and claims(reading))
        yield ReferenceRow(
            "pool",
            table.qualified,
            (
                ("schema_name", table.schema),
                ("table_name", table.name),
                ("roles", array_text(roles)),
                ("recycle_days", str(pool.recycle_days)),
                ("claim_limit", str(pool.claim_limit)),
                ("cool_down_days", str(pool.cool_down_days)),
            ),
        )


def pool_functions(matrix: Matrix, site: Site) -> Iterator[Function]:
    """Yield the functions of each pool, and those that lead to them by the table's name."""
    tables = [t for t in matrix.tables.values() if pool_of(t, site.tables[t.qualified])]
    for table in tables:
        one = _Pooled(table, site.tables[table.qualified])
        yield from (one.turn(), one.count(), one.recycle(), one.state(), one.held())
    yield _lead(
        tables,
        "turn",
        f"text, text, text, {_TIMESTAMPTZ}",
        (("", "text"),),
        "Takes a prospect out of its pool or gives it back: its key; NULL: it is not where it was said to be (4.2).",
        volatile=True,
    )
    yield _lead(
        tables, "count", "text, integer", (("", "bigint"),), "How many prospects somebody holds, so many at most (4.2)."
    )
    yield _lead(
        tables,
        "recycle",
        f"{_TIMESTAMPTZ}, {_TIMESTAMPTZ}, integer",
        _RECYCLED,
        "Gives prospects back whose holder made no progress since a moment; whose they were (4.2, 4.3).",
        volatile=True,
    )
    yield _lead(
        tables,
        "state",
        f"{_TIMESTAMPTZ}, {_TIMESTAMPTZ}",
        _STATE,
        "Prospects by branch and holder, and how many of them are overdue since a moment (4.2).",
    )
    yield _lead(tables, "held", "text[]", _HELD, "Who holds the rows of keys, and whether they are prospects (4.2).")


def pool_rights(matrix: Matrix, site: Site) -> Iterator[Grant | Policy]:
    """pgcustsec_owner writes who holds a prospect and since when; of the table's other rows nothing."""
    for table in matrix.tables.values():
        shape = site.tables[table.qualified]
        pool = pool_of(table, shape)
        if pool is None:
            continue
        written = {pool.holder, pool.claimed_at}
        for column in sorted(written | {pool.progress_at} | columns_of(pool.when)):
            rights = {"SELECT"} | ({"UPDATE"} if column in written else set())
            yield Grant("column", (*shape.relation, column), OWNER, shape.owner, frozenset(rights))
        for relation, owner in relations_of(shape):
            prospect = render(pool.when, relation[1], empty=pool.holder)
            yield Policy(
                schema=relation[0],
                table=relation[1],
                name=POLICY,
                roles=frozenset({OWNER}),
                command="UPDATE",
                permissive=True,
                source=digest(prospect),
                comment="pgcustsec takes prospects out of the pool and gives them back (4.2).",
                owner=owner,
                using=prospect,
            )


def prospect_of(pool: Pool, alias: str) -> str:
    """The condition that the row *alias* would be in *pool* if nobody held it."""
    return f"({render(pool.when, alias, empty=pool.holder)}) IS TRUE"


def as_column(shape: TableShape, column: str, moment: str) -> str:
    """*moment*, of type timestamptz, as *column* has it."""
    return _AS_COLUMN[shape.columns[column].plain_type].format(moment)


def _name(what: str, table: Table) -> str:
    return fitting(f"pool {what} {table.qualified}")


def _lead(
    tables: Sequence[Table],
    what: str,
    arguments: str,
    returns: tuple[tuple[str, str], ...],
    comment: str,
    *,
    volatile: bool = False,
) -> Function:
    """The function that leads from a table's name to that table's own."""
    given = ", ".join(f"${place}" for place in range(2, arguments.count(",") + 3))
    single = not returns[0][0]
    arms = ""
    for table in tables:
        call = f"{INTERNAL_SCHEMA}.{ident(_name(what, table))}({given})"
        answer = f"RETURN {call}" if single else f"RETURN QUERY SELECT r.* FROM {call} AS r"
        arms += f"\n    IF $1 = {literal(table.qualified)} THEN\n        {answer};\n    END IF;"
    end = "RETURN NULL" if single else "RETURN"
    body = f"BEGIN{arms}\n    {end};\nEND;"
    return definer(
        INTERNAL_SCHEMA, f"pool_{what}", f"text, {arguments}", returns, OWNER, body, comment, volatile=volatile
    )


class _Pooled:
    """One table's pool, and the functions that are compiled of it."""

    def __init__(self, table: Table, shape: TableShape) -> None:
        assert table.pool is not None
        self.table, self.shape, self.pool = table, shape, table.pool
        self.relation = ident(*shape.relation)
        self.holder, self.claimed = ident(table.pool.holder), ident(table.pool.claimed_at)
        self.prospect = prospect_of(table.pool, "t")
        if term := not_due(table, "t"):
            # Past its term it shows to nobody (4.3), and is nobody's to claim.
            self.prospect = f"{self.prospect} AND {term}"

    def turn(self) -> Function:
        moment = as_column(self.shape, self.pool.claimed_at, "$4")
        key = is_key(self.table, self.shape)
        body = f"""\
DECLARE
    turned text;
BEGIN
    IF $2 IS NULL THEN
        -- Whoever is at it now has it: nobody waits for another's transaction.
        PERFORM
        FROM {self.relation} AS t
        WHERE {key} AND t.{self.holder} IS NULL AND {self.prospect}
        FOR NO KEY UPDATE SKIP LOCKED;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    UPDATE {self.relation} AS t
    SET {self.holder} = $3, {self.claimed} = CASE WHEN $3 IS NULL THEN NULL ELSE {moment} END
    WHERE {key} AND t.{self.holder} IS NOT DISTINCT FROM $2 AND {self.prospect}
    RETURNING {record_key(self.table, self.shape, "t")} INTO turned;
    RETURN turned;
EXCEPTION WHEN data_exception THEN
    -- What is no key of this table is the key of no row.
    RETURN NULL;
END;"""
        return self._function(
            "turn", f"text, text, text, {_TIMESTAMPTZ}", (("", "text"),), body, "from one's hands to another's", True
        )

    def count(self) -> Function:
        body = f"""\
BEGIN
    RETURN (
        SELECT pg_catalog.count(*)
        FROM (
            SELECT
            FROM {self.relation} AS t
            WHERE t.{self.holder} = $1 AND {self.prospect}
            LIMIT $2) AS mine);
END;"""
        return self._function("count", "text, integer", (("", "bigint"),), body, "that somebody holds", False)

    def recycle(self) -> Function:
        keys = [ident("t", name) for name in self.table.key]
        places = [f"key_{place}" for place in range(len(keys))]
        picked = ", ".join(f"{key} AS {place}" for key, place in zip(keys, places, strict=True))
        match = " AND ".join(
            f"{ident('u', name)} = d.{place}" for name, place in zip(self.table.key, places, strict=True)
        )
        held = f"t.{self.holder} IS NOT NULL AND {self.prospect}"
        body = f"""\
BEGIN
    -- Of who holds one and nobody knows since when, the term begins with this.
    WITH undated AS MATERIALIZED (
        SELECT {picked}
        FROM {self.relation} AS t
        WHERE {held} AND {self._since("$2")} IS NULL
        LIMIT $3
        FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE {self.relation} AS u
    SET {self.claimed} = {as_column(self.shape, self.pool.claimed_at, "$2")}
    FROM undated AS d
    WHERE {match};
    RETURN QUERY
        WITH due AS MATERIALIZED (
            SELECT {picked}, t.{self.holder}::pg_catalog.text AS held_by
            FROM {self.relation} AS t
            WHERE {held} AND {self._since("$2")} < $1
            LIMIT $3
            FOR NO KEY UPDATE SKIP LOCKED)
        UPDATE {self.relation} AS u
        SET {self.holder} = NULL, {self.claimed} = NULL
        FROM due AS d
        WHERE {match}
        RETURNING {record_key(self.table, self.shape, "u")}, d.held_by;
END;"""
        arguments = f"{_TIMESTAMPTZ}, {_TIMESTAMPTZ}, integer"
        return self._function("recycle", arguments, _RECYCLED, body, "without progress go back", True)

    def state(self) -> Function:
        branch = f"{ident('t', self.table.branch)}::pg_catalog.text" if self.table.branch else "NULL::pg_catalog.text"
        held = f"t.{self.holder} IS NOT NULL"
        since = self._since("$2")
        body = f"""\
BEGIN
    RETURN QUERY
        SELECT
            {branch},
            t.{self.holder}::pg_catalog.text,
            pg_catalog.count(*),
            pg_catalog.count(*) FILTER (WHERE {held} AND {since} < $1),
            pg_catalog.count(*) FILTER (WHERE {held} AND {since} IS NULL),
            pg_catalog.min({since}) FILTER (WHERE {held})
        FROM {self.relation} AS t
        WHERE {self.prospect}
        GROUP BY 1, 2;
END;"""
        return self._function("state", f"{_TIMESTAMPTZ}, {_TIMESTAMPTZ}", _STATE, body, "by branch and holder", False)

    def held(self) -> Function:
        body = f"""\
BEGIN
    RETURN QUERY
        SELECT k.key, found.held_by, found.is_prospect
        FROM pg_catalog.unnest($1) AS k (key)
        LEFT JOIN LATERAL (
            SELECT t.{self.holder}::pg_catalog.text AS held_by, {self.prospect} AS is_prospect
            FROM {self.relation} AS t
            WHERE {is_key(self.table, self.shape, "k.key")}
            LIMIT 1) AS found ON true;
END;"""
        return self._function("held", "text[]", _HELD, body, "by key", False)

    def _since(self, moment: str) -> str:
        """When the holder last made progress; NULL: nobody knows. What lies more than a day ahead did not happen."""
        parts = []
        for column in dict.fromkeys((self.pool.claimed_at, self.pool.progress_at)):
            at = _AS_MOMENT[self.shape.columns[column].plain_type].format(ident("t", column))
            parts.append(f"CASE WHEN {at} < {moment} + pg_catalog.make_interval(hours => 24) THEN {at} END")
        return f"GREATEST({', '.join(parts)})"

    def _function(
        self, what: str, arguments: str, returns: tuple[tuple[str, str], ...], body: str, said: str, volatile: bool
    ) -> Function:
        comment = f"Prospects of {self.table.qualified} {said} (4.2)."
        return definer(
            INTERNAL_SCHEMA, _name(what, self.table), arguments, returns, OWNER, body, comment, volatile=volatile
        )
