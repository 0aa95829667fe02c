CREATE TABLE pgcustsec_internal.change (
    change_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    operation pgcustsec_internal.operation NOT NULL,
    column_name name,
    old_value text,
    new_value text,
    old_blind bytea,
    new_blind bytea,
    key_id integer,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C",
    login name NOT NULL DEFAULT session_user,
    session_id uuid,
    application_name text,
    reason text
);
CREATE INDEX change_record ON pgcustsec_internal.change (relation, record_key);
COMMENT ON TABLE pgcustsec_internal.change IS
    'Who made, changed or removed a record with tier-1 or tier-2 values, when and why (3.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.change.change_id IS 'What confirm_change() takes.';
COMMENT ON COLUMN pgcustsec_internal.change.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.change.record_key IS 'The row''s key; a key of several columns as a JSON array.';
COMMENT ON COLUMN pgcustsec_internal.change.operation IS 'made or removed: the record; changed: the column.';
COMMENT ON COLUMN pgcustsec_internal.change.column_name IS 'The column that was changed; NULL: the record as a whole.';
COMMENT ON COLUMN pgcustsec_internal.change.old_value IS 'Value before; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec_internal.change.new_value IS 'Value after; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec_internal.change.old_blind IS 'Of tier 1 and names: keyed blind index of the value before.';
COMMENT ON COLUMN pgcustsec_internal.change.new_blind IS 'Of tier 1 and names: keyed blind index of the value after.';
COMMENT ON COLUMN pgcustsec_internal.change.key_id IS 'The key of both blind indexes.';
COMMENT ON COLUMN pgcustsec_internal.change.changed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.change.staff_id IS 'The person; NULL: a login of no member of staff.';
COMMENT ON COLUMN pgcustsec_internal.change.login IS 'The login that it came over.';
COMMENT ON COLUMN pgcustsec_internal.change.session_id IS 'The session at work.';
COMMENT ON COLUMN pgcustsec_internal.change.application_name IS 'What the client called itself.';
COMMENT ON COLUMN pgcustsec_internal.change.reason IS 'What the client set as pgcustsec.change_reason.';
COMMENT ON INDEX pgcustsec_internal.change_record IS 'Finds what happened to a record.';
