"""The page for applications: its ASGI example runs as it stands, and its words on tokens are what they are (2.3)."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from pgcustsec.client import SigningKey, Speaker
from tests.docs.markdown import DOCS, blocks
from tests.integration.applications.pooler import Pooled
from tests.integration.applications.world import Office
from tests.work import WORK

PAGE = DOCS / "applications.md"
EXAMPLE = next(block for block in blocks(PAGE) if "async def application" in block.text)


def started(monkeypatch: pytest.MonkeyPatch, key: SigningKey, conninfo: str) -> dict[str, Any]:
    """Run the example as a module, with the environment it asks for; the world's purpose is called `work`."""
    monkeypatch.setenv("PGCUSTSEC_TOKEN_KEY", str(key))
    monkeypatch.setenv("DATABASE", conninfo)
    module: dict[str, Any] = {}
    exec(compile(EXAMPLE.text.replace('"selling"', f'"{WORK}"'), EXAMPLE.place, "exec"), module)
    return module


async def request(module: dict[str, Any], cookie: str) -> tuple[int, Any]:
    """What the ASGI callable answers."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [(b"cookie", cookie.encode())]}
    await module["application"](scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    return sent[0]["status"], json.loads(sent[1]["body"])


def test_the_example_is_short() -> None:
    assert EXAMPLE.text.count("\n") < 40


def test_the_example_shows_everybody_their_own_customers_at_once(
    pooled: Pooled, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = started(monkeypatch, pooled.office.key(), pooled.conninfo)
    people = [f"A{number:02}" for number in range(1, 21)]
    for person in people:
        module["sign_in"](f"cookie of {person}", person)

    async def everybody() -> list[tuple[int, Any]]:
        return await asyncio.gather(*(request(module, f"cookie of {person}") for person in people * 2))

    for person, (status, answer) in zip(people * 2, asyncio.run(everybody()), strict=True):
        assert status == 200
        [(own,)] = pooled.office.rows("SELECT customer_id FROM crm.customer WHERE owner_staff_id = %s", person)
        assert [(row["id"], row["name"]) for row in answer if row["name"]] == [(own, "王**")]
        assert {row["mobile"] for row in answer} == {"***"}, "no record is open"


def test_the_example_tells_who_is_not_signed_in_or_whose_session_has_ended(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = started(monkeypatch, office.key(), office.database.conninfo(office.login("web")))
    assert asyncio.run(request(module, "unknown")) == (401, {"error": "sign in first"})
    module["sign_in"]("cookie", "S1")
    assert asyncio.run(request(module, "cookie"))[0] == 200
    office.execute("UPDATE pgcustsec_internal.staff SET active = false WHERE staff_id = 'S1'")
    status, answer = asyncio.run(request(module, "cookie"))
    assert status == 403
    assert "has ended" in answer["error"]
    assert answer["next"]


def test_the_pages_table_of_parts_is_how_a_token_is_made() -> None:
    """Its examples are one token's parts, in order; the role is the demo's."""
    text = PAGE.read_text(encoding="utf-8")
    form, key_id, expires, session, role = (
        found[1]
        for part in ("1", "2", "3", "4", "5, 6, 7")
        if (found := re.search(rf"^\| {part} \|.*`(.*)` \|$", text, re.M))
    )
    key = SigningKey("crm_web", key_id, b"x" * 32)
    parts = Speaker(key, "S1001", "sales_agent", "selling").token().split(".")
    assert (parts[0], parts[1], parts[4], len(parts)) == (form, key_id, role, 8)
    assert len(parts[2]) == len(expires)
    assert len(parts[3]) == len(session)
    assert len(parts[7]) == 64
