CREATE TABLE pgcustsec_internal.change_confirmation (
    change_id bigint NOT NULL REFERENCES pgcustsec_internal.change,
    confirmed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    word text NOT NULL CHECK (word <> '')
);
CREATE INDEX change_confirmation_change_id ON pgcustsec_internal.change_confirmation (change_id);
COMMENT ON TABLE pgcustsec_internal.change_confirmation IS
    'On whose word a changed value stands (3.1): what confirm_change() recorded. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.change_id IS 'The change.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.confirmed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.staff_id IS 'Who recorded it.';
COMMENT ON COLUMN pgcustsec_internal.change_confirmation.word IS 'How the customer confirmed, in the person''s words.';
