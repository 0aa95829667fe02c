"""Agreements: who has not signed sees tier 3 only, from the next statement on, until they sign (3.4)."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pgcustsec.client import mint
from pgcustsec.errors import NotAllowed, UsageError
from pgcustsec.matrix.model import Matrix
from pgcustsec.supervise import list_agreements, own_agreements, publish_agreement, sign_agreement
from tests.integration.clients.world import Broker
from tests.integration.supervision.office import (
    administrator,
    apply,
    kept_as_evidence,
    login,
    publish,
    refusal,
    shell,
    shows,
    sign,
    value,
    why,
    work,
)

RECORD = "SELECT kind, staff_id, about FROM pgcustsec_internal.audit WHERE about LIKE 'agreement %%' ORDER BY audit_id"
SIGNATURES = (
    "SELECT staff_id, agreement_code, version FROM pgcustsec_internal.agreement_signature ORDER BY signature_id"
)


# --- missing ----------------------------------------------------------------------------------------------------------


def test_who_has_not_signed_sees_tier_3_is_told_why_and_sees_tier_2_once_they_have(unsigned: Broker) -> None:
    with login(unsigned, "li") as li, unsigned.person("wang") as wang:
        assert shows(li) == "tier 3"
        assert refusal(li, "SELECT pgcustsec.start_session('selling')") == "CS102"
        assert refusal(li, "SELECT pgcustsec.open_record('customer', '1', 'call')") == "CS005"
        reason, next_step = why(li)
        assert "confidentiality" in reason and "保密协议" in reason and "sign_agreement" in next_step
        assert shows(wang, "wang") == "tier 2", "who has signed sees what they saw"
        sign(li)
        assert shows(li) == "tier 3", "and in no session yet"
        work(li)
        assert shows(li) == "tier 2" and why(li) == ("", "")


def test_a_department_asks_for_its_own_agreement_as_well(unsigned: Broker) -> None:
    with login(unsigned, "chen") as chen, login(unsigned, "li") as li:
        names = "SELECT array_agg(agreement ORDER BY agreement) FROM pgcustsec.my_agreements() WHERE missing"
        assert value(chen, names) == ["confidentiality", "customer_information"]
        assert value(li, names) == ["confidentiality"]
        sign(chen)
        assert refusal(chen, "SELECT pgcustsec.start_session('servicing')") == "CS102"
        assert "customer_information" in why(chen)[0] and shows(chen, "chen") == "tier 3"
        sign(chen, "customer_information")
        work(chen, "servicing")
        assert shows(chen, "chen") == "tier 2"


def test_an_agreement_without_a_text_keeps_everybody_at_tier_3_and_says_who_can_help(broker: Broker) -> None:
    with broker.person("li") as li:
        assert shows(li) == "tier 2"
        broker.execute("INSERT INTO pgcustsec_internal.agreement VALUES ('secrecy', 'Secrecy', 30, true)")
        assert shows(li) == "tier 3"
        reason, next_step = why(li)
        assert "secrecy" in reason and "publish" in next_step
        assert refusal(li, "SELECT pgcustsec.sign_agreement('secrecy', 'x')") == "CS102"
        publish(broker, "secrecy", "keep it to yourself")
        sign(li, "secrecy")
        work(li)
        assert shows(li) == "tier 2"


def test_it_counts_in_the_next_statement_of_an_open_transaction_with_a_record_open(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("chen") as chen:
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        with li.transaction():
            assert shows(li) == "tier 1"
            publish(broker, "confidentiality", "new words")
            assert shows(li) == "tier 3"
        assert shows(chen, "chen") == "tier 3", "it is everybody's"
        assert refusal(li, "SELECT pgcustsec.open_record('customer', '4', 'call')") in ("CS005", "CS006")
        assert value(li, "SELECT state FROM pgcustsec.sessions") == "agreement"
        sign(li)
        assert shows(li) == "tier 3", "a new session begins"
        work(li)
        assert shows(li) == "tier 2", "and nothing is open in it"


# --- versions and terms -----------------------------------------------------------------------------------------------


def test_a_version_that_is_needed_later_counts_from_then_on_and_can_be_signed_before(broker: Broker) -> None:
    with broker.person("li") as li, broker.person("wang") as wang:
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        assert publish(broker, "confidentiality", "new words", "1 s") == 2
        with li.transaction():
            assert (shows(li), shows(wang, "wang")) == ("tier 1", "tier 2")
            sign(wang)
            work(wang)
            time.sleep(1.1)
            assert (shows(li), shows(wang, "wang")) == ("tier 3", "tier 2")
        assert "confidentiality" in why(li)[0]
        assert refusal(li, "SELECT pgcustsec.start_session('selling')") == "CS102"


def test_a_session_that_a_later_version_has_ended_is_not_listed_as_live(broker: Broker) -> None:
    with broker.person("li") as li:
        publish(broker, "confidentiality", "new words", "0.3 s")
        time.sleep(0.4)
        assert shows(li) == "tier 3"
        assert value(li, "SELECT state FROM pgcustsec.sessions") != "live"


def test_what_is_said_to_be_needed_earlier_is_needed_from_now_on_and_not_before(broker: Broker) -> None:
    publish(broker, "confidentiality", "new words", "-1 year")
    [(late,)] = broker.rows(
        "SELECT in_force_from >= published_at - interval '1 s' FROM pgcustsec_internal.agreement_text WHERE version = 2"
    )
    assert late


def test_a_signature_lapses_and_its_session_with_it(unsigned: Broker) -> None:
    """As superuser: signed almost a year ago, so that it holds for a moment yet."""
    unsigned.execute(
        "INSERT INTO pgcustsec_internal.agreement_signature (staff_id, agreement_code, version, digest, valid_until)"
        " SELECT s, agreement_code, version, digest, clock_timestamp() + t::interval"
        " FROM pgcustsec_internal.agreement_text, (VALUES ('S1', '1.2 s'), ('S2', '-1 s')) AS x (s, t)"
    )
    with login(unsigned, "li") as li, login(unsigned, "wang") as wang:
        work(li)
        assert shows(li) == "tier 2"
        assert refusal(wang, "SELECT pgcustsec.start_session('selling')") == "CS102"
        with li.transaction():
            time.sleep(1.3)
            assert shows(li) == "tier 3"
        assert "no longer in force" in why(li)[0]
        assert value(li, "SELECT state FROM pgcustsec.sessions") == "lapsed"
        sign(li)
        work(li)
        assert shows(li) == "tier 2"


def test_a_signature_holds_for_the_days_of_the_matrix(unsigned: Broker) -> None:
    with login(unsigned, "li") as li:
        sign(li)
        days = "SELECT round(extract(epoch FROM signed_until - now()) / 86400) FROM pgcustsec.my_agreements()"
        assert value(li, days) == 365
        work(li)
        [(hours,)] = unsigned.rows(
            "SELECT round(extract(epoch FROM max(ends_at) - now()) / 3600) FROM pgcustsec_internal.session_access"
        )
        assert hours == 10, "and a session no longer for it"


# --- signing ----------------------------------------------------------------------------------------------------------


def test_a_digest_that_is_not_of_the_latest_words_signs_nothing(unsigned: Broker) -> None:
    read = "SELECT digest FROM pgcustsec.my_agreements()"
    with login(unsigned, "li") as li:
        old = value(li, read)
        assert old == hashlib.sha256("保密协议".encode()).hexdigest()
        publish(unsigned, "confidentiality", "other words")
        for digest in (old, "", "x", old.upper()):
            assert refusal(li, "SELECT pgcustsec.sign_agreement('confidentiality', %s)", digest) == "CS102"
        for name in ("", "nothing", "CONFIDENTIALITY", None):
            assert refusal(li, "SELECT pgcustsec.sign_agreement(%s, %s)", name, old) == "CS102"
        assert unsigned.rows(SIGNATURES) == []
        assert value(li, "SELECT pgcustsec.sign_agreement('confidentiality', %s) > now()", value(li, read))
    assert unsigned.rows(SIGNATURES) == [("S1", "confidentiality", 2)]


def test_who_does_not_say_what_they_read_signs_nothing_that_came_meanwhile(unsigned: Broker) -> None:
    with login(unsigned, "li") as li:
        value(li, "SELECT body FROM pgcustsec.my_agreements()")
        publish(unsigned, "confidentiality", "words that li has not seen")
        assert refusal(li, "SELECT pgcustsec.sign_agreement('confidentiality')") == "CS102"


def test_signing_twice_adds_a_second_row_and_takes_nothing_from_the_first(unsigned: Broker) -> None:
    until = "SELECT signed_until FROM pgcustsec.my_agreements()"
    with login(unsigned, "li") as li:
        sign(li)
        first = value(li, until)
        sign(li)
        assert value(li, until) > first
        work(li)
        assert shows(li) == "tier 2"
    assert unsigned.rows(SIGNATURES) == [("S1", "confidentiality", 1)] * 2
    [(login_, address)] = unsigned.rows(
        "SELECT DISTINCT login::text, client_address FROM pgcustsec_internal.agreement_signature"
    )
    assert (login_, address) == (unsigned.login("li"), None)


def test_nobody_signs_for_another(unsigned: Broker) -> None:
    """Not their manager, not who supervises, not an administrator."""
    insert = (
        "INSERT INTO pgcustsec_internal.agreement_signature (staff_id, agreement_code, version, digest, valid_until)"
        " VALUES ('S1', 'confidentiality', 1, 'x', 'infinity')"
    )
    for name in ("zhao", "qin", *administrator(unsigned)):
        with login(unsigned, name) as other:
            assert refusal(other, insert) == "42501"
            assert refusal(other, f"SET SESSION AUTHORIZATION {unsigned.login('li')}") == "42501"
    with login(unsigned, "zhao") as zhao:
        sign(zhao)
    assert unsigned.rows(SIGNATURES) == [("M1", "confidentiality", 1)], "a signature is its login's person's"


def test_a_token_of_an_application_does_not_sign(unsigned: Broker, application: str) -> None:
    from uuid import uuid4

    from tests.signing import make_key

    key = make_key(unsigned.database, application)
    token = mint(key, staff="S1", role="sales_agent", purpose="selling", session=uuid4())
    with unsigned.database.connect(user=application) as web:
        assert refusal(web, "SELECT pgcustsec.register_session(%s)", token) == "CS102"
        with web.transaction(force_rollback=True):
            web.execute("SELECT set_config('pgcustsec.token', %s, true)", [token])
            digest = value(web, "SELECT digest FROM pgcustsec.my_agreements()")
            assert refusal(web, "SELECT pgcustsec.sign_agreement('confidentiality', %s)", digest) == "CS003"
        with login(unsigned, "li") as li:
            sign(li)
        assert value(web, "SELECT pgcustsec.register_session(%s)", token), "signed by oneself, it counts there too"


# --- publishing -------------------------------------------------------------------------------------------------------


def test_only_who_supervises_publishes(broker: Broker) -> None:
    statement = "SELECT pgcustsec.publish_agreement('confidentiality', 'free for all')"
    for name in ("li", "zhao", "chen", "sun", "ouyang", *administrator(broker)):
        with login(broker, name) as person:
            assert refusal(person, statement) == "42501", name
    broker.execute("DELETE FROM pgcustsec_internal.staff_role WHERE staff_id = 'Q1'")
    with login(broker, "qin") as former:
        assert refusal(former, statement) == "CS601", "the login is in the group yet, the person holds no such role"
    assert broker.rows("SELECT max(version) FROM pgcustsec_internal.agreement_text") == [(1,)]


def test_what_cannot_be_published_is_refused(broker: Broker) -> None:
    with login(broker, "qin") as qin:
        for name, body, state in (
            ("nothing", "words", "CS102"),
            (None, "words", "CS102"),
            ("confidentiality", "", "CS206"),
            ("confidentiality", " \n\t　", "CS206"),
            ("confidentiality", None, "CS206"),
        ):
            assert refusal(qin, "SELECT pgcustsec.publish_agreement(%s, %s)", name, body) == state


def test_publishing_and_signing_are_on_record_and_the_words_are_kept(broker: Broker) -> None:
    body = "第一条\n严格保密 'quoted' \\ %s"
    publish(broker, "confidentiality", body)
    with login(broker, "li") as li, login(broker, "qin") as qin:
        assert value(li, "SELECT body FROM pgcustsec.my_agreements()") == body
        sign(li)
        seen = qin.execute("SELECT kind FROM pgcustsec.access_log WHERE about = 'agreement confidentiality 2'")
        assert {kind for (kind,) in seen} == {"agreement_published", "agreement_signed"}
    assert broker.rows(RECORD) == [
        ("agreement_published", "Q1", "agreement confidentiality 2"),
        ("agreement_signed", "S1", "agreement confidentiality 2"),
    ]
    kept = broker.rows(
        "SELECT version, body, digest, published_by::text FROM pgcustsec_internal.agreement_text"
        " WHERE agreement_code = 'confidentiality' ORDER BY 1"
    )
    assert kept[0][:2] == (1, "保密协议")
    assert kept[1] == (2, body, hashlib.sha256(body.encode()).hexdigest(), broker.login("qin"))


@pytest.mark.parametrize("mode", ["origin", "replica"])
def test_texts_and_signatures_are_only_ever_added(broker: Broker, mode: str) -> None:
    kept_as_evidence(broker, mode, {"agreement_text": "body", "agreement_signature": "staff_id"})


# --- who is asked changes ---------------------------------------------------------------------------------------------


def _department_names_it(matrix: Matrix) -> Matrix:
    sales = replace(matrix.departments["sales"], agreements=("customer_information",))
    return replace(matrix, departments={**matrix.departments, "sales": sales})


def _role_goes_to_another_department(matrix: Matrix) -> Matrix:
    agent = replace(matrix.roles["sales_agent"], department="legal")
    return replace(matrix, roles={**matrix.roles, "sales_agent": agent})


@pytest.mark.one_server
@pytest.mark.parametrize(
    "change",
    [
        _department_names_it,
        _role_goes_to_another_department,
    ],
)
def test_a_matrix_that_asks_for_more_ends_sessions_with_the_apply(
    copied: Broker, change: Callable[[Matrix], Matrix]
) -> None:
    with copied.person("li") as li:
        assert shows(li) == "tier 2"
        apply(copied, change(copied.matrix))
        assert "customer_information" in why(li)[0]
        assert shows(li) == "tier 3"
        sign(li, "customer_information")
        work(li)
        assert shows(li) == "tier 2"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE pgcustsec_internal.staff SET department_code = 'quality' WHERE staff_id = 'S1'",
        "INSERT INTO pgcustsec_internal.staff_role VALUES ('S1', 'data_analyst')",
    ],
    ids=["another department", "another role"],
)
def test_a_person_who_is_moved_or_given_a_role_signs_what_goes_with_it(broker: Broker, change: str) -> None:
    """The rows that `staff move` writes."""
    with broker.person("li") as li, broker.person("wang") as wang:
        li.execute("SELECT pgcustsec.open_record('customer', '1', 'call')")
        broker.execute(change)
        assert "customer_information" in why(li)[0]
        assert shows(li) == "tier 3" and shows(wang, "wang") == "tier 2"


def test_who_is_new_signs_first(broker: Broker) -> None:
    broker.execute(
        "UPDATE pgcustsec_internal.staff SET active = false, login = NULL WHERE staff_id = 'S2'",
        "INSERT INTO pgcustsec_internal.staff (staff_id, full_name, login, department_code, branch_code)"
        f" VALUES ('S3', 'new', '{broker.login('wang')}', 'sales', 'BJ')",
        "INSERT INTO pgcustsec_internal.staff_role VALUES ('S3', 'sales_agent')",
    )
    with login(broker, "wang") as new:
        assert refusal(new, "SELECT pgcustsec.start_session('selling')") == "CS102", "whoever had the login has signed"


# --- the program and the library --------------------------------------------------------------------------------------


@pytest.mark.one_server
def test_from_publishing_to_signing_at_a_shell(unsigned: Broker, tmp_path: Path) -> None:
    words = tmp_path / "secrecy.txt"
    words.write_text("严格保密\n", encoding="utf-8")
    arguments = ("agreement", "publish", "confidentiality", str(words))
    assert "version 2, is needed from" in shell(unsigned, "qin", *arguments).out
    assert (
        "version 3, is needed from 2099-01-01 00:00 UTC"
        in shell(unsigned, "qin", *arguments, "--from", "2099-01-01").out
    )
    asked = shell(unsigned, "li", "agreement", "sign", "confidentiality", stdin="n\n", code=130)
    assert "严格保密" in asked.out and unsigned.rows(SIGNATURES) == []
    assert "it holds until" in shell(unsigned, "li", "agreement", "sign", "confidentiality", stdin="y\n").out
    assert "it holds until" in shell(unsigned, "chen", "agreement", "sign", "confidentiality", "--yes").out
    assert unsigned.rows(SIGNATURES) == [("S1", "confidentiality", 3), ("C1", "confidentiality", 3)]

    listed = json.loads(shell(unsigned, "qin", "agreement", "list", "--missing", "--format", "json").out)
    missing = {(one["staff"], one["agreement"]) for one in listed}
    assert ("C1", "customer_information") in missing and ("S2", "confidentiality") in missing
    assert not missing & {("S1", "confidentiality"), ("C1", "confidentiality"), ("S1", "customer_information")}
    assert all(one["missing"] and one["signed_at"] is None for one in listed)
    text = shell(unsigned, "qin", "agreement", "list", "--staff", "S1")
    assert "S1" in text.out and "never signed" not in text.out and "1 line" in text.err
    assert "never signed: missing" in shell(unsigned, "qin", "agreement", "list", "--staff", "S2").out


@pytest.mark.one_server
def test_what_the_program_refuses_it_says_plainly(unsigned: Broker, tmp_path: Path) -> None:
    words, odd = tmp_path / "words.txt", tmp_path / "odd.txt"
    words.write_text("words")
    odd.write_bytes(b"\xff\xfe\x00")
    for name, arguments, code, told in (
        ("li", ("publish", "confidentiality", str(words)), 3, "may not publish"),
        ("qin", ("publish", "nothing", str(words)), 3, "It has: confidentiality"),
        ("qin", ("publish", "confidentiality", str(odd)), 2, "UTF-8"),
        ("qin", ("publish", "confidentiality", str(words), "--from", "soon"), 2, "--from"),
        ("li", ("sign", "customer_information", "--yes"), 2, "yours: confidentiality"),
        ("li", ("list",), 3, "may not read who has signed"),
    ):
        said = shell(unsigned, name, "agreement", *arguments, code=code)
        assert told in said.err, said
    assert unsigned.rows(RECORD) == []


@pytest.mark.one_server
def test_the_library_does_what_the_command_does(unsigned: Broker) -> None:
    with login(unsigned, "li") as li, login(unsigned, "qin") as qin:
        [old] = own_agreements(li)
        assert (old.agreement, old.version, old.missing, old.body) == ("confidentiality", 1, True, "保密协议")
        version, needed = publish_agreement(qin, "confidentiality", "words")
        assert version == 2 and needed.tzinfo is not None
        with pytest.raises(NotAllowed):
            sign_agreement(li, old)
        with pytest.raises(UsageError):
            sign_agreement(li, replace(old, digest=None))
        [new] = own_agreements(li)
        until = sign_agreement(li, new)
        [listed] = list_agreements(qin, staff="S1")
        assert (listed.version, listed.signed_until, listed.missing) == (2, until, False)
        assert list_agreements(qin, staff="S1", missing=True) == []
        for refused in (list_agreements, lambda c: publish_agreement(c, "confidentiality", "mine")):
            with pytest.raises(NotAllowed):
                refused(li)
