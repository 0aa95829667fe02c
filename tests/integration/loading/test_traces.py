"""After any loads, true values lie in the vault and nowhere else: no dump of the rest has them, nor the log (5.2.1)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pgcustsec.errors import PgcustsecError
from tests.integration.loading.world import CUSTOMER, ODDEST, POLICY, VISIT, Log, Shop, csv_of, jsonl_of

VALUES = {
    "name": "独孤求败",
    "mobile": "13998877665",
    "id_card": "110101199003077784",
    "plate": "京QX7Z91",
    "email": "dugu.canary@example.cn",
    "photo": "\\xfeedfacecafe",
    "dossier": '{"dossier": "canary-4711"}',
}
ACCOUNT = "6217001234567890128"
CANARIES = (*list(VALUES.values())[:5], "feedfacecafe", "canary-4711", ACCOUNT)


def dump(shop: Shop, *, everything: bool = False) -> str:
    assert shop.database.server.bindir is not None
    left_out = [] if everything else ["-N", "pgcustsec_vault", "-N", "pgcustsec_keys"]
    command = [shop.database.server.bindir / "pg_dump", *left_out, "-d", shop.database.conninfo()]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_no_dump_but_the_vaults_and_no_log_has_a_value_of_the_file(shop: Shop, tmp_path: Path) -> None:
    if not shop.database.server.bindir:
        pytest.skip("the dump program and the log of a server of one's own are not at hand")
    log = Log(shop.database.server)
    header, row = ",".join(VALUES), list(VALUES.values())
    twice = [*row[:2], "E12345678", *row[3:]]
    shop.load(CUSTOMER, csv_of(header, row), name="canaries.csv")
    shop.load(POLICY, jsonl_of({"customer_id": 3, "account": ACCOUNT}, {"customer_id": 1, "account": int(ACCOUNT)}))
    shop.load(VISIT, csv_of("seen_on,customer_id,phone", ["2026-01-01", 3, VALUES["mobile"]]))
    shop.load(ODDEST, jsonl_of({"Nr%s": 1, "Name %": VALUES["name"], "电话\\": VALUES["mobile"]}))
    for text in (
        csv_of(header, row),
        csv_of(header, twice, twice),
        csv_of(header + ",visits", [*twice, -1]),
        csv_of(header + ",visits", [*twice, "x"]),
        csv_of(header + ",badge", [*twice, "B1"]),
        csv_of(header + ",referrer", [*twice, 999]),
        csv_of(header + ",customer_id", [*twice, 1]),
        csv_of(header, row[:3]),
        header + f'\n"{VALUES["name"]}',
        ",".join(row) + "\n",
        csv_of("mobile,name,plate", [ACCOUNT * 2, f"{VALUES['name']}*", VALUES["email"]]),
        jsonl_of({"name": 1}, {VALUES["name"]: 2}),
        f'{{"name": 1}}\n{{"name": "{VALUES["name"]}"',
    ):
        with pytest.raises(PgcustsecError) as caught:
            shop.load(CUSTOMER, text)
        assert not [value for value in CANARIES if value in f"{caught.value.message} {caught.value.hint}"]
    done = shop.load(CUSTOMER, csv_of(header, twice, twice, row), rejects=tmp_path / "rejects")
    assert (done.rows, done.rejected) == (1, 2)
    rest, whole, logged = dump(shop), dump(shop, everything=True), log.read()
    for value in CANARIES:
        assert value in whole, "the control: the vault is in a dump of all"
        for form in (value, value.encode().hex()):
            assert form not in rest, f"{value} is in the dump"
            assert form not in logged, f"{value} is in the log"
    assert "canaries.csv" in rest, "the control: the history is in the dump"
    shop.assert_in_step()
