-- No unique index and no foreign key: who ends a session must not wait for what the session's own person has open.
CREATE TABLE pgcustsec_internal.session_end (
    session_id uuid NOT NULL,
    ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    why text NOT NULL CHECK (why IN ('ended', 'superseded', 'revoked', 'left', 'agreement', 'suspended')),
    ended_by name NOT NULL DEFAULT session_user
);
CREATE INDEX session_end_session_id ON pgcustsec_internal.session_end (session_id);
COMMENT ON TABLE pgcustsec_internal.session_end IS
    'Sessions that ended before their term; a token that names one is nobody''s (5.2.4). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.session_end.session_id IS 'The session.';
COMMENT ON COLUMN pgcustsec_internal.session_end.ended_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.session_end.why IS
    'ended: by the person; superseded: by their next one; revoked: by an administrator; left: the person has left; agreement: theirs is no longer in force; suspended: and lifted since.';
COMMENT ON COLUMN pgcustsec_internal.session_end.ended_by IS 'The login that ended it.';
COMMENT ON INDEX pgcustsec_internal.session_end_session_id IS 'Says whether a session has ended.';
