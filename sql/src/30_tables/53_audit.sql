CREATE TABLE pgcustsec_internal.audit (
    audit_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind pgcustsec_internal.audit_kind NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C",
    session_id uuid,
    login name NOT NULL DEFAULT session_user,
    client_address inet DEFAULT inet_client_addr(),
    role_code text COLLATE "C",
    relation text COLLATE "C",
    record_key text COLLATE "C",
    customer_key text COLLATE "C",
    column_name name,
    purpose text COLLATE "C",
    reason text,
    lapses_at timestamptz,
    about text COLLATE "C"
);
CREATE INDEX audit_staff_id ON pgcustsec_internal.audit (staff_id, at);
CREATE INDEX audit_customer_key ON pgcustsec_internal.audit (customer_key, staff_id, at) WHERE customer_key IS NOT NULL;
CREATE INDEX audit_at ON pgcustsec_internal.audit USING brin (at);
COMMENT ON TABLE pgcustsec_internal.audit IS
    'Who worked under which purpose, and which records they opened or searched for (5.2.4). Rows are only ever added; '
    'keys, never values.';
COMMENT ON COLUMN pgcustsec_internal.audit.audit_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.audit.kind IS 'What was done.';
COMMENT ON COLUMN pgcustsec_internal.audit.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.audit.staff_id IS 'By whom; NULL: by an administrator, over their login.';
COMMENT ON COLUMN pgcustsec_internal.audit.session_id IS 'In which session.';
COMMENT ON COLUMN pgcustsec_internal.audit.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec_internal.audit.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec_internal.audit.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec_internal.audit.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.audit.record_key IS 'The row''s key; of a search each one that was found, NULL: none.';
COMMENT ON COLUMN pgcustsec_internal.audit.customer_key IS 'The customer whose record it is: their table, blank, their key.';
COMMENT ON COLUMN pgcustsec_internal.audit.column_name IS 'The column that was searched.';
COMMENT ON COLUMN pgcustsec_internal.audit.purpose IS 'The session''s purpose.';
COMMENT ON COLUMN pgcustsec_internal.audit.reason IS 'Why, in the person''s words.';
COMMENT ON COLUMN pgcustsec_internal.audit.lapses_at IS 'Until when the record is open, or the session.';
COMMENT ON COLUMN pgcustsec_internal.audit.about IS 'The agreement, suspension, request, person or partition that it is about.';
COMMENT ON INDEX pgcustsec_internal.audit_staff_id IS 'Finds what somebody did.';
COMMENT ON INDEX pgcustsec_internal.audit_customer_key IS
    'Finds who opened a customer''s record, and whether somebody has today.';
COMMENT ON INDEX pgcustsec_internal.audit_at IS 'Finds what was done in a time.';
