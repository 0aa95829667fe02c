-- A domain, because PostgreSQL keeps its condition at hand; a table's CHECK it reads anew for every statement that writes
-- a row (5 us a change).
CREATE DOMAIN pgcustsec_internal.operation AS text CHECK (VALUE IN ('made', 'changed', 'removed'));
COMMENT ON DOMAIN pgcustsec_internal.operation IS 'What happened to a record, or to a column of it.';
REVOKE ALL ON DOMAIN pgcustsec_internal.operation FROM PUBLIC;
