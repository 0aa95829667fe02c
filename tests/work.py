"""People at work: from the commit of their session on, their views show tier 1 and 2 as the matrix says (5.2.4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from pgcustsec.matrix.model import Purpose

#: The purpose of the small worlds' matrices, and those of the demo broker's.
WORK = "work"
PURPOSES = (WORK, "selling", "servicing", "analysis", "oversight", "disclosure")


def work(roles: Iterable[str]) -> dict[str, Purpose]:
    """The purposes of a matrix that has one, for all of *roles*."""
    return {WORK: Purpose(WORK, "Work", tuple(roles))}


def begin_work_within(connection: psycopg.Connection[Any], login: str) -> None:
    """
    The same for *login* in the open transaction of a superuser, who says that another one began it, long ago committed.
    """
    connection.execute(sql.SQL("SET LOCAL SESSION AUTHORIZATION {}").format(sql.Identifier(login)))
    connection.execute("SELECT pgcustsec.start_session(%s)", [WORK])
    connection.execute("RESET SESSION AUTHORIZATION")
    connection.execute(
        "UPDATE pgcustsec_internal.session_access AS w SET begun_by = ("
        " SELECT x.before::text::xid8"
        " FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS first) AS s,"
        " generate_series(s.first - 1, greatest(s.first - 1000, 3), -1) AS x (before)"
        " WHERE pg_xact_status(x.before::text::xid8) = 'committed' LIMIT 1) WHERE w.known_as = %s",
        [login],
    )


def begin_work(connection: psycopg.Connection[Any]) -> bool:
    """
    Start a session for the login of *connection* under the first purpose that is for it, and commit; or say no.

    They sign what is published and not signed yet.
    """
    sign_all(connection)
    for purpose in PURPOSES:
        try:
            connection.execute("SELECT pgcustsec.start_session(%s)", [purpose])
        except psycopg.Error:
            connection.rollback()
            continue
        connection.commit()
        return True
    return False


def sign_all(connection: psycopg.Connection[Any]) -> None:
    """Sign for the login of *connection* every agreement that is missing and has a text, and commit."""
    try:
        missing = connection.execute(
            "SELECT agreement, digest FROM pgcustsec.my_agreements() WHERE missing AND version IS NOT NULL"
        ).fetchall()
    except psycopg.Error:  # nobody's login
        connection.rollback()
        return
    for name, digest in missing:
        connection.execute("SELECT pgcustsec.sign_agreement(%s, %s)", [name, digest])
    connection.commit()


def sign_for_everyone(connection: psycopg.Connection[Any]) -> None:
    """As a superuser, sign what is published for all who are asked to."""
    connection.execute(
        "INSERT INTO pgcustsec_internal.agreement_signature (staff_id, agreement_code, version, digest, valid_until)"
        " SELECT s.staff_id, q.agreement_code, t.version, t.digest, 'infinity' FROM pgcustsec_internal.staff AS s"
        " CROSS JOIN LATERAL pgcustsec_internal._required_agreements(s.staff_id) AS q"
        " JOIN pgcustsec_internal.agreement_text AS t USING (agreement_code)"
    )


def publish_all(connection: psycopg.Connection[Any]) -> None:
    """Give every agreement of the applied matrix a text, as a superuser."""
    connection.execute(
        "INSERT INTO pgcustsec_internal.agreement_text (agreement_code, version, body, digest, in_force_from)"
        " SELECT agreement_code, 1, title, encode(sha256(convert_to(title, 'UTF8')), 'hex'), clock_timestamp()"
        " FROM pgcustsec_internal.agreement"
    )
