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
CREATE INDEX suspension_emergency ON pgcustsec_internal.suspension (code) WHERE request_id IS NOT NULL;
COMMENT ON TABLE pgcustsec_internal.suspension IS
    'Whose right to retrieve customer information, of every tier, was suspended (4.2). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspension_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.suspension.kind IS 'Whether a person, a role or a department.';
COMMENT ON COLUMN pgcustsec_internal.suspension.code IS 'The staff number, or the name in the matrix.';
COMMENT ON COLUMN pgcustsec_internal.suspension.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec_internal.suspension.reference IS 'The document or finding that it goes by.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspended_at IS 'When that was said.';
COMMENT ON COLUMN pgcustsec_internal.suspension.suspended_by IS 'By which supervisor; of an emergency, whom it concerns.';
COMMENT ON COLUMN pgcustsec_internal.suspension.starts_at IS
    'In force from then on; -infinity: from when it was said. An emergency''s is in force unless it is approved before (5.2.1).';
COMMENT ON COLUMN pgcustsec_internal.suspension.request_id IS 'The emergency that it comes of.';
COMMENT ON COLUMN pgcustsec_internal.suspension.in_flight IS
    'How many sessions, open records and connections there were at that moment.';
COMMENT ON INDEX pgcustsec_internal.suspension_request_id IS 'An emergency announces one suspension.';
COMMENT ON INDEX pgcustsec_internal.suspension_emergency IS 'Finds what emergencies announced of somebody.';

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
COMMENT ON COLUMN pgcustsec_internal.reinstatement.reinstated_by IS 'By which supervisor: not who suspended.';
COMMENT ON COLUMN pgcustsec_internal.reinstatement.comment IS 'Why the rectification is accepted.';

-- Written by who files and decides, so beside the suspensions: whoever leaves such a transaction open keeps nobody from
-- suspending, or from changing the lists of people.
CREATE TABLE pgcustsec_internal.emergency_end (
    suspension_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.suspension,
    how text COLLATE "C" NOT NULL CHECK (how IN ('approved', 'refused')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    by_staff text COLLATE "C" NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.emergency_end IS
    'What was decided about emergencies before their suspension began (5.2.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.suspension_id IS 'The suspension that was announced.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.how IS 'approved: it never begins; refused: it began at that moment.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.emergency_end.by_staff IS 'By whom.';

CREATE TABLE pgcustsec_internal.supervising ();
COMMENT ON TABLE pgcustsec_internal.supervising IS
    'Nothing but a lock, of those who suspend and reinstate: of two at once the second sees what the first has done.';

-- One row, found by its key: every statement asks (six tables of evidence took 10 us of a point read's 78).
CREATE TABLE pgcustsec_internal.emergency (
    staff_id text COLLATE "C" PRIMARY KEY,
    suspension_id bigint NOT NULL UNIQUE REFERENCES pgcustsec_internal.suspension,
    due_at timestamptz NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.emergency IS
    'Whom an emergency suspends, and from when on: kept ready beside `standing`, which no transaction of theirs may hold (4.2).';
COMMENT ON COLUMN pgcustsec_internal.emergency.staff_id IS 'Who declared it.';
COMMENT ON COLUMN pgcustsec_internal.emergency.suspension_id IS 'The suspension that it announced.';
COMMENT ON COLUMN pgcustsec_internal.emergency.due_at IS 'When that begins. Approved, the row is gone; refused, it is that moment.';
