"""`broker`: the demo's broker, applied and sealed, a copy for one test."""

from __future__ import annotations

from tests.integration.retention.conftest import as_delivered, broker, sealed_broker

__all__ = ["as_delivered", "broker", "sealed_broker"]
