CREATE TABLE pgcustsec_internal.hold (
    hold_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    predicate jsonb,
    reason text NOT NULL,
    reference text,
    review_at timestamptz NOT NULL,
    placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    placed_by text COLLATE "C" NOT NULL,
    begun_by xid8 NOT NULL DEFAULT pg_current_xact_id()
);
COMMENT ON TABLE pgcustsec_internal.hold IS
    'Legal holds: what they cover is not destroyed, though it is past its term and shows to nobody (3.3, 4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.hold.hold_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.hold.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.hold.predicate IS 'Which rows, by conditions that all hold, also of those to come; NULL: those named.';
COMMENT ON COLUMN pgcustsec_internal.hold.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec_internal.hold.reference IS 'The document that it goes by.';
COMMENT ON COLUMN pgcustsec_internal.hold.review_at IS 'When it is looked at again. It holds on until it is released.';
COMMENT ON COLUMN pgcustsec_internal.hold.placed_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.hold.placed_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec_internal.hold.begun_by IS
    'The transaction that placed it: until that is committed nobody is told what its conditions cover.';

CREATE TABLE pgcustsec_internal.hold_subject (
    hold_id bigint NOT NULL REFERENCES pgcustsec_internal.hold,
    relation text COLLATE "C" NOT NULL,
    record_key text COLLATE "C" NOT NULL,
    found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (relation, record_key, hold_id)
);
COMMENT ON TABLE pgcustsec_internal.hold_subject IS
    'Rows that a hold covers: named, or found by its predicate when they were due (4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.hold_id IS 'The hold.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.record_key IS 'The row''s key.';
COMMENT ON COLUMN pgcustsec_internal.hold_subject.found_at IS 'Since when.';

CREATE TABLE pgcustsec_internal.hold_release (
    hold_id bigint PRIMARY KEY REFERENCES pgcustsec_internal.hold,
    reason text NOT NULL,
    released_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    released_by text COLLATE "C" NOT NULL
);
COMMENT ON TABLE pgcustsec_internal.hold_release IS 'Which holds are over (4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.hold_id IS 'The hold.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.reason IS 'Why it is released.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.released_at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.hold_release.released_by IS 'By which supervisor.';
