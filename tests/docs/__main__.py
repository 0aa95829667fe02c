"""Rewrite the generated parts of the documentation: `python -m tests.docs`."""

from __future__ import annotations

from tests.docs.generated import PARTS
from tests.docs.markdown import ROOT, replaced

for page, name, make in PARTS:
    page.write_text(replaced(page, name, make()), encoding="utf-8")
    print(f"wrote {name} of {page.relative_to(ROOT)}")
