CREATE TABLE pgcustsec_internal.session (
    session_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    staff_id text COLLATE "C" NOT NULL,
    login name NOT NULL DEFAULT session_user,
    roles text[] NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ends_at timestamptz NOT NULL,
    client_address inet DEFAULT inet_client_addr(),
    application_name text DEFAULT current_setting('application_name')
);
CREATE INDEX session_staff_id ON pgcustsec_internal.session (staff_id, started_at);
COMMENT ON TABLE pgcustsec_internal.session IS
    'One person at work under a stated purpose (5.2.4). Rows are only ever added; session_end says what ended early.';
COMMENT ON COLUMN pgcustsec_internal.session.session_id IS 'Which; of an application''s, named by its tokens.';
COMMENT ON COLUMN pgcustsec_internal.session.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.session.login IS 'The login that it came over: their own, or an application''s.';
COMMENT ON COLUMN pgcustsec_internal.session.roles IS 'Roles in which it shows tier 1 and 2: held by the person, for this purpose.';
COMMENT ON COLUMN pgcustsec_internal.session.purpose IS 'What for, from the matrix'' list (4.3).';
COMMENT ON COLUMN pgcustsec_internal.session.started_at IS 'Since when.';
COMMENT ON COLUMN pgcustsec_internal.session.ends_at IS 'Its term: it ends then at the latest.';
COMMENT ON COLUMN pgcustsec_internal.session.client_address IS 'Where the client was; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec_internal.session.application_name IS 'What the client called itself.';
COMMENT ON INDEX pgcustsec_internal.session_staff_id IS 'Finds a person''s sessions.';
