"""
Django in a test process: models as `inspectdb` writes them from a role's views, and one connection.

Django has one set of settings a process and we have two servers: the models of each are an app of their own, a file
that is imported as any other, and the connection is taken down and made anew for each person.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from tests.integration.clients.world import Broker

ALIAS = "default"


def set_up() -> None:
    """Make Django ready, once a process. Its default `TIME_ZONE` is Chicago's: whatever it is must do no harm."""
    if not settings.configured:
        settings.configure(
            DATABASES={ALIAS: {"ENGINE": "django.db.backends.postgresql"}},
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            USE_TZ=True,
            LOGGING_CONFIG=None,
        )
        django.setup()


@contextmanager
def connected(broker: Broker, login: str) -> Iterator[None]:
    """Let Django connect as the person's own login, for as long as the block lasts."""
    broker.person(login).close()  # a session counts on every connection of the login
    given = conninfo_to_dict(broker.database.conninfo(broker.login(login)))
    names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT", "password": "PASSWORD"}
    known = {setting: str(given[name]) for name, setting in names.items() if given.get(name)}
    _drop_connection()
    before = dict(connections.settings[ALIAS])
    connections.settings[ALIAS].update(known)
    try:
        yield
    finally:
        _drop_connection()
        connections.settings[ALIAS].clear()
        connections.settings[ALIAS].update(before)


def _drop_connection() -> None:
    if hasattr(connections._connections, ALIAS):
        connections[ALIAS].close()
        del connections[ALIAS]  # it remembers the server's version


def inspected(broker: Broker, login: str) -> str:
    """Return what `manage.py inspectdb --include-views` writes for the person's login."""
    written = io.StringIO()
    with connected(broker, login):
        call_command("inspectdb", include_views=True, stdout=written)
    return written.getvalue()


def edited(text: str) -> str:
    """What a developer does by hand: say the keys and the references, which no view has."""
    for key in ("customer_id", "policy_id", "claim_id"):
        model = text.find(f"class {key.removesuffix('_id').title()}(")
        place = text.find(f"    {key} = models.BigIntegerField(", model)
        if model >= 0:
            end = text.index("\n", place)
            text = f"{text[:place]}    {key} = models.BigAutoField(primary_key=True){text[end:]}"
    for referring, referred in (("Policy", "customer"), ("Claim", "policy"), ("Attachment", "customer")):
        model = text.find(f"class {referring}(")
        if model >= 0:
            place = text.index(f"    {referred}_id = models.", model)
            end = text.index("\n", place)
            reference = f"'{referred.title()}', models.DO_NOTHING, db_column='{referred}_id'"
            text = f"{text[:place]}    {referred} = models.ForeignKey({reference}){text[end:]}"
    return text


@contextmanager
def app(folder: Path, label: str, models: str) -> Iterator[ModuleType]:
    """An installed app *label* in *folder* with the module *models*, until the block ends."""
    package = folder / label
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "models.py").write_text(models, encoding="utf-8")
    sys.path.insert(0, os.fspath(folder))
    importlib.invalidate_caches()
    apps.set_installed_apps([*(config.name for config in apps.get_app_configs()), label])
    try:
        yield importlib.import_module(f"{label}.models")
    finally:
        apps.unset_installed_apps()
        sys.path.remove(os.fspath(folder))


def values(one: Any) -> dict[str, Any]:
    """Every column of the object *one*."""
    return {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
