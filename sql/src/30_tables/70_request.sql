CREATE TABLE pgcustsec_internal.request (
    request_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind_code text COLLATE "C" NOT NULL,
    requester text COLLATE "C" NOT NULL,
    used_by text COLLATE "C" NOT NULL,
    role_code text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    relation text COLLATE "C" NOT NULL,
    columns name[] NOT NULL,
    predicate jsonb,
    keys text[],
    days integer NOT NULL,
    max_rows integer NOT NULL
);
CREATE INDEX request_requester ON pgcustsec_internal.request (requester);
CREATE INDEX request_used_by ON pgcustsec_internal.request (used_by);
COMMENT ON TABLE pgcustsec_internal.request IS
    'Special applications (专项事务申请): what is asked for (5.2.1). What became of them says request_event.';
COMMENT ON COLUMN pgcustsec_internal.request.request_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec_internal.request.kind_code IS 'Its kind, from the matrix.';
COMMENT ON COLUMN pgcustsec_internal.request.requester IS 'Who asks.';
COMMENT ON COLUMN pgcustsec_internal.request.used_by IS
    'Who alone may use it: who asks, or the service that they answer for.';
COMMENT ON COLUMN pgcustsec_internal.request.role_code IS 'In which role, within whose rows it stays.';
COMMENT ON COLUMN pgcustsec_internal.request.purpose IS 'What for, from the matrix'' list (4.3).';
COMMENT ON COLUMN pgcustsec_internal.request.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec_internal.request.columns IS 'The columns whose values it asks for, and no other.';
COMMENT ON COLUMN pgcustsec_internal.request.predicate IS
    'Which rows: conditions that all hold, each {"column": ..., "is": ..., "value": ...}.';
COMMENT ON COLUMN pgcustsec_internal.request.keys IS 'Which rows: their keys.';
COMMENT ON COLUMN pgcustsec_internal.request.days IS 'Its term of use (使用期限), in days from its approval on (4.3).';
COMMENT ON COLUMN pgcustsec_internal.request.max_rows IS
    'The most rows that it covers, of a standing one the most records a day; 0: the matrix states none.';
COMMENT ON INDEX pgcustsec_internal.request_requester IS 'Finds what somebody has asked for.';
COMMENT ON INDEX pgcustsec_internal.request_used_by IS 'Finds what somebody may use.';
