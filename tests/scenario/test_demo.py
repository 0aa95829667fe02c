"""`pgcustsec demo` as a person meets it: run once with --keep, its output read, and then logged in to."""

from __future__ import annotations

import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from rich.cells import cell_len

from pgcustsec.demo.broker import DATABASE
from pgcustsec.embedded import BundledServer, binaries

WIDTH = 100
#: Where the columns of the side-by-side answers begin: label, stored, four answers.
EDGES = (3, 14, 33, 49, 65, 81, WIDTH)
AGENT, MANAGER, SERVICE, ANALYST = range(4)


def demo(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pgcustsec", "demo", "--customers", "500", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder of ours that the server's user gets through (pytest's own are closed to it when we are root)."""
    made = Path(tempfile.mkdtemp(prefix="pgcustsec-demo-", dir="/tmp"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@dataclass(frozen=True)
class Kept:
    """What the demo printed, step by step, and the home of the server that it left running."""

    output: str
    talk: str
    steps: dict[str, str]
    home: Path

    def step(self, title: str) -> str:
        [found] = [text for heading, text in self.steps.items() if title in heading]
        return found

    @property
    def conninfo(self) -> str:
        [command] = [line for line in self.output.splitlines() if line.strip().startswith("psql '")]
        return shlex.split(command)[1]

    def password(self, login: str) -> str:
        told = self.step("goes on running").splitlines()
        [line] = [line for line in told if line.split()[:1] == [login]]
        return line.split()[1]


@pytest.fixture(scope="module")
def kept(folder: Path) -> Iterator[Kept]:
    home = folder / "server"
    ran = demo("--keep", "-D", home)
    try:
        assert ran.returncode == 0, ran.stderr
        parts = re.split(r"^(\d+\. .*)$", ran.stdout, flags=re.MULTILINE)
        yield Kept(ran.stdout, ran.stderr, dict(zip(parts[1::2], parts[2::2], strict=True)), home)
    finally:
        BundledServer(home).stop()


@dataclass(frozen=True)
class Asked:
    """One customer in the side-by-side answers: the heading, and by column the stored cell and each answer's."""

    heading: str
    stored: dict[str, str]
    answers: list[dict[str, str]]

    def has_row(self, answer: int) -> bool:
        return self.answers[answer]["name"] != "(no row)"


def cut(line: str) -> list[str]:
    """Cut a line where the columns begin, counting a Chinese character as two."""
    cells = [""] * (len(EDGES) - 1)
    place = 0
    for character in line:
        column = max((number for number, edge in enumerate(EDGES) if place >= edge), default=0)
        cells[min(column, len(cells) - 1)] += character
        place += cell_len(character)
    return [cell.strip() for cell in cells]


def asked(text: str) -> list[Asked]:
    found: list[Asked] = []
    for line in text.splitlines():
        if re.match(r"   #\d+  branch", line):
            found.append(Asked(line.strip(), {}, [{} for _ in range(4)]))
        elif found and len(found[-1].stored) < 5:
            label, stored, *answers = cut(line)
            found[-1].stored[label] = stored
            for answer, cell in zip(found[-1].answers, answers, strict=True):
                answer[label] = cell
    return found


@pytest.fixture(scope="module")
def first(kept: Kept) -> list[Asked]:
    return asked(kept.step("One query"))


def test_every_step_is_numbered_and_nothing_is_wider_than_the_page(kept: Kept) -> None:
    numbers = [int(heading.partition(".")[0]) for heading in kept.steps]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(re.search(r"\(\d+\.\d s\)$", heading) for heading in kept.steps)
    commands = kept.step("goes on running")
    told = kept.output.replace(commands, "").splitlines()
    assert [line for line in told if cell_len(line) > WIDTH] == []


def test_without_a_terminal_there_are_neither_colours_nor_progress_bars(kept: Kept) -> None:
    assert "\x1b" not in kept.output
    assert kept.talk == ""


def test_the_four_answers_are_of_customers_that_differ_in_who_serves_them(first: list[Asked]) -> None:
    assert len(first) >= 4
    assert len({tuple(one.has_row(answer) for answer in range(4)) for one in first}) >= 3


def test_tier_1_shows_as_stars_and_for_the_analyst_not_even_as_a_column(first: list[Asked]) -> None:
    for one in first:
        cells = [answer["mobile"] for answer in one.answers]
        assert cells[ANALYST] == "(no column)"
        assert set(cells[:ANALYST]) <= {"***", ""}
        assert "***" in one.stored["mobile"], "masked in storage too"


def test_tier_2_shows_to_who_serves_and_their_manager_alone(first: list[Asked]) -> None:
    [own] = [one for one in first if "李娜 S1001" in one.heading]
    assert own.answers[AGENT]["birth_date"] == own.answers[MANAGER]["birth_date"] == own.stored["birth_date"]
    assert own.answers[SERVICE]["birth_date"] == own.answers[ANALYST]["birth_date"] == "·"
    assert not any(one.answers[AGENT]["birth_date"] == one.stored["birth_date"] for one in first if one is not own)


def test_a_name_is_masked_to_who_serves_and_withheld_from_everybody_else(first: list[Asked]) -> None:
    shown = {answer["name"] for one in first for answer in one.answers} - {"·", "(no row)"}
    assert shown
    assert all("*" in name for name in shown)
    assert all("*" in one.stored["name"] for one in first), "masked in storage too"


def test_a_dump_of_the_tables_holds_no_true_value_of_tier_1_and_no_name(kept: Kept) -> None:
    """The control: the vault's own dump holds them all."""
    server = BundledServer(kept.home)
    with psycopg.connect(server.conninfo(DATABASE)) as connection:
        columns = "name, mobile, email, id_card, bank_account, address"
        rows = connection.execute(f'SELECT {columns} FROM pgcustsec_vault."crm.customer"').fetchall()
        rows += connection.execute('SELECT payer_account FROM pgcustsec_vault."crm.policy"').fetchall()
    true = {value for row in rows for value in row if value}
    assert len(true) > 1000
    dumped = {schema: _dumped_cells(server, schema) for schema in ("crm", "pgcustsec_vault")}
    assert dumped["crm"] & true == set()
    assert true <= dumped["pgcustsec_vault"]


def _dumped_cells(server: BundledServer, schema: str) -> set[str]:
    command = [str(binaries() / "pg_dump"), "-n", schema, server.conninfo(DATABASE)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {cell for line in text.splitlines() for cell in line.split("\t")}


def test_tier_3_shows_wherever_the_row_does(first: list[Asked]) -> None:
    for one in first:
        for number, answer in enumerate(one.answers):
            assert answer["gender"] == (one.stored["gender"] if one.has_row(number) else "")


def test_the_pool_is_open_to_the_agent_but_tells_nothing_private(first: list[Asked]) -> None:
    [pooled] = [one for one in first if "in the pool" in one.heading]
    assert pooled.has_row(AGENT)
    assert pooled.answers[AGENT]["health"] == "·" != pooled.stored["health"]


def test_each_kind_of_cell_is_explained_with_the_policys_article(kept: Kept) -> None:
    why = kept.step("Why the answers differ")
    for kind, article in (
        ("value, tier 2", "5.2.2"),
        ("value, tier 3", "5.2.3"),
        (r"\*\*\*, tier 1", "5.2.1"),
        ("no row", "5.3"),
    ):
        assert re.search(rf"^   {kind} .* {re.escape(article)}$", why, flags=re.MULTILINE), kind
    assert "all agree" in why


def test_the_plan_of_the_edit_says_who_gains_and_who_loses(kept: Kept) -> None:
    plan = kept.step("Edit the matrix")
    assert re.search(r"^ +\+ sales_agent, crm\.customer", plan, flags=re.MULTILINE)
    assert re.search(r"^ +- data_analyst, crm\.customer", plan, flags=re.MULTILINE)
    assert not re.search(r"^ +[+-] (sales_manager|service_agent|custodian)", plan, flags=re.MULTILINE)


def test_a_plan_right_after_each_apply_is_empty(kept: Kept) -> None:
    said = " ".join(kept.output.split())
    assert re.findall(r"a plan right after: (\d+) statements", said) == ["0", "0", "0"]


def test_a_printed_password_lets_a_person_in_and_the_new_answer_is_what_they_get(kept: Kept) -> None:
    [query] = set(re.findall(r"SELECT \* FROM customer .*", kept.output))
    with psycopg.connect(
        kept.conninfo.replace("LOGIN", "wutong_li_na"), password=kept.password("wutong_li_na")
    ) as connection:
        cursor = connection.execute(query.encode())
        names = [column.name for column in cursor.description or ()]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
    for one in asked(kept.step("ask again")):
        [key] = re.findall(r"^#(\d+)", one.heading)
        now = one.answers[1]
        assert (int(key) in rows) is (now["name"] != "(no row)")
        if int(key) in rows:
            assert (rows[int(key)]["mobile"], rows[int(key)]["gender"]) == (now["mobile"], now["gender"])


def test_nobody_comes_in_with_anothers_password_and_no_login_reads_the_table(kept: Kept) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(kept.conninfo.replace("LOGIN", "wutong_li_na"), password=kept.password("wutong_zhang_min"))
    conninfo = kept.conninfo.replace("LOGIN", "wutong_zhang_min")
    with (
        psycopg.connect(conninfo, password=kept.password("wutong_zhang_min")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT name FROM crm.customer")


def test_the_administrator_is_no_superuser(kept: Kept) -> None:
    with psycopg.connect(kept.conninfo.replace("LOGIN", "dba"), password=kept.password("dba")) as connection:
        row = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    assert row == (False, False)


def test_a_kept_demo_is_not_run_over(kept: Kept) -> None:
    again = demo("--keep", "-D", kept.home)
    assert again.returncode == 4
    assert "server stop" in again.stderr
    assert BundledServer(kept.home).status().running
    assert conninfo_to_dict(kept.conninfo)["host"] == str(BundledServer(kept.home).status().socket)


def test_a_folder_without_keep_is_a_mistake_of_usage(folder: Path) -> None:
    refused = demo("-D", folder / "other")
    assert refused.returncode == 2
    assert not (folder / "other").exists()


def _listen() -> None:
    """A shell's background jobs, and so we perhaps, are started deaf to Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_demo_stops_its_server_and_leaves_nothing(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "pgcustsec", "demo"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, preexec_fn=_listen) as running:
        assert running.stdout is not None
        home = next(found[1] for line in running.stdout if (found := re.search(r"in (/\S+/server),", line)))
        assert BundledServer(Path(home)).status().running
        running.send_signal(number)
        _, talk = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "interrupted" in talk
    assert not Path(home).parent.exists()


def test_tier_1_shows_one_record_at_a_time_until_the_budget_is_spent(kept: Kept) -> None:
    told = kept.step("one record at a time")
    first, second = re.findall(r"#(\d+) opened", told)
    cells: dict[str, list[list[str]]] = {}
    for line in told.splitlines():
        if found := re.match(r"   (?:#(\d+))?\s+(?:mobile|id_card)\s+(.*)$", line):
            cells.setdefault("rows", []).append(found[2].split())
    mobile_of_first, _, mobile_of_second, _ = cells["rows"]
    assert mobile_of_first[0] == mobile_of_first[2] == "***", "before, and once the second is open"
    assert re.fullmatch(r"1\d\d\*{4}\d{4}|\*{3}", mobile_of_first[1])
    assert mobile_of_second[:2] == ["***", "***"]
    assert first != second
    assert "budget of 300 openings is spent" in told


def test_a_customer_learns_who_opened_their_record_when_why_and_how_often(kept: Kept) -> None:
    told = kept.step("Who opened my record?")
    assert "audit search --customer crm.customer" in told
    assert re.search(r"S1001 李娜 +record opened +selling: customer calls about the renewal +1$", told, re.MULTILINE)
    assert re.search(r"S1001 李娜 +record opened +selling: request 1 +1$", told, re.MULTILINE)


def words(text: str) -> str:
    """*text* as if it had not been wrapped."""
    return " ".join(text.split())


def cells(text: str, label: str) -> list[list[str]]:
    """What every line of *text* that begins with *label*, behind a customer's number perhaps, says after it."""
    return [found[1].split() for found in re.finditer(rf"^   (?:#\d+)?\s+{label} +(.*)$", text, re.MULTILINE)]


def test_before_signing_a_person_sees_tier_3_alone_and_tier_2_right_after(kept: Kept) -> None:
    told = kept.step("sign the agreements")
    assert "→ agreement confidentiality (保密协议) is not signed" in words(told)
    assert re.search(r"sign_agreement\('confidentiality', .*→ 保密协议, version 1, until 20\d\d-", words(told))
    [[before, after]] = cells(told, "birth_date")
    assert before == "·"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", after)
    [[name_before, name_after]] = re.findall(r"^   #\d+ +name +(\S+) +(\S+)$", told, re.MULTILINE)
    assert (name_before, name_after[1:].strip("*")) == ("·", "")
    assert cells(told, "mobile") == [["***", "***"]]
    [[gender_before, gender_after]] = cells(told, "gender")
    assert gender_before == gender_after != "·"


def test_a_special_application_is_decided_by_two_others_in_their_order(kept: Kept) -> None:
    told = words(kept.step("special application"))
    answers = [
        "→ request 1, filed; M1001 decides 李娜 S1001",
        "--comment urgent → nobody decides on their own request (5.2.1) 钱雨桐 L0001",
        "--comment urgent → step 1 of request 1 is another's to decide (5.2.1) 王建国 M1001",
        "'two renewals' → in approval 钱雨桐 L0001",
        "'two renewals' → approved 李娜 S1001",
        "SELECT pgcustsec.open_full(1, ",
    ]
    places = [told.index(answer) for answer in answers]
    assert places == sorted(places)


def test_it_shows_the_one_column_of_the_one_record_in_full_and_the_rest_masked(kept: Kept) -> None:
    told = kept.step("special application")
    opened, other = cells(told, "mobile")
    assert opened[0] == "***"
    assert re.fullmatch(r"\d{11}|·", opened[1]), "the vault may have none"
    assert other == ["***", "***"]
    documents = cells(told, "id_card")
    assert documents[0][1].strip("0123456789X*") == ""
    assert documents[0][1].endswith("*")
    assert documents[1] == ["***", "***"]
    assert all(
        set(cell[1:]) == {"*"} for line in re.findall(r"name +(\S+) +(\S+)$", told, re.MULTILINE) for cell in line
    )


def test_an_extract_lets_no_row_out_before_it_is_on_record_and_none_beyond_its_limit(kept: Kept) -> None:
    told = words(kept.step("bulk extract"))
    assert '"sales_agent.customer" → 0 rows' in told
    assert '"sales_agent.customer" → extract 1; 0 rows' in told
    [(rows, covered)] = re.findall(r"COMMIT; SELECT \* FROM \S+ → (\d+) rows of the (\d+) that meet", told)
    assert int(rows) == 5 < int(covered)
    assert f"→ extract 2: the same {rows} rows" in told


def test_the_file_of_the_extract_is_digested_on_record_and_destroyed_with_evidence(kept: Kept) -> None:
    told = kept.step("bulk extract")
    [digest] = re.findall(r"SHA-256 on record, and of the file:\s+([0-9a-f]{64})$", told, re.MULTILINE)
    server = BundledServer(kept.home)
    with psycopg.connect(server.conninfo(DATABASE)) as connection:
        found = connection.execute(
            "SELECT extract_id, kind, sha256, evidence FROM pgcustsec_internal.extract_event ORDER BY at"
        ).fetchall()
    assert found[0] == (2, "finished", digest, None)
    assert [row[:2] for row in found[1:]] == [(2, "destroyed"), (1, "destroyed")]
    assert all(f"--evidence '{row[3]}' → destroyed" in words(told) for row in found[1:])


def test_who_is_suspended_sees_no_row_and_is_disconnected_until_another_supervisor_accepts(kept: Kept) -> None:
    told = words(kept.step("Suspended"))
    counts = re.findall(r"→ customer ([\d,]+), policy ([\d,]+)", told)
    assert counts == [counts[0], ("0", "0"), ("0", "0"), counts[0]]
    assert counts[0][0] != "0"
    assert "on the same connection → terminating connection due to administrator command" in told
    answers = [
        "→ nothing was rectified yet (4.2)",
        "→ recorded",
        "→ another supervisor accepts the rectification: not who suspended",
        "→ lifted",
    ]
    places = [told.index(answer) for answer in answers]
    assert places == sorted(places)


def test_supervisors_read_everything_that_was_done_in_the_loop(kept: Kept) -> None:
    told = kept.step("Who opened my record?")
    read = re.findall(r"^   ([A-Z]\d{4}) \S+ +([a-z]+(?: [a-z]+)?)  +\S", told, re.MULTILINE)
    request = [("S1001", "request filed"), ("M1001", "request approved"), ("L0001", "request approved")]
    assert read == [
        *request,
        ("S1001", "record opened"),
        *request,
        ("S1001", "extract begun"),
        ("S1001", "extract begun"),
        ("S1001", "extract finished"),
        ("S1001", "extract destroyed"),
        ("S1001", "extract destroyed"),
        ("Q0001", "suspended"),
        ("S1001", "rectified"),
        ("L0001", "reinstated"),
    ]
    assert "15 entries for what was done above, and none besides" in told
