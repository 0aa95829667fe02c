CREATE TABLE pgcustsec_internal.request_event (
    event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES pgcustsec_internal.request,
    kind text COLLATE "C" NOT NULL CHECK (
        kind IN ('drafted', 'filed', 'amended', 'approved', 'refused', 'withdrawn', 'closed', 'handed over', 'erased', 'applied')),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    staff_id text COLLATE "C" NOT NULL,
    for_staff text COLLATE "C",
    step integer,
    comment text,
    terms text COLLATE "C" NOT NULL
);
CREATE INDEX request_event_request_id ON pgcustsec_internal.request_event (request_id, event_id);
CREATE UNIQUE INDEX request_event_handed_over ON pgcustsec_internal.request_event (request_id) WHERE kind = 'handed over';
CREATE UNIQUE INDEX request_event_erased ON pgcustsec_internal.request_event (request_id) WHERE kind = 'erased';
CREATE UNIQUE INDEX request_event_applied ON pgcustsec_internal.request_event (request_id) WHERE kind = 'applied';
COMMENT ON TABLE pgcustsec_internal.request_event IS
    'What became of requests, step by step (5.2.1). Rows are only ever added.';
COMMENT ON COLUMN pgcustsec_internal.request_event.event_id IS 'Its number; later events have higher ones.';
COMMENT ON COLUMN pgcustsec_internal.request_event.request_id IS 'The request.';
COMMENT ON COLUMN pgcustsec_internal.request_event.kind IS 'What happened.';
COMMENT ON COLUMN pgcustsec_internal.request_event.at IS 'When.';
COMMENT ON COLUMN pgcustsec_internal.request_event.staff_id IS 'By whom.';
COMMENT ON COLUMN pgcustsec_internal.request_event.for_staff IS 'In whose place, as their deputy; NULL: their own.';
COMMENT ON COLUMN pgcustsec_internal.request_event.step IS 'Of a decision: the step of the chain, from 1 on.';
COMMENT ON COLUMN pgcustsec_internal.request_event.comment IS 'In their words.';
COMMENT ON COLUMN pgcustsec_internal.request_event.terms IS
    'Digest of the request and of what the matrix said of it at that moment: an approval of other terms is none.';
COMMENT ON INDEX pgcustsec_internal.request_event_request_id IS 'Finds what became of a request.';
COMMENT ON INDEX pgcustsec_internal.request_event_handed_over IS 'A disclosure is handed over once (3.3).';
COMMENT ON INDEX pgcustsec_internal.request_event_erased IS 'A wish to be erased is fulfilled once (4.3).';
COMMENT ON INDEX pgcustsec_internal.request_event_applied IS 'By an approved widening one matrix is applied, once (5.2.5).';
