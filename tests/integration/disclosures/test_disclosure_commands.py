"""`pgcustsec disclosure`, as a custodian and a supervisor at a shell run it (3.3)."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pgcustsec.disclosures import file_disclosure, find_disclosure, hand_over, list_disclosures
from pgcustsec.errors import NotAllowed
from tests.integration.clients.world import Broker
from tests.integration.disclosures.custody import COURT, name_custodian
from tests.integration.extracts.approved import approve

FILE = (
    *("file", "disclosure", "crm.customer", "--purpose", "disclosure", "--authority", COURT[0]),
    *("--legal-basis", COURT[1], "--document", COURT[2], "--column", "name", "--column", "mobile", "--days", "5"),
)


def shell(broker: Broker, login: str, *arguments: str, of: str = "disclosure") -> subprocess.CompletedProcess[str]:
    conninfo = broker.database.conninfo(broker.login(login))
    command = [sys.executable, "-m", "pgcustsec", of, *arguments, "-d", conninfo]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def said(broker: Broker, login: str, *arguments: str, of: str = "disclosure") -> Any:
    """What it prints as JSON."""
    done = shell(broker, login, *arguments, "--format", "json", of=of)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_disclosure_at_the_shell_to_its_certificate(named: Broker, tmp_path: Path) -> None:
    with named.person("ouyang"):
        number = str(said(named, "ouyang", *FILE, "--key", "1", "--key", "3")["number"])
        approve(named, int(number), "luo")
        file = tmp_path / "court.csv"
        ran = shell(named, "ouyang", "run", number, "-o", str(file), "--plain", of="extract")
        assert ran.returncode == 0, ran.stderr
        due = shell(named, "ouyang", "hand-over", number, "--receipt", "法官赵, 回执118")
        assert due.returncode == 0 and "destruction due" in due.stdout and "no, and it is due now" in due.stdout
        [extract] = said(named, "qin", "list", "--state", "overdue", of="extract")
        destroyed = shell(
            named, "ouyang", "destroyed", str(extract["number"]), "--evidence", "shred -u, 2 copies", of="extract"
        )
        assert destroyed.returncode == 0, destroyed.stderr
    certificate = shell(named, "qin", "register", "--certificate", number).stdout
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    expected = (
        *(*COURT, "U1", "named by Q1", "crm.customer: name, mobile", "keys 1, 3", "2 rows as an extract"),
        *(digest, "法官赵, 回执118", "shred -u, 2 copies", f"{number}: destroyed"),
    )
    for words in expected:
        assert words in certificate, words
    assert "王小明" in file.read_text(encoding="utf-8") and "王小明" not in certificate
    assert "13812345678" not in certificate
    assert shell(named, "qin", "register", "--certificate", number).stdout == certificate


def test_the_register_by_state_and_by_who_reads(named: Broker) -> None:
    first = said(named, "ouyang", *FILE, "--key", "1")["number"]
    second = said(named, "ouyang", *FILE, "--where", "branch_code=BJ")["number"]
    approve(named, first, "luo")
    assert [one["number"] for one in said(named, "luo", "register")] == [second, first]
    assert [one["number"] for one in said(named, "qin", "register", "--state", "approved")] == [first]
    assert said(named, "zhao", "register") == []
    text = shell(named, "qin", "register")
    assert COURT[2] in text.stdout and COURT[0] in text.stdout and "2 disclosures" in text.stderr
    certificate = shell(named, "ouyang", "register", "--certificate", str(second)).stdout
    assert "branch_code = BJ" in certificate and "handed over  no" in certificate


@pytest.mark.parametrize(
    ("login", "arguments", "code", "words"),
    [
        ("ouyang", (*FILE, "--key", "1", "--where", "branch_code=BJ"), 2, "by keys or by conditions"),
        ("ouyang", FILE, 2, "by keys or by conditions"),
        ("ouyang", ("register", "--certificate", "1", "--state", "filed"), 2, "whatever its state"),
        ("ouyang", ("register", "--certificate", "99"), 3, "no disclosure 99"),
        ("ouyang", ("hand-over", "99", "--receipt", "x"), 3, "no request 99 of yours"),
        ("li", (*FILE, "--key", "1"), 3, "may not file disclosures"),
        ("qin", ("hand-over", "1", "--receipt", "x"), 3, "may not hand disclosures over"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_next_step(
    named: Broker, login: str, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = shell(named, login, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr and "next: " in done.stderr


def test_from_python(named: Broker) -> None:
    terms: dict[str, Any] = dict(zip(("authority", "legal_basis", "document_number"), COURT, strict=True))
    what = ("disclosure", "disclosure", "crm.customer", ["mobile"])
    with named.person("ouyang") as custodian, named.person("li") as other:
        number = file_disclosure(custodian, *what, keys=["1"], days=2, **terms)
        [found] = list_disclosures(custodian)
        assert found == find_disclosure(custodian, number)
        assert (found.state, found.columns, found.keys, found.still_custodian) == ("filed", ["mobile"], ["1"], True)
        assert list_disclosures(other) == []
        approve(named, number, "luo")
        custodian.execute("SELECT pgcustsec.open_full(%s, '1')", [number])
        hand_over(custodian, number, "judge Zhao")
        assert find_disclosure(custodian, number).state == "handed over"
        name_custodian(named, "legal", None)
        with pytest.raises(NotAllowed, match="named custodian"):
            file_disclosure(custodian, *what, keys=["1"], days=2, **terms)


def test_a_supervisor_names_custodians_at_the_shell(broker: Broker) -> None:
    named = shell(broker, "qin", "name-custodian", "legal", "U1")
    assert (named.returncode, named.stdout) == (0, "the custodian of legal is U1\n"), named.stderr
    [one] = said(broker, "qin", "custodians")
    assert (one["department"], one["staff"], one["named_by"], one["ended_at"]) == ("legal", "U1", "Q1", None)
    assert shell(broker, "qin", "name-custodian", "legal", "--nobody").returncode == 0
    assert [one["staff"] for one in said(broker, "qin", "custodians", "--all")] == [None, "U1"]
    assert "nobody" in shell(broker, "qin", "custodians").stdout


def test_nobody_else_names_or_lists_custodians(broker: Broker) -> None:
    for login in ("li", "ouyang"):
        refused = shell(broker, login, "name-custodian", "legal", "U1")
        assert refused.returncode == 3 and "may not name custodians" in refused.stderr, refused.stderr
    assert shell(broker, "li", "custodians").returncode == 3
    assert said(broker, "qin", "custodians", "--all") == []


def test_who_is_named_is_said_once(broker: Broker) -> None:
    for arguments in ((), ("U1", "--nobody")):
        refused = shell(broker, "qin", "name-custodian", "legal", *arguments)
        assert refused.returncode == 2 and "STAFF, or --nobody" in refused.stderr, refused.stderr
