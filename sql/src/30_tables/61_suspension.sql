CREATE TABLE pgcustsec_internal.suspension (
    suspension_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('person', 'role', 'department')),
    code text COLLATE "C" NOT NULL,
    reason text NOT NULL,
    reference text,
    suspended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    suspended_by text COLLATE "C" NOT NULL,
    starts_at timestamptz NOT NULL DEFAULT '-infinity',
    request_id bigint,
    in_flight jsonb NOT NULL
);
CREATE UNIQUE INDEX suspension_request_id ON pgcustsec_internal.suspension (request_id);
COMMENT ON TABLE pgcustsec_internal.suspension IS
    'Whose right to retrieve customer information, of every tier, was suspended (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspension_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.suspension.kind IS 'Whether a person, a role or a department.';
COMMENT ON COLUMN pgcustsec_internal.suspension.code IS 'The staff number, or the name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.suspension.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec_internal.suspension.reference IS 'The document or finding that it goes by.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspended_at IS 'When that was said.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspended_by IS 'By which supervisor; of an emergency, whom it concerns or who refused it.';
COMMENT ON COLUMN pgcustsec_internal.suspension.starts_at IS
    'In force from then on; -infinity: from when it was said. An emergency''s is in force unless it is approved before (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.suspension.request_id IS 'The emergency that it comes of.';
COMMENT ON COLUMN pgcustsec_internal.suspension.in_flight IS
    'How many sessions, open records and connections there were at that moment.';
COMMENT ON INDEX pgcustsec_internal.suspension_request_id IS 'An emergency announces one suspension.';

CREATE TABLE pgcustsec_internal.rectification (
    suspension_id bigint NOT NULL REFERENCES pgcustsec_internal.suspension,
    rectified_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    rectified_by text COLLATE "C" NOT NULL,
    what text NOT NULL
);
CREATE INDEX rectification_suspension_id ON pgcustsec_internal.rectification (suspension_id);
COMMENT ON TABLE pgcustsec_internal.rectification IS
    'What was put right about a suspension (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.rectification.suspension_id IS 'The suspension.';
COMMENT ON COLUMN pgcustsec_internal.rectification.rectified_at IS 'When it was reported.';
COMMENT ON COLUMN pgcustsec_internal.rectification.rectified_by IS 'By whom.';
COMMENT ON COLUMN pgcustsec_internal.rectification.what IS 'What was done.';
COMMENT ON INDEX pgcustsec_internal.rectification_suspension_id IS 'Finds what was put right about a suspension.';

CREATE TABLE pgcustsec_internal.reinstatement (
    suspension_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.suspension,
    reinstated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    reinstated_by text COLLATE "C" NOT NULL,
    comment text NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.reinstatement IS
    'Which suspensions are over, their rectification accepted (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.suspension_id IS 'The suspension.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.reinstated_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.reinstated_by IS
    'By which supervisor: not who suspended. Of an emergency, who approved it in time, or refused it.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.comment IS 'Why the rectification is accepted.';
