CREATE TABLE pgcustsec_internal.applied_matrix (
    applied_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    matrix jsonb NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    applied_by name NOT NULL DEFAULT session_user
);
COMMENT ON TABLE pgcustsec_internal.applied_matrix IS 'Every matrix ever applied here, newest last: what was allowed when.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_id IS 'Order of application.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.matrix IS 'What each role was given, per table and column.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.applied_matrix.applied_by IS 'The login that applied it.';
