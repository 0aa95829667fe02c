CREATE TABLE pgcustsec_internal.session_access (
    known_as text COLLATE "C",
    access_code text COLLATE "C",
    session_id uuid NOT NULL,
    staff_id text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    ends_at timestamptz NOT NULL,
    begun_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
    record_key text,
    lapses_at timestamptz,
    opened_by xid8,
    request_id bigint,
    PRIMARY KEY (known_as, access_code)
)
WITH (fillfactor = 10);
CREATE INDEX session_access_session_id ON pgcustsec_internal.session_access (session_id);
CREATE INDEX session_access_staff_id ON pgcustsec_internal.session_access (staff_id);
COMMENT ON TABLE pgcustsec_internal.session_access IS
    'Sessions at work, table by table: one row tells a statement whether tier 1 and 2 show, and of which record (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.session_access.known_as IS 'The login, or what a signed token names, its session included.';
COMMENT ON COLUMN pgcustsec_internal.session_access.access_code IS 'Role and table; or a role as such.';
COMMENT ON COLUMN pgcustsec_internal.session_access.session_id IS 'The session.';
COMMENT ON COLUMN pgcustsec_internal.session_access.staff_id IS 'Its person.';
COMMENT ON COLUMN pgcustsec_internal.session_access.purpose IS 'Its purpose.';
COMMENT ON COLUMN pgcustsec_internal.session_access.ends_at IS 'Its term.';
COMMENT ON COLUMN pgcustsec_internal.session_access.begun_by IS 'The transaction that began it: until that is committed it shows nothing.';
COMMENT ON COLUMN pgcustsec_internal.session_access.record_key IS 'The one record that is open; NULL: none.';
COMMENT ON COLUMN pgcustsec_internal.session_access.lapses_at IS 'When that record closes by itself: never after the session.';
COMMENT ON COLUMN pgcustsec_internal.session_access.opened_by IS 'The transaction that opened it: until that is committed it shows nothing.';
COMMENT ON COLUMN pgcustsec_internal.session_access.request_id IS 'The request by which it is open in full; NULL: none, it shows masked.';
COMMENT ON INDEX pgcustsec_internal.session_access_session_id IS 'Finds what a session has open.';
COMMENT ON INDEX pgcustsec_internal.session_access_staff_id IS 'Finds what a person has open.';
