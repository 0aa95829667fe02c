"""
People of the demo's broker, sealed: zhao manages li and wang in sales, who serve customers 1 and 4, and 3; chen is in
service, sun in the data centre. qin (quality), luo (legal) and han (data centre) supervise.

`unsigned`  both agreements are published, nobody has signed, and nothing ever happened
`broker`    the same, and everybody has signed what they are to sign
`copied`    a copy of that for one test, which may apply another matrix
`application`  the login of crm_web there, which speaks for agents and managers of sales
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pgcustsec.migrate import apply_matrix
from tests.cluster import Server
from tests.integration.clients.world import Broker, built, copy
from tests.work import sign_for_everyone

KEPT = ("agreement", "staff", "staff_role")
#: Who works there is remembered, so that the next test finds it whatever this one did.
KEEP = ("CREATE SCHEMA kept", *(f"CREATE TABLE kept.{t} AS TABLE pgcustsec_internal.{t}" for t in KEPT))

EVIDENCE = (
    "extract_event extract request_event reinstatement rectification suspension agreement_signature agreement_text"
    " session_end session audit"
).split()
#: Only where there is something: a trigger that is switched makes everybody plan anew.
FRESH = f"""
DO $$
DECLARE
    evidence text;
    rows bigint;
BEGIN
    FOREACH evidence IN ARRAY '{{{",".join(EVIDENCE)}}}'::text[] LOOP
        EXECUTE format('SELECT count(*) FROM pgcustsec_internal.%I', evidence) INTO rows;
        CONTINUE WHEN rows = CASE evidence WHEN 'agreement_text' THEN (SELECT count(*) FROM kept.agreement) ELSE 0 END;
        EXECUTE format('ALTER TABLE pgcustsec_internal.%I DISABLE TRIGGER refuse_rewriting', evidence);
        IF evidence = 'agreement_text' THEN
            DELETE FROM pgcustsec_internal.agreement_text
                WHERE version > 1 OR agreement_code NOT IN (SELECT agreement_code FROM kept.agreement);
        ELSE
            EXECUTE format('DELETE FROM pgcustsec_internal.%I', evidence);
        END IF;
        EXECUTE format('ALTER TABLE pgcustsec_internal.%I ENABLE ALWAYS TRIGGER refuse_rewriting', evidence);
    END LOOP;
    DELETE FROM pgcustsec_internal.request;
    DELETE FROM pgcustsec_internal.session_access;
    DELETE FROM pgcustsec_internal.agreement WHERE agreement_code NOT IN (SELECT agreement_code FROM kept.agreement);
    DELETE FROM pgcustsec_internal.staff_role;
    DELETE FROM pgcustsec_internal.staff WHERE staff_id NOT IN (SELECT staff_id FROM kept.staff);
    UPDATE pgcustsec_internal.staff AS s
        SET login = k.login, department_code = k.department_code, branch_code = k.branch_code,
            manager_id = k.manager_id, active = k.active
        FROM kept.staff AS k WHERE k.staff_id = s.staff_id;
    INSERT INTO pgcustsec_internal.staff_role TABLE kept.staff_role;
END
$$
"""


@pytest.fixture(scope="session")
def sealed_broker(server: Server) -> Iterator[Broker]:
    with built(server) as world:
        with world.connect(world.admin) as administrator:
            administrator.execute(f"CREATE ROLE {world.login('han')} LOGIN".encode())
        world.execute(
            "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code)"
            f" VALUES ('K1', 'N. K1', '{world.login('han')}', 'data_centre', 'BJ')",
            "INSERT INTO pgcustsec_internal.staff_role VALUES ('K1', 'data_controller')",
        )
        with world.connect(world.admin) as administrator:
            apply_matrix(administrator, world.matrix)
        yield world


@pytest.fixture(scope="module")
def _one_copy(sealed_broker: Broker) -> Iterator[Broker]:
    with copy(sealed_broker) as world:
        world.execute(*KEEP)
        yield world


@pytest.fixture
def unsigned(_one_copy: Broker) -> Broker:
    _one_copy.execute(FRESH)
    return _one_copy


@pytest.fixture
def broker(unsigned: Broker) -> Broker:
    with unsigned.database.connect() as connection:
        sign_for_everyone(connection)
    return unsigned


@pytest.fixture
def copied(sealed_broker: Broker) -> Iterator[Broker]:
    with copy(sealed_broker) as world:
        with world.database.connect() as connection:
            sign_for_everyone(connection)
        yield world


@pytest.fixture
def application(unsigned: Broker) -> Iterator[str]:
    """Roles are the cluster's: it ends here."""
    name = unsigned.login("crm_web")
    groups = ", ".join(unsigned.group(role) for role in ("sales_agent", "sales_manager"))
    unsigned.execute(f"CREATE ROLE {name} LOGIN", f"GRANT {groups} TO {name}")
    try:
        yield name
    finally:
        unsigned.execute(f"DROP OWNED BY {name}", f"DROP ROLE {name}")
