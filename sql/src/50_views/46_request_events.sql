CREATE VIEW pgcustsec.request_events
    WITH (security_barrier = true)
AS
    SELECT DISTINCT ON (e.request_id, e.event_id)
        e.request_id, e.event_id, e.at, e.kind, e.staff_id, p.full_name, e.for_staff, e.step, e.comment
    FROM pgcustsec_internal.request_event AS e
    CROSS JOIN LATERAL pgcustsec_internal.request_seen(e.request_id) AS s
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = e.staff_id;
COMMENT ON VIEW pgcustsec.request_events IS
    'What became of special applications (专项事务申请), step by step, for who sees the request (5.1, 5.2.1).';
COMMENT ON COLUMN pgcustsec.request_events.request_id IS 'The request.';
COMMENT ON COLUMN pgcustsec.request_events.event_id IS 'Its number; later events have higher ones.';
COMMENT ON COLUMN pgcustsec.request_events.at IS 'When.';
COMMENT ON COLUMN pgcustsec.request_events.kind IS
    'drafted, filed, amended, approved, refused, withdrawn, closed or handed over.';
COMMENT ON COLUMN pgcustsec.request_events.staff_id IS 'By whom.';
COMMENT ON COLUMN pgcustsec.request_events.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.request_events.for_staff IS 'In whose place, as their deputy; NULL: their own.';
COMMENT ON COLUMN pgcustsec.request_events.step IS 'Of a decision: the step of the chain, from 1 on.';
COMMENT ON COLUMN pgcustsec.request_events.comment IS 'In their words.';
REVOKE ALL ON TABLE pgcustsec.request_events FROM PUBLIC;
