"""
The demo's broker with customers made of canaries, and people of each role at work, or not.

S1 serves customers 1, 2 and 8, M1 is their manager, C1 is assigned to 1 and 2; 3 and 4 are in the pool; 5, 6 and 7 are
S2's, in whose stead nobody of these works. Of each role there is one who never starts a session.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pgcustsec.db import Connection
from tests.cluster import Server
from tests.integration.clients.world import Broker, Person, built
from tests.oracle.query.canaries import Canaries
from tests.work import begin_work, sign_for_everyone

#: Role -> who is at work, who is not, and the customers whom the first serves.
PEOPLE: dict[str, tuple[str, str, frozenset[int]]] = {
    "sales_agent": ("li", "li_idle", frozenset({1, 2, 8})),
    "sales_manager": ("zhao", "zhao_idle", frozenset({1, 2, 8})),
    "service_agent": ("chen", "chen_idle", frozenset({1, 2})),
    "data_analyst": ("sun", "sun_idle", frozenset()),
    "custodian": ("ouyang", "ouyang_idle", frozenset()),
}
STAFF: list[Person] = [
    ("M1", "zhao", "sales", "BJ", None, True, ["sales_manager"]),
    ("M2", "zhao_idle", "sales", "BJ", None, True, ["sales_manager"]),
    ("S1", "li", "sales", "BJ", "M1", True, ["sales_agent"]),
    ("S2", "wang", "sales", "SH", None, True, ["sales_agent"]),
    ("S3", "li_idle", "sales", "BJ", "M2", True, ["sales_agent"]),
    ("C1", "chen", "customer_service", "BJ", None, True, ["service_agent"]),
    ("C2", "chen_idle", "customer_service", "BJ", None, True, ["service_agent"]),
    ("D1", "sun", "data_centre", "BJ", None, True, ["data_analyst"]),
    ("D2", "sun_idle", "data_centre", "BJ", None, True, ["data_analyst"]),
    ("U1", "ouyang", "legal", "BJ", None, True, ["custodian"]),
    ("U2", "ouyang_idle", "legal", "BJ", None, True, ["custodian"]),
    ("Q1", "qin", "quality", "BJ", None, True, ["quality_inspector"]),
]
#: Customer: status, who holds them, branch, surname, given name, city and district.
CUSTOMERS = [
    ("customer", "S1", "BJ", "鄂", "旎祎", "北京市东城区"),
    ("customer", "S1", "BJ", "麴", "翀翎", "天津市河西区"),
    ("prospect", None, "BJ", "厍", "骁骞", "重庆市渝中区"),
    ("prospect", None, "BJ", "隗", "赟赪", "南京市鼓楼区"),
    ("customer", "S2", "SH", "邰", "颢颀", "杭州市上城区"),
    ("customer", "S2", "SH", "郏", "曦昉", "苏州市姑苏区"),
    ("customer", "S2", "BJ", "邴", "垚堃", "武汉市洪山区"),
    ("prospect", "S1", "BJ", "阙", "淼滢", "成都市青羊区"),
]
#: In the other world all have the same health, product and diagnosis, so that groups are other groups there.
ALIKE = "xqzzzxqzzzxqzzzxqzzz"
MASKED = ("name", "mobile", "email", "id_card", "bank_account", "address")
OPENING = "SELECT pgcustsec.open_record('customer', %s, 'calls about the renewal')"


@dataclass
class Stage:
    """The broker, what to look for, and a connection of each person who is at work or not."""

    broker: Broker
    canaries: Canaries
    connections: dict[str, Connection] = field(default_factory=dict)

    def connection(self, login: str) -> Connection:
        if login not in self.connections:
            connection = self.broker.database.connect(user=self.broker.login(login))
            connection.execute("SET statement_timeout = '3s'")
            if not login.endswith("_idle"):
                assert begin_work(connection), login
            self.connections[login] = connection
        return self.connections[login]

    def open(self, role: str, turn: int) -> None:
        """Let who is at work in *role* open the record of one whom they serve, or of nobody if they serve none."""
        login, _, served = PEOPLE[role]
        if served:
            customer = sorted(served)[turn % len(served)]
            self.connection(login).execute(OPENING, [str(customer)])


@contextmanager
def staged(server: Server, other: bool = False) -> Iterator[Stage]:
    """
    The world on *server*. The *other* one has the same people, customers and tier 3, and nothing else that is the same:
    what differs between them, customers' tier 1 and 2 have a say in.
    """
    canaries = Canaries()
    with built(server, rows(canaries, int(other)), STAFF) as broker:
        with broker.database.connect() as connection:
            sign_for_everyone(connection)
        _find_masks(broker, canaries)
        stage = Stage(broker, canaries)
        try:
            yield stage
        finally:
            for connection in stage.connections.values():
                connection.close()


def rows(canaries: Canaries, other: int) -> str:
    """The data as statements of its owner; every cell is made known to *canaries*."""
    scripts = []
    for number, (status, holder, branch, *_) in enumerate(CUSTOMERS, start=1):
        cells = _customer(canaries, number, other)
        holding = "NULL" if holder is None else f"'{holder}'"
        scripts.append(
            "INSERT INTO crm.customer (status, owner_staff_id, branch_code, gender, age, claimed_at, last_contact_at,"
            f" created_at, {', '.join(cells)}) VALUES ('{status}', {holding}, '{branch}', '女', {30 + number},"
            f" '2026-11-01', '2026-11-02', '2025-12-01 00:00+08', {', '.join(cells.values())});"
        )
        scripts.append(_policy(canaries, number, other))
    scripts.append("INSERT INTO crm.assignment (customer_id, staff_id, starts_at) VALUES")
    scripts.append(", ".join(f"({one}, '{who}', '2026-11-01')" for one in (1, 2) for who in ("C1", "C2", "S3")) + ";")
    return "\n".join(scripts)


def _customer(canaries: Canaries, number: int, other: int) -> dict[str, str]:
    *_, surname, given, district = CUSTOMERS[(number - 1 + other) % len(CUSTOMERS)]
    salt = number + 40 * other

    def said(column: str) -> str:
        if other and column == "health":
            return ALIKE
        return canaries.code(f"crm.customer.{column}", number, _first(other)) * (3 + other)

    def digits(column: str, value: str) -> str:
        return canaries.number(f"crm.customer.{column}", number, value)

    texts = {
        "name": surname + canaries.given_name("crm.customer.name", number, given),
        "mobile": digits("mobile", f"13{number}{(salt * 24691357) % 10**8:08}"),
        "email": f"{'abcdefgh'[number - 1 - 4 * other]}{said('email')}@example.com",
        "id_card": digits("id_card", f"{20 + number + 20 * other}010119{70 + number}0307{(salt * 2741) % 10**4:04}"),
        "bank_account": digits("bank_account", f"62{(salt * 31415926535897933) % 10**17:017}"),
        "birth_date": f"{canaries.year('crm.customer.birth_date', number, 1880 + number - 70 * other)}-03-07",
        "address": f"{district}{said('address')}路{number}号",
        "health": said("health"),
        "family": f'{{"children": {2 + other}, "spouse": "{said("family")}"}}',
        "annual_income": digits("annual_income", _amount(618, salt)),
        "note": said("note"),
    }
    return {column: f"'{value}'" for column, value in texts.items()}


def _amount(stem: int, salt: int) -> str:
    """Eight digits; the mean of some is none of them."""
    return f"{stem}{(salt**3 * 7919 + salt * 1009) % 10**5:05}"


def _first(other: int) -> int:
    """Where the codes of the world begin."""
    return 2000 * other


def _policy(canaries: Canaries, number: int, other: int) -> str:
    salt = number + 40 * other

    def said(column: str) -> str:
        if other and column in ("policy.product", "claim.diagnosis"):
            return f"'{ALIKE}'"
        return f"'{canaries.code(f'crm.{column}', number, _first(other)) * (3 + other)}'"

    premium = canaries.number("crm.policy.premium", number, _amount(271, salt))
    account = canaries.number("crm.policy.payer_account", number, f"43{(salt * 27182818284590451) % 10**17:017}")
    amount = canaries.number("crm.claim.amount", number, _amount(141, salt))
    starts = canaries.year("crm.policy.starts_on", number, 1850 + number - 70 * other)
    ends = canaries.year("crm.policy.ends_on", number, 2850 + number + 70 * other)
    return (
        "INSERT INTO crm.policy (customer_id, product, premium, payer_account, starts_on, ends_on) VALUES"
        f" ({number}, {said('policy.product')}, {premium}, '{account}', '{starts}-01-02', '{ends}-01-02');"
        "INSERT INTO crm.claim (policy_id, diagnosis, amount, filed_on) VALUES"
        f" ({number}, {said('claim.diagnosis')}, {amount}, '2026-02-03');"
        "INSERT INTO crm.attachment (customer_id, media_type, content, caption) VALUES"
        f" ({number}, 'text/plain', convert_to({said('attachment.content')}, 'UTF8'), {said('attachment.caption')});"
    )


def _find_masks(broker: Broker, canaries: Canaries) -> None:
    """Masked forms are what the tables store once they are sealed: that is all that anybody is shown of them."""
    for table, columns in (("customer", MASKED), ("policy", ("payer_account",))):
        for customer, *values in broker.rows(f"SELECT customer_id, {', '.join(columns)} FROM crm.{table}"):
            for column, value in zip(columns, values, strict=True):
                assert "*" in value, f"{table}.{column} is not sealed"
                if len(value) >= 3:
                    canaries.mask(f"crm.{table}.{column}", customer, value)
