CREATE TABLE pgcustsec_internal.deputy (
    deputy_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id text COLLATE "C" NOT NULL,
    deputy text COLLATE "C" NOT NULL CHECK (deputy <> staff_id),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    named_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX deputy_deputy ON pgcustsec_internal.deputy (deputy);
COMMENT ON TABLE pgcustsec_internal.deputy IS
    'Who decides on requests in an absent approver''s place, and in which period (5.2.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.deputy.deputy_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.deputy.staff_id IS 'In whose place: they name their deputy themselves.';
COMMENT ON COLUMN pgcustsec_internal.deputy.deputy IS 'Who.';
COMMENT ON COLUMN pgcustsec_internal.deputy.starts_at IS 'From when on.';
COMMENT ON COLUMN pgcustsec_internal.deputy.ends_at IS 'Until when.';
COMMENT ON COLUMN pgcustsec_internal.deputy.named_at IS 'When it was said.';
COMMENT ON INDEX pgcustsec_internal.deputy_deputy IS 'Finds in whose place somebody decides.';

CREATE TABLE pgcustsec_internal.deputy_event (
    deputy_id bigint NOT NULL REFERENCES pgcustsec_internal.deputy,
    kind text COLLATE "C" NOT NULL CHECK (kind IN ('approved', 'ended')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (deputy_id, kind)
);
COMMENT ON TABLE pgcustsec_internal.deputy_event IS
    'What became of deputies: none counts before a supervisor has approved it, nor once it is ended. Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.deputy_id IS 'Which.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.kind IS 'approved: by a supervisor; ended: before its period is over.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.deputy_event.staff_id IS 'By whom.';
