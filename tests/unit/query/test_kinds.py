"""Every kind of statement that the grammar knows has a verdict; one that is not known is refused."""

from __future__ import annotations

import pglast.ast
import pytest

from pgcustsec.query import Report, Verdict
from pgcustsec.query.parse import parse
from pgcustsec.query.relations import relations
from pgcustsec.query.resolve.utility import PARTS
from pgcustsec.query.resolve.walk import STATEMENTS, resolve
from tests.integration.clients.world import demo_matrix
from tests.unit.query.statements import report

ROLE = "sales_agent"

#: Each a kind of its own that no role may run, or whose rows nobody can foresee.
REFUSED = """
ALTER COLLATION c REFRESH VERSION
ALTER DATABASE d REFRESH COLLATION VERSION
ALTER DATABASE d SET work_mem = '1MB'
ALTER DATABASE d CONNECTION LIMIT 3
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r
ALTER DOMAIN d SET NOT NULL
ALTER TYPE t ADD VALUE 'x'
ALTER EVENT TRIGGER e DISABLE
ALTER EXTENSION e ADD TABLE t
ALTER EXTENSION e UPDATE
ALTER FOREIGN DATA WRAPPER f OPTIONS (ADD a 'b')
ALTER SERVER s VERSION '2'
ALTER FUNCTION f() STABLE
ALTER FUNCTION f() DEPENDS ON EXTENSION e
ALTER TABLE t SET SCHEMA s
ALTER OPERATOR FAMILY f USING btree DROP FUNCTION 1 (int, int)
ALTER OPERATOR + (int, int) SET (RESTRICT = NONE)
ALTER SCHEMA s OWNER TO r
ALTER POLICY p ON t USING (true)
ALTER PUBLICATION p ADD TABLE t
ALTER ROLE r SET search_path = x
ALTER ROLE r SUPERUSER
ALTER SEQUENCE s RESTART
ALTER STATISTICS s SET STATISTICS 10
ALTER SUBSCRIPTION s DISABLE
ALTER SYSTEM SET log_statement = 'none'
ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word
ALTER TEXT SEARCH DICTIONARY d (a = 1)
ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b
ALTER TABLESPACE t SET (seq_page_cost = 1)
ALTER TABLE crm.customer DISABLE ROW LEVEL SECURITY
ALTER TYPE t SET (RECEIVE = f)
ALTER USER MAPPING FOR u SERVER s OPTIONS (SET a 'b')
CLUSTER
COMMENT ON TABLE crm.customer IS 'x'
CREATE TYPE t AS (a int)
CREATE ACCESS METHOD a TYPE TABLE HANDLER h
CREATE CAST (int AS text) WITH INOUT
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f
CREATE DOMAIN d AS text
CREATE TYPE e AS ENUM ('a')
CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()
CREATE EXTENSION dblink
CREATE FOREIGN DATA WRAPPER f
CREATE SERVER s FOREIGN DATA WRAPPER f
CREATE FOREIGN TABLE t (a int) SERVER s
CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT mobile FROM customer'
CREATE OPERATOR CLASS c FOR TYPE int USING btree AS STORAGE int
CREATE OPERATOR FAMILY f USING btree
CREATE LANGUAGE l HANDLER h
CREATE POLICY p ON crm.customer USING (true)
CREATE PUBLICATION p FOR ALL TABLES
CREATE TYPE r AS RANGE (SUBTYPE = int)
CREATE ROLE r SUPERUSER
CREATE SCHEMA s
CREATE SEQUENCE s
CREATE STATISTICS s ON a, b FROM t
CREATE TABLE t (a text)
CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p
CREATE TABLE t AS SELECT mobile FROM customer
CREATE TABLESPACE t LOCATION '/x'
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION f(internal))
CREATE TRIGGER t BEFORE INSERT ON x EXECUTE FUNCTION f()
CREATE USER MAPPING FOR u SERVER s
CREATE DATABASE d
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)
DELETE FROM customer
DO 'BEGIN END'
DROP OWNED BY r
DROP ROLE r
DROP TABLE crm.customer
DROP SUBSCRIPTION s
DROP TABLESPACE t
DROP USER MAPPING FOR u SERVER s
DROP DATABASE d
GRANT a TO b
GRANT SELECT ON customer TO PUBLIC
IMPORT FOREIGN SCHEMA a FROM SERVER s INTO b
CREATE INDEX ON crm.customer (note)
LOAD 'x'
MERGE INTO claim USING policy ON true WHEN MATCHED THEN DELETE
REASSIGN OWNED BY a TO b
REFRESH MATERIALIZED VIEW m
REINDEX TABLE crm.customer
ALTER TABLE crm.customer RENAME TO c
CREATE RULE r AS ON SELECT TO t DO INSTEAD SELECT mobile FROM customer
SECURITY LABEL ON TABLE t IS 'x'
TRUNCATE crm.customer
VACUUM crm.customer
CREATE VIEW v AS SELECT mobile FROM customer
"""

#: Each a kind of its own that shows nothing of anybody's.
HIDDEN = """
CHECKPOINT
CLOSE c
SET CONSTRAINTS ALL DEFERRED
DEALLOCATE p
DISCARD ALL
INSERT INTO customer (note) VALUES ('x')
LISTEN l
LOCK TABLE customer
NOTIFY l, 'x'
COMMIT
UNLISTEN *
UPDATE customer SET note = 'x'
SET work_mem = '1MB'
SHOW work_mem
"""

#: What each of the others shows.
SHOWING = {
    "CALL pgcustsec.show_record('customer', '1', 'renewal')": "revealed",
    "COPY (SELECT mobile FROM customer) TO STDOUT": "masked",
    "DECLARE c CURSOR FOR SELECT mobile FROM customer": "masked",
    "EXECUTE p": "opaque",
    "EXPLAIN SELECT mobile FROM customer": "inferred",
    "FETCH ALL FROM c": "opaque",
    "PREPARE p AS SELECT mobile FROM customer": "masked",
    "SELECT mobile FROM customer": "masked",
}
SAMPLES = {
    **dict.fromkeys(REFUSED.strip().splitlines(), "refused"),
    **dict.fromkeys(HIDDEN.strip().splitlines(), "hidden"),
    **SHOWING,
}
#: Never at the top of a statement that is parsed, or only within ALTER TABLE.
WITHOUT_SAMPLE = PARTS | {"ReplicaIdentityStmt"}


def kinds() -> set[str]:
    return {name for name in dir(pglast.ast) if name.endswith("Stmt")}


def test_every_kind_of_the_grammar_has_a_verdict_and_no_other() -> None:
    assert STATEMENTS.keys() == kinds()


def test_there_is_a_sample_of_every_kind() -> None:
    assert {one.kind for sample in SAMPLES for one in parse(sample)} == kinds() - WITHOUT_SAMPLE


@pytest.mark.parametrize(("statement", "verdict"), SAMPLES.items())
def test_a_sample_has_its_verdict(statement: str, verdict: str) -> None:
    assert report(statement, ROLE).verdict == verdict


@pytest.mark.parametrize("kind", ["TimeTravelStmt", *sorted(WITHOUT_SAMPLE)])
def test_a_kind_that_is_not_known_or_no_statement_by_itself_is_refused(kind: str) -> None:
    matrix = demo_matrix("any_")
    found = Report("", ROLE, kind, tree={kind: {"location": 3}})
    resolve(relations(matrix, matrix.roles[ROLE]), found)
    assert found.verdict is Verdict.REFUSED
    assert [fault.at for fault in found.faults] == [3]


def test_a_kind_that_is_not_known_is_refused_within_others_too() -> None:
    matrix = demo_matrix("any_")
    found = Report("", ROLE, "ExplainStmt", tree={"ExplainStmt": {"query": {"TimeTravelStmt": {}}}})
    resolve(relations(matrix, matrix.roles[ROLE]), found)
    assert found.verdict is Verdict.REFUSED


def test_what_stands_for_a_kept_query_is_judged_as_that_query() -> None:
    assert report("PREPARE p AS SELECT mobile FROM customer; EXECUTE p", ROLE).verdict == "masked"
    assert report("DECLARE c CURSOR FOR SELECT note FROM customer; FETCH ALL FROM c", ROLE).verdict == "revealed"
