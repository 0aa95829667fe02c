"""The text of the demo's matrix."""

from __future__ import annotations

from pathlib import Path

PATH = Path(__file__).parents[3] / "src" / "pgcustsec" / "demo" / "matrix.yaml"
DEMO = PATH.read_text(encoding="utf-8")
