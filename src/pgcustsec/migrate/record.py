"""
Writing down what was applied, in SQL: each object, what it was compiled from, and how the server prints it now. The
next plan compares with it. The same text ends an apply, a script for psql and a revision.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from pgcustsec.catalog.present import territory
from pgcustsec.catalog.queries import as_text
from pgcustsec.compile.exposure import exposure, to_rows
from pgcustsec.compile.quote import array_text, ident, literal
from pgcustsec.compile.render import as_role
from pgcustsec.compile.terms.outcomes import outcomes, outcomes_to_rows
from pgcustsec.matrix.model import Matrix
from pgcustsec.objects import OWNER, Key, Object
from pgcustsec.shape import Site

#: Kinds of object of which it is written down that an apply made them.
RECORDED = frozenset(
    ("role", "schema", "function", "view", "policy", "check", "trigger", "term column", "default privileges")
)
#: Kinds that have a body: the catalog's question for each, the parts of the object's key, and what is its body.
_BODIES = (
    ("functions", "function", ("schema", "name", "arguments"), "body"),
    ("checks", "check", ("schema", "relation", "name"), "body"),
    ("triggers", "trigger", ("schema", "relation", "name"), "body"),
    ("views", "view", ("schema", "name"), "body"),
    ("policies", "policy", ("schema", "relation", "name"), "condition || '|' || new_row"),
)


#: Those of them whose bodies are compared by what they were compiled from, and by how the server prints them.
_WITH_BODY = frozenset(kind for _, kind, _, _ in _BODIES)


def matrix_record(matrix: Matrix, site: Site) -> dict[str, Any]:
    """What is written down of *matrix* as a whole: whose, what each role sees, what anonymising leaves."""
    return {
        "organisation": matrix.organisation,
        "role_prefix": matrix.role_prefix,
        "exposure": to_rows(exposure(matrix)),
        "outcomes": outcomes_to_rows(outcomes(matrix, site)),
    }


def record_sql(
    record: Mapping[str, Any],
    site: Site,
    wanted: Iterable[Object],
    made: Collection[Key] | None = None,
    edited: Collection[Key] = (),
) -> str:
    """
    Return the statements that write down that *wanted* was applied in the database of *site*, for *record*.

    *made*: keys of what the statements before made; of the rest, what was written down of bodies stays, so that what
    somebody altered by hand is not taken for ours. None: all was compared a moment before. What is *edited* is made,
    but not as we compile it: it counts as altered.
    """
    everything = list(wanted)
    things = [thing for thing in everything if thing.kind in RECORDED]
    rest = [] if made is None else [list(thing.key) for thing in things]
    given = [
        [list(thing.key), "" if thing.key in edited else getattr(thing, "source", "")]
        for thing in things
        if made is None or thing.key in made or thing.kind not in _WITH_BODY
    ]
    return as_role(
        OWNER,
        "DELETE FROM pgcustsec_internal.applied_object AS o"
        f" WHERE o.object::jsonb NOT IN (SELECT pg_catalog.jsonb_array_elements({_json(rest)}))",
        f"WITH {_printed(site, everything)}\n"
        "INSERT INTO pgcustsec_internal.applied_object (object, source_digest, present_digest, server_major)\n"
        "SELECT given.object, given.source, COALESCE(printed.digest, ''),"
        " pg_catalog.current_setting('server_version_num')::integer / 10000\n"
        f"FROM (SELECT e -> 0, e ->> 1 FROM pg_catalog.jsonb_array_elements({_json(given)}) AS e)"
        " AS given (object, source)\n"
        "LEFT JOIN printed ON printed.object = given.object\n"
        "ON CONFLICT (object) DO UPDATE SET source_digest = EXCLUDED.source_digest,"
        " present_digest = EXCLUDED.present_digest, server_major = EXCLUDED.server_major",
        f"INSERT INTO pgcustsec_internal.applied_matrix (matrix) VALUES ({_json(record)})",
    )


def _printed(site: Site, things: list[Object]) -> str:
    """The common table expressions that end in `printed`: the digest of each body as the server prints it."""
    ours = territory(site, [thing.key for thing in things], [])
    relations = array_text(ident(*relation) for relation in ours.relations)
    parameters = {
        "functions": literal(array_text(ours.functions)),
        "schemas": literal(array_text(ours.schemas)),
        "roles": literal(array_text([*ours.roles, OWNER])),
        "relations": f"{literal(relations)}::regclass[]",
    }
    questions = [f"{question} AS MATERIALIZED (\n{as_text(question, parameters)})" for question, *_ in _BODIES]
    digests = [
        f"SELECT pg_catalog.jsonb_build_array('{kind}', {', '.join(key)}),"
        f" pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to({body}, 'UTF8')), 'hex') FROM {question}"
        for question, kind, key, body in _BODIES
    ]
    union = "\nUNION ALL\n".join(digests)
    return ",\n".join([*questions, f"printed (object, digest) AS MATERIALIZED (\n{union})"])


def _json(value: object) -> str:
    return f"{literal(json.dumps(value, ensure_ascii=False))}::jsonb"


def forget_sql() -> str:
    """Return the statements that write down that nothing is applied any more."""
    return as_role(
        OWNER,
        "DELETE FROM pgcustsec_internal.applied_object",
        "INSERT INTO pgcustsec_internal.applied_matrix (matrix) VALUES ('{}')",
    )
