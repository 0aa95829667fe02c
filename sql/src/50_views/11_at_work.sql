-- Whether tier 1 and 2 show, and of which record tier 1: read like `asker`. What is compared with the clock and with the
-- state of transactions stands in the reader's own text (`compile/scopes.py`): volatile columns would keep PostgreSQL from
-- making this view part of the reader's plan. A session that a transaction of the future began came with a restored dump,
-- and is none.
CREATE VIEW pgcustsec_internal.at_work AS
    SELECT w.access_code, w.ends_at, w.begun_by, w.record_key, w.lapses_at, w.opened_by, w.request_id
    FROM pgcustsec_internal.session_access AS w
    WHERE w.known_as = COALESCE(
        pgcustsec_internal.bearer(pg_catalog.current_setting('pgcustsec.token', true), true), session_user::text)
        AND w.begun_by < pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot());
COMMENT ON VIEW pgcustsec_internal.at_work IS
    'The session at work behind this statement, table by table (5.2.1, 5.2.4). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.at_work.access_code IS 'Role and table.';
COMMENT ON COLUMN pgcustsec_internal.at_work.ends_at IS 'When the session ends.';
COMMENT ON COLUMN pgcustsec_internal.at_work.begun_by IS 'The transaction that began it.';
COMMENT ON COLUMN pgcustsec_internal.at_work.record_key IS 'The record that is open; NULL: none.';
COMMENT ON COLUMN pgcustsec_internal.at_work.lapses_at IS 'When that closes.';
COMMENT ON COLUMN pgcustsec_internal.at_work.opened_by IS 'The transaction that opened it.';
COMMENT ON COLUMN pgcustsec_internal.at_work.request_id IS 'The request by which it is open in full.';
REVOKE ALL ON TABLE pgcustsec_internal.at_work FROM PUBLIC;
