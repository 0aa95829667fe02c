"""The end of a term (使用期限): a prospect vanishes, is destroyed and certified; another is held, and not shown."""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import timedelta

from rich.console import RenderableType

from pgcustsec.demo import show
from pgcustsec.demo.broker import ADMINISTRATOR, OWNER
from pgcustsec.demo.due import hold
from pgcustsec.demo.loop.office import Deed, Office
from pgcustsec.demo.reasons import TABLE
from pgcustsec.retention import list_certificates, place_hold, sweep

REASON = "lawsuit about a referral"
#: Two of the agent's own, who bought nothing: what they hold shows, and nothing hangs on them that would keep them.
OURS = "SELECT customer_id FROM customer WHERE status = 'prospect' AND owner_staff_id = %s ORDER BY customer_id LIMIT 2"
PAST = """
    UPDATE crm.customer SET last_contact_at = now() - interval '730 days 1 second' WHERE customer_id = ANY (%s)
"""
SEEN = "SELECT count(*) FROM customer WHERE customer_id = ANY (%s)"


def end_of_terms(office: Office) -> list[RenderableType]:
    """Two prospects pass their term; one is under a legal hold. Raises `Finding` unless all is as the policy says."""
    agent, supervisor, broker = office.agent, office.supervisor, office.broker
    with closing(broker.at_work(agent)) as connection:
        keys = [row[0] for row in connection.execute(OURS, [agent.staff_id]).fetchall()]
    hold("prospects of the agent's own", len(keys), 2)
    held, goes = keys
    seen = f"SELECT count(*) FROM customer WHERE customer_id IN ({held}, {goes})"
    done: list[Deed] = [(agent, seen, _count(office, keys, 2))]
    with broker.at_prompt(supervisor) as connection:
        number = place_hold(connection, TABLE, REASON, broker.now() + timedelta(days=180), keys=[str(held)])
    done.append((supervisor, f"pgcustsec hold place {TABLE} --key {held} --reason '{REASON}' ...", f"hold {number}"))
    with broker.as_administrator(OWNER) as connection:
        # What moves is the date that the term counts from, so that nobody has to wait for two years.
        connection.execute(PAST, [keys])
    done.append((agent, "the same, two years and a second after the last contact", _count(office, keys, 0)))
    with broker.as_administrator() as connection:
        [swept] = sweep(connection)
    lines: list[RenderableType] = [show.deeds(done)]
    lines.append(
        show.line(
            f"{ADMINISTRATOR}: pgcustsec retention run: {swept.destroyed} destroyed, the demo's oldest with them;"
            f" {swept.left} left that are due and not held"
        )
    )
    lines += _proof(office, held, goes)
    return lines


def _count(office: Office, keys: list[int], due: int) -> str:
    with closing(office.broker.at_work(office.agent)) as connection:
        [(count,)] = connection.execute(SEEN, [keys]).fetchall()
    hold("rows that the agent sees of the two", count, due)
    return f"{count}"


def _proof(office: Office, held: int, goes: int) -> list[RenderableType]:
    """What the supervisor reads of it, and what is there: the one that is held, and nothing of the other."""
    with office.broker.as_administrator(OWNER) as connection:
        there = connection.execute(
            "SELECT customer_id FROM crm.customer WHERE customer_id = ANY (%s)", [[held, goes]]
        ).fetchall()
    hold("rows in the table of the two", there, [(held,)])
    with office.broker.at_prompt(office.supervisor) as connection:
        [certificate, *_] = list_certificates(connection)
    hold("what the certificate says", (certificate.action, certificate.rule), ("destroyed", "unsold_prospect"))
    if certificate.subjects == 1:
        digest = hashlib.sha256(str(goes).encode()).hexdigest()
        hold("the digest of the key that went", certificate.digest, digest)
    rows = ", ".join(f"{table} {count}" for table, count in sorted(certificate.counts.items()))
    return [
        show.line(
            f"certificate {certificate.number}: {certificate.action} by rule {certificate.rule}: {rows}; SHA-256 of the"
            f" keys {certificate.digest[:16]}…"
        ),
        show.line(f"customer {goes} is in no table any more; {held} is held, and shows to nobody"),
    ]
