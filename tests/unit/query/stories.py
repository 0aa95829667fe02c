"""A file that has something of everything, and what a check of it gives."""

from __future__ import annotations

from pgcustsec.matrix.load import load
from pgcustsec.query.files import check_files
from pgcustsec.query.results import Checked
from tests.unit.matrix.demo_text import PATH

MATRIX = load(PATH)
FILE = "查询/orders, 1%.sql"
TEXT = """\
-- 客户列表
SELECT '李娜' AS 名, c.name, c.mobile FROM customer AS c WHERE c.birth_date < now();
SELECT age FROM crm.customer;
\\i more.sql
SELEC 1;
"""


def checked(text: str = TEXT, *roles: str, file: str = FILE) -> Checked:
    return check_files(MATRIX, "matrix.yaml", roles or ("sales_agent",), [(file, text)])
