"""The demo's broker, which nobody here changes."""

from __future__ import annotations

from tests.integration.clients.conftest import broker, sealed_broker

__all__ = ["broker", "sealed_broker"]
