# ruff: noqa: E501 - a statement of SQL reads best on its line
"""
The demo's broker with a hundred customers more, and everything that hangs on them, whose every value tells whose it is.

Values of customer 1017 have `kan-1017-` in them, true tier 1 in the vault too, so what is left of somebody is found by
reading everything. Time passes by moving the data's dates, never the server's clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from pgcustsec.db import Connection
from pgcustsec.matrix.model import Matrix, RetentionRule
from pgcustsec.migrate import apply_matrix
from pgcustsec.retention import Swept, restamp, sweep
from tests.canaries import dump
from tests.integration.clients.world import Broker

NEVER = datetime(9999, 12, 30, tzinfo=UTC)
#: Longer ago than every rule of the demo's matrix.
LONG_AGO = "2001-02-03"
CUSTOMER = "crm.customer"
CHILDREN = ("crm.policy", "crm.claim", "crm.attachment", "crm.assignment")

#: Customers %(first)s and on, of one status: two policies each, three claims, an attachment, an assignment, a history.
MORE = """
CREATE TEMPORARY TABLE more AS SELECT i, 'kan-' || i || '-' AS k FROM generate_series(%(first)s, %(last)s) AS i;
INSERT INTO crm.customer (customer_id, status, owner_staff_id, branch_code, name, mobile, email, gender, age, address,
    health, family, note, last_contact_at, created_at) OVERRIDING SYSTEM VALUE
    SELECT i, %(status)s, 'S1', 'BJ', pgcustsec_internal.mask_name(k || 'name'),
        pgcustsec_internal.mask_phone('138' || (10000000 + i)), pgcustsec_internal.mask_email(k || 'mail@example.com'),
        '男', 30, '***', k || 'health', jsonb_build_object('kin', k || 'kin'), k || 'note', %(contact)s, '2001-01-01'
    FROM more;
SELECT setval('crm.customer_customer_id_seq', greatest(5000, last_value)) FROM crm.customer_customer_id_seq;
INSERT INTO pgcustsec_vault."crm.customer" (customer_id, name, mobile, email, address)
    SELECT i, k || 'name', '138' || (10000000 + i), k || 'mail@example.com', k || 'address' FROM more
    ON CONFLICT (customer_id) DO UPDATE SET name = EXCLUDED.name, mobile = EXCLUDED.mobile, email = EXCLUDED.email,
        address = EXCLUDED.address;
INSERT INTO crm.policy (policy_id, customer_id, product, payer_account, starts_on, ends_on) OVERRIDING SYSTEM VALUE
    SELECT 2 * i + n, i, k || 'product', '********' || to_char(i, 'FM0000'), '2001-01-01', %(ends)s FROM more, generate_series(0, 1) AS n;
INSERT INTO pgcustsec_vault."crm.policy" (policy_id, payer_account)
    SELECT 2 * i + n, '622202123456' || to_char(i, 'FM0000') FROM more, generate_series(0, 1) AS n
    ON CONFLICT (policy_id) DO UPDATE SET payer_account = EXCLUDED.payer_account;
INSERT INTO crm.claim (policy_id, diagnosis, filed_on) SELECT 2 * i + mod(n, 2), k || 'diagnosis', '2001-02-02' FROM more, generate_series(0, 2) AS n;
INSERT INTO crm.attachment (attachment_id, customer_id, media_type, caption) OVERRIDING SYSTEM VALUE SELECT i, i, 'text/plain', k || 'caption' FROM more;
INSERT INTO pgcustsec_vault."crm.attachment" (attachment_id, content) SELECT i, convert_to(k || 'file', 'UTF8') FROM more
    ON CONFLICT (attachment_id) DO UPDATE SET content = EXCLUDED.content;
INSERT INTO crm.assignment (customer_id, staff_id) SELECT i, 'C1' FROM more;
INSERT INTO pgcustsec_internal.change (relation, record_key, operation, column_name, old_value, new_value, old_blind, new_blind, reason, staff_id)
    SELECT r.name, (i * r.times)::text, 'changed', 'note', k || 'old', k || 'new', convert_to(k || 'b', 'UTF8'), convert_to(k || 'c', 'UTF8'), k || 'why', 'S1'
    FROM more, (VALUES ('crm.customer', 1), ('crm.policy', 2), ('crm.attachment', 1)) AS r (name, times);
DROP TABLE more
"""

#: Whatever hangs on nobody, or is there without what it hangs on.
ORPHANS = """
SELECT 'policy', policy_id FROM crm.policy AS p WHERE NOT EXISTS (SELECT FROM crm.customer AS c WHERE c.customer_id = p.customer_id)
UNION ALL SELECT 'claim', claim_id FROM crm.claim AS p WHERE NOT EXISTS (SELECT FROM crm.policy AS c WHERE c.policy_id = p.policy_id)
UNION ALL SELECT 'attachment', attachment_id FROM crm.attachment AS p WHERE NOT EXISTS (SELECT FROM crm.customer AS c WHERE c.customer_id = p.customer_id)
UNION ALL SELECT 'assignment', assignment_id FROM crm.assignment AS p WHERE NOT EXISTS (SELECT FROM crm.customer AS c WHERE c.customer_id = p.customer_id)
UNION ALL SELECT 'vault of customers', customer_id FROM pgcustsec_vault."crm.customer" AS v WHERE NOT EXISTS (SELECT FROM crm.customer AS c WHERE c.customer_id = v.customer_id)
UNION ALL SELECT 'vault of policies', policy_id FROM pgcustsec_vault."crm.policy" AS v WHERE NOT EXISTS (SELECT FROM crm.policy AS c WHERE c.policy_id = v.policy_id)
UNION ALL SELECT 'vault of attachments', attachment_id FROM pgcustsec_vault."crm.attachment" AS v WHERE NOT EXISTS (SELECT FROM crm.attachment AS c WHERE c.attachment_id = v.attachment_id)
UNION ALL SELECT 'history', change_id FROM pgcustsec_internal.change AS h
    WHERE h.relation = 'crm.customer' AND num_nonnulls(old_value, new_value, old_blind, new_blind, reason) > 0
        AND NOT EXISTS (SELECT FROM crm.customer AS c WHERE c.customer_id::text = h.record_key)
"""


def more(
    broker: Broker,
    first: int,
    last: int,
    *,
    status: str = "prospect",
    contact: str | None = LONG_AGO,
    ends: str | None = LONG_AGO,
) -> list[str]:
    """Add customers *first* to *last*, due if nothing else is said, and return their keys."""
    parameters = {"first": first, "last": last, "status": status, "contact": contact, "ends": ends}
    with broker.database.connect() as connection, psycopg.ClientCursor(connection) as cursor:
        cursor.execute(MORE.encode(), parameters)
    return [str(number) for number in range(first, last + 1)]


def sweep_once(broker: Broker, batch: int = 1000) -> tuple[int, int, int]:
    """One batch, as the administrator: destroyed, anonymised, not due after all."""
    with broker.database.connect(user=broker.admin) as connection:
        return batch_of(connection, batch)


def batch_of(connection: psycopg.Connection[Any], batch: int = 1000) -> tuple[int, int, int]:
    """The same on a connection, in the transaction that it is in if there is one."""
    connection.execute("SET ROLE pgcustsec_owner")
    [row] = connection.execute("SELECT * FROM pgcustsec.sweep('crm.customer', %s)", [batch]).fetchall()
    return row[0], row[1], row[2]


def swept(broker: Broker, **terms: Any) -> Swept:
    """Sweep as the administrator does, batch after batch."""
    with broker.connect(broker.admin) as connection:
        [done] = sweep(connection, [CUSTOMER], **terms)
    return done


def there(broker: Broker) -> list[int]:
    return [row[0] for row in broker.rows("SELECT customer_id FROM crm.customer ORDER BY 1")]


def until(broker: Broker, customer: int) -> datetime:
    """Until when the row is kept."""
    [(moment,)] = broker.rows("SELECT retain_until FROM crm.customer WHERE customer_id = %s", customer)
    assert isinstance(moment, datetime)
    return moment.astimezone(UTC)


def past_term(broker: Broker, *customers: int) -> None:
    """Let the terms of *customers* pass: all their dates are of long ago."""
    keys = ", ".join(map(str, customers))
    broker.execute(
        f"UPDATE crm.policy SET ends_on = '{LONG_AGO}' WHERE customer_id IN ({keys})",
        f"UPDATE crm.customer SET last_contact_at = '{LONG_AGO}', created_at = '{LONG_AGO}' WHERE customer_id IN ({keys})",
    )


def marks(text: str) -> set[int]:
    """The customers of whom something is in *text*."""
    numbers = {int(number) for number in re.findall(r"kan-(\d+)-", text)}
    numbers |= {int(number) for number in re.findall(r"\b1381000([1-4]\d{3})\b", text)}
    return numbers | {int(number) for number in re.findall(r"\b622202123456(\d{4})\b", text)}


def left_of_anybody(broker: Broker) -> set[int]:
    """The customers of whom a value is in any table of the database, the vault included; files are read as bytes."""
    text = dump(broker.database, vault=True)
    hidden = re.findall(r"\\\\x([0-9a-f]{8,})", text)
    return marks(
        "\n".join([text, *(bytes.fromhex(one[: len(one) // 2 * 2]).decode("utf-8", "replace") for one in hidden)])
    )


def orphans(broker: Broker) -> list[tuple[Any, ...]]:
    return broker.rows(ORPHANS)


def with_rules(matrix: Matrix, *rules: RetentionRule, table: str = CUSTOMER) -> Matrix:
    """*matrix* with these rules of retention for *table*."""
    changed = replace(matrix.tables[table], retention=rules)
    return replace(matrix, tables={**matrix.tables, table: changed})


def rule(matrix: Matrix, name: str) -> RetentionRule:
    [found] = [one for one in matrix.tables[CUSTOMER].retention if one.name == name]
    return found


def apply(broker: Broker, matrix: Matrix) -> None:
    with broker.connect(broker.admin) as connection:
        apply_matrix(connection, matrix)


def restamped(broker: Broker) -> int:
    """Work all terms out anew where rules changed, and return how many rows have another one."""
    with broker.connect(broker.admin) as connection:
        return restamp(connection)[CUSTOMER]


def supervisor(broker: Broker, name: str = "qin") -> Connection:
    return broker.database.connect(user=broker.login(name))


def hold(
    broker: Broker,
    keys: Iterable[object] | None = None,
    where: str | None = None,
    *,
    by: str = "qin",
    review: str = "30 days",
) -> int:
    """Place a hold and return its number."""
    with supervisor(broker, by) as connection:
        [(number,)] = connection.execute(
            "SELECT pgcustsec.place_hold('crm.customer', %s::text[], %s::jsonb, 'lawsuit', '(2026)京01民初118号',"
            " clock_timestamp() + %s::interval)",
            [None if keys is None else [str(key) for key in keys], where, review],
        ).fetchall()
    return int(number)


def release(broker: Broker, number: int, by: str = "qin") -> None:
    with supervisor(broker, by) as connection:
        connection.execute("SELECT pgcustsec.release_hold(%s, 'over')", [number])


# --- a plain model of until when a row is kept --------------------------------------------------------------------


def end_of(value: date | datetime | None) -> datetime | None:
    """The end of what a column says: a day runs through, in UTC; a moment without time zone is UTC."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC) + timedelta(days=1)


def expected(status: str, last_contact: datetime | None, created: datetime, ends: Iterable[date | None]) -> datetime:
    """Until when the demo's matrix keeps a customer, whose policies end at *ends*."""
    below = [NEVER if end is None else end_of(end) or NEVER for end in ends]
    contact = end_of(last_contact)
    found = []
    if status in ("prospect", "lost"):
        found.append((contact or created) + timedelta(days=730))
    if status == "customer":
        dates = [*below, *([contact] if contact else [])] or [created]
        latest = max(dates)
        found.append(NEVER if latest >= NEVER else latest + timedelta(days=3650))
    return min(max([max(found, default=NEVER), *below]), NEVER)
