CREATE TABLE pgcustsec_internal.certificate (
    certificate_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    relation text COLLATE "C" NOT NULL,
    rule text COLLATE "C",
    request_id bigint REFERENCES pgcustsec_internal.request,
    action text COLLATE "C" NOT NULL CHECK (action IN ('destroyed', 'anonymised')),
    subjects integer NOT NULL,
    counts jsonb NOT NULL,
    keys_digest text COLLATE "C" NOT NULL,
    due_until timestamptz,
    extracts bigint[] NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    login name NOT NULL DEFAULT session_user,
    CONSTRAINT certificate_ground CHECK (num_nonnulls(rule, request_id) = 1 AND (rule IS NULL) = (due_until IS NULL))
);
CREATE INDEX certificate_at ON pgcustsec_internal.certificate (at);
CREATE UNIQUE INDEX certificate_request_id ON pgcustsec_internal.certificate (request_id) WHERE request_id IS NOT NULL;
COMMENT ON TABLE pgcustsec_internal.certificate IS
    'What was destroyed or anonymised, at the end of its term or by a customer''s wish: written in the transaction that did it (4.3). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.certificate.certificate_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.certificate.relation IS 'The table of the subjects, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.certificate.rule IS 'The rule of the matrix that they were due by; NULL: erased by a request.';
COMMENT ON COLUMN pgcustsec_internal.certificate.request_id IS 'The approved request by which they were erased; NULL: at the end of their term.';
COMMENT ON COLUMN pgcustsec_internal.certificate.action IS 'destroyed or anonymised.';
COMMENT ON COLUMN pgcustsec_internal.certificate.subjects IS 'How many.';
COMMENT ON COLUMN pgcustsec_internal.certificate.counts IS 'How many rows of which table.';
COMMENT ON COLUMN pgcustsec_internal.certificate.keys_digest IS
    'SHA-256 of the keys, in order of their bytes, each on a line; empty where rows were anonymised: it would lead back to them.';
COMMENT ON COLUMN pgcustsec_internal.certificate.due_until IS 'The latest of the terms; NULL: erased, before its end.';
COMMENT ON COLUMN pgcustsec_internal.certificate.extracts IS 'Extracts that hold some of it and are not destroyed.';
COMMENT ON COLUMN pgcustsec_internal.certificate.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.certificate.login IS 'Over which login.';
COMMENT ON INDEX pgcustsec_internal.certificate_at IS 'Finds what was destroyed in a time.';
COMMENT ON INDEX pgcustsec_internal.certificate_request_id IS 'Finds what a request erased, once.';

CREATE TABLE pgcustsec_internal.anonymised (
    relation text COLLATE "C" NOT NULL,
    combination jsonb NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (relation, combination)
);
COMMENT ON TABLE pgcustsec_internal.anonymised IS 'How many anonymised rows are alike: of too few what they keep goes too (4.3).';
COMMENT ON COLUMN pgcustsec_internal.anonymised.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.anonymised.combination IS 'What they keep.';
COMMENT ON COLUMN pgcustsec_internal.anonymised.rows IS 'How many.';
