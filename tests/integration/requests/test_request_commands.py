"""`pgcustsec request`, as people type it, and the library beneath it (4.3, 5.2.1)."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from pgcustsec.errors import NotAllowed, Refused, UsageError
from pgcustsec.requests import (
    amend_request,
    decide_request,
    events_of,
    file_request,
    find_request,
    list_requests,
    parse_conditions,
)
from tests.integration.clients.world import Broker
from tests.integration.requests.office import BJ, amend, filed, later, login, state, step

FILING = ("file", "special", "crm.customer", "--purpose", "selling", "--column", "name", "--column", "mobile")


def command(broker: Broker, name: str, *arguments: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "pgcustsec",
        "request",
        *arguments,
        "-d",
        broker.database.conninfo(broker.login(name)),
    ]


def run(broker: Broker, name: str, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run `pgcustsec request` as *name*, with no terminal; it has to end with *code*, and in no traceback."""
    done = subprocess.run(
        command(broker, name, *arguments),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr and "a fault of ours" not in done.stderr
    return done


def told(broker: Broker, name: str, *arguments: str) -> Any:
    return json.loads(run(broker, name, *arguments, "--format", "json").stdout)


def test_a_request_from_its_draft_to_its_end(broker: Broker) -> None:
    draft = run(broker, "li", *FILING, "--where", "branch_code=BJ", "--max-rows", "5", "--days", "3", "--draft")
    assert "1, special: drafted" in draft.stdout and "branch_code = BJ, 5 at most" in draft.stdout
    assert run(broker, "zhao", "show", "1", code=3).stderr.startswith("pgcustsec: there is no request 1")
    run(broker, "li", "amend", "1", "--key", "1", "--key", "4")
    filed_ = run(broker, "li", "submit", "1").stdout
    assert "step 1 is for the manager of the requester: M1" in filed_
    assert [one["number"] for one in told(broker, "zhao", "list", "--mine-to-decide")] == [1]
    assert told(broker, "luo", "list", "--mine-to-decide") == []
    assert run(broker, "luo", "approve", "1", "--comment", "x", code=3).stderr.count("another's to decide") == 1
    approved = run(broker, "zhao", "approve", "1", "--comment", "for the renewal").stdout
    assert "step 2 is for who holds legal_officer: L1" in approved and "for the renewal" in approved
    last = told(broker, "luo", "approve", "1", "--comment", "two customers")
    assert (last["state"], last["keys"], last["predicate"], last["days"]) == ("approved", ["1", "4"], None, 3)
    assert last["columns"] == ["name", "mobile"]
    assert [(event["kind"], event["staff"], event["step"]) for event in last["events"]] == [
        ("drafted", "S1", None),
        ("amended", "S1", None),
        ("filed", "S1", None),
        ("approved", "M1", 1),
        ("approved", "L1", 2),
    ]
    assert "closed" in run(broker, "li", "withdraw", "1").stdout
    assert "There is nothing left" in run(broker, "li", "withdraw", "1", code=3).stderr
    assert [one["state"] for one in told(broker, "qin", "list", "--state", "closed")] == ["closed"]


def test_a_refusal_says_why_to_who_asked(broker: Broker) -> None:
    number = str(filed(broker))
    assert "refused" in run(broker, "zhao", "refuse", number, "--comment", "the masked number will do").stdout
    assert "the masked number will do" in run(broker, "li", "show", number).stdout
    assert "File another." in run(broker, "li", "amend", number, "--days", "2", code=3).stderr


def test_who_has_no_manager_reads_that_nobody_can_decide(broker: Broker) -> None:
    arguments = ("file", "special", "customer", "--purpose", "servicing", "--column", "mobile", "--key", "1")
    said = run(broker, "chen", *arguments, "--days", "1").stdout
    assert "nobody can now, so it waits, and lapses in the end" in " ".join(said.split())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (FILING, 2, "--days"),
        ((*FILING, "--days", "3"), 2, "--key"),
        ((*FILING, "--days", "3", "--key", "1", "--where", "age>3"), 2, "--key"),
        ((*FILING, "--days", "soon", "--key", "1"), 2, "--days"),
        ((*FILING, "--days", "3000000000", "--key", "1"), 2, "--days"),
        ((*FILING, "--days", "3", "--where", "branch_code LIKE 'B%'"), 2, "'branch_code=BJ'"),
        ((*FILING, "--days", "0", "--key", "1"), 3, "term of use"),
        ((*FILING, "--days", "31", "--key", "1"), 3, "30 days at most"),
        ((*FILING, "--days", "3", "--key", "one"), 3, "none of its column"),
        ((*FILING, "--days", "3", "--where", "mobile=13812345678"), 3, "branch_code"),
        ((*FILING, "--days", "3", "--key", "1", "--max-rows", "50001"), 3, "50000 rows"),
        ((*FILING, "--days", "3", "--key", "1", "--column", "secret"), 3, "Not those: secret"),
        (("file", "special", "crm.nothing", "--purpose", "selling", "--days", "3", "--key", "1"), 3, "special"),
        (("amend", "1"), 2, "nothing was given"),
        (("amend", "1", "--key", "1", "--where", "age>3"), 2, "--key"),
        (("amend", "99", "--days", "1"), 3, "no request 99"),
        (("show", "99"), 3, "no request 99"),
        (("show", "0"), 2, "0"),
        (("show", "9" * 30), 2, "9"),
        (("submit", "1"), 3, "no draft"),
        (("approve", "1", "--comment", "ok"), 3, "nobody decides on their own"),
        (("approve", "1"), 2, "--comment"),
        (("refuse", "99", "--comment", "ok"), 3, "no request 99"),
        (("list", "--state", "lost"), 2, "lost"),
    ],
    ids=lambda one: " ".join(one[-4:]) if isinstance(one, tuple) else None,
)
def test_what_is_refused_is_said_plainly(broker: Broker, arguments: tuple[str, ...], code: int, words: str) -> None:
    filed(broker)
    assert words in run(broker, "li", *arguments, code=code).stderr


def test_who_has_no_role_reads_that_they_have_no_right(broker: Broker) -> None:
    broker.execute(f"CREATE ROLE {broker.login('passer')} LOGIN")
    broker.execute(f"GRANT CONNECT ON DATABASE {broker.database.name} TO {broker.login('passer')}")
    try:
        for arguments in (("list",), ("show", "1"), (*FILING, "--days", "3", "--key", "1")):
            assert "may not" in run(broker, "passer", *arguments, code=3).stderr
    finally:
        broker.execute(f"DROP OWNED BY {broker.login('passer')}", f"DROP ROLE {broker.login('passer')}")


def test_tables_fit_a_hundred_columns_with_chinese_names(broker: Broker) -> None:
    broker.execute(
        "UPDATE pgcustsec_internal.staff SET full_name = '欧阳海燕·阿卜杜热合曼' WHERE staff_id IN ('S1', 'M1')"
    )
    columns = ["name", "mobile", "email", "id_card", "bank_account", "address", "health", "annual_income"]
    number = filed(broker, columns=columns, keys=[str(key) for key in range(200)])
    step(broker, "zhao", number, "approve", "续保需要核实客户的联系方式和地址" * 5)
    for arguments in (("list",), ("show", str(number))):
        said = run(broker, "qin", *arguments).stdout
        assert max(cell_len(line) for line in said.splitlines()) <= 100
        assert "and 180 more" in " ".join(said.split())
    assert len(told(broker, "qin", "show", str(number))["keys"]) == 200


def at_a_terminal(broker: Broker, name: str, *arguments: str, answer: str, meanwhile: Any = None) -> tuple[int, str]:
    """Run it with a terminal for its input; *meanwhile* happens after it asks and before the answer."""
    mine, its = pty.openpty()
    process = subprocess.Popen(
        command(broker, name, *arguments), stdin=its, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    os.close(its)
    said = b""
    assert process.stderr is not None
    until = time.monotonic() + 30
    while b"approve?" not in said and time.monotonic() < until:
        said += os.read(process.stderr.fileno(), 65536)
    if meanwhile:
        meanwhile()
    os.write(mine, f"{answer}\n".encode())
    out, rest = process.communicate(timeout=30)
    os.close(mine)
    return process.returncode, (said + rest + out).decode()


def test_on_a_terminal_what_is_approved_is_what_was_shown_or_nothing(broker: Broker) -> None:
    number = filed(broker)
    arguments = ("approve", str(number), "--comment", "ok")
    code, said = at_a_terminal(broker, "zhao", *arguments, answer="n")
    assert (code, state(broker, number)) == (0, "filed") and "key 1" in said
    code, said = at_a_terminal(
        broker, "zhao", *arguments, answer="y", meanwhile=lambda: amend(broker, "li", number, keys=["1", "4"])
    )
    assert (code, state(broker, number)) == (4, "filed") and "amended after you read it" in said
    code, _ = at_a_terminal(broker, "zhao", *arguments, answer="y")
    assert (code, state(broker, number)) == (0, "in approval")


def test_the_library_does_what_the_command_does(broker: Broker) -> None:
    with login(broker, "li") as li, login(broker, "zhao") as zhao, login(broker, "wang") as wang:
        where = parse_conditions(["branch_code=BJ"])
        number = file_request(li, "special", "selling", "customer", ["mobile"], where=where, days=2, max_rows=9)
        amend_request(li, number, days=3)
        request = find_request(zhao, number)
        assert (request.predicate, request.days, request.max_rows, request.mine_to_decide) == (BJ, 3, 9, True)
        amend_request(li, number, keys=["4"])
        with pytest.raises(Refused):
            decide_request(zhao, number, "approve", "ok", seen=request)
        assert decide_request(zhao, number, "approve", "ok", seen=find_request(zhao, number)).state == "in approval"
        assert [event.kind for event in events_of(li, number)] == ["filed", "amended", "amended", "approved"]
        assert list_requests(wang) == events_of(wang, number) == []
        with pytest.raises(NotAllowed):
            find_request(wang, number)
        with pytest.raises(UsageError):
            amend_request(li, number)
        assert [one.number for one in list_requests(li, state="in approval")] == [number]
    later(broker, "30 days")
    assert state(broker, number) == "lapsed"


@pytest.mark.parametrize(
    ("text", "column", "is_", "value"),
    [
        ("branch_code=BJ", "branch_code", "=", "BJ"),
        ("  branch_code  =  B J  ", "branch_code", "=", "B J"),
        ("age>=18", "age", ">=", "18"),
        ("age<=18", "age", "<=", "18"),
        ("age<>18", "age", "<>", "18"),
        ("age < 18", "age", "<", "18"),
        ("note=1 OR true", "note", "=", "1 OR true"),
        ("note=a=b", "note", "=", "a=b"),
        ("note=''", "note", "=", ""),
        ("note='=x'", "note", "=", "=x"),
        ("note='it''s'", "note", "=", "it's"),
        ("note=it's", "note", "=", "it's"),
        ("状态=客户", "状态", "=", "客户"),
        ('"odd ""name"""=1', 'odd "name"', "=", "1"),
        ("branch_code in BJ, SH", "branch_code", "in", ["BJ", "SH"]),
        ('note IN "a,b",c', "note", "in", ["a,b", "c"]),
        ("note = x in y", "note", "=", "x in y"),
        ("health is null", "health", "null", None),
        ("health IS  NOT  NULL", "health", "not null", None),
    ],
)
def test_a_condition_is_read_as_it_is_meant(text: str, column: str, is_: str, value: object) -> None:
    expected = {"column": column, "is": is_} | ({} if value is None else {"value": value})
    assert parse_conditions([text]) == [expected]


NO_CONDITIONS = (
    *("", " ", "branch_code", "=BJ", "branch_code=", "branch_code==BJ", "branch_code!=BJ", "a b=1", "1a=1", "a.b=1"),
    *("a in", "a in ,", "a in 1,,2", 'a in "1', "a is", "a is nil", "a not null", "lower(a)=1", "note='x", '"a=1'),
    *("a like 'x'", "a between 1 and 2", "a => 1", "a<>"),
)


@pytest.mark.parametrize("text", NO_CONDITIONS)
def test_what_is_no_condition_is_told_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_conditions([text])
    assert "branch_code in BJ,SH" in str(caught.value.hint)


def test_every_help_has_examples_and_comes_at_once() -> None:
    from pgcustsec.cli.request import command as group

    for name in (None, *group.list_commands(None)):  # type: ignore[arg-type]  # it looks at no context
        told_ = subprocess.run(
            [sys.executable, "-m", "pgcustsec", "request", *filter(None, [name]), "--help"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "Examples:" in told_.stdout, name


def test_help_imports_no_driver_and_no_tables() -> None:
    program = (
        "import sys; from pgcustsec.cli import main\n"
        "main.main(['request', '--help'], standalone_mode=False)\n"
        "print([one for one in ('psycopg', 'rich', 'pglast', 'pgcustsec.requests') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.splitlines()[-1] == "[]"
