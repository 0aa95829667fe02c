-- DISTINCT ON keeps every condition of the reader's but one on the number above what says whose it is: else EXPLAIN ANALYZE
-- would count the requests of others that meet it.
CREATE VIEW pgcustsec.requests
    WITH (security_barrier = true)
AS
    SELECT DISTINCT ON (r.request_id)
        r.request_id, r.kind_code, s.state, r.requester, p.full_name, r.used_by, r.role_code, r.purpose, r.relation, r.columns,
        r.predicate, r.keys, r.days, r.max_rows, s.filed_at, s.approved_at, s.ends_at, s.step, s.awaits, s.deciders, s.mine_to_decide
    FROM pgcustsec_internal.request AS r
    CROSS JOIN LATERAL pgcustsec_internal.request_seen(r.request_id) AS s
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = r.requester;
COMMENT ON VIEW pgcustsec.requests IS
    'Special applications (专项事务申请): one''s own, those one decides on, and everybody''s for who supervises (5.1, 5.2.1).';
COMMENT ON COLUMN pgcustsec.requests.request_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.requests.kind_code IS 'Its kind.';
COMMENT ON COLUMN pgcustsec.requests.state IS
    'drafted, filed, in approval, approved, refused, withdrawn, lapsed, closed, handed over, erased or applied.';
COMMENT ON COLUMN pgcustsec.requests.requester IS 'Who asks.';
COMMENT ON COLUMN pgcustsec.requests.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.requests.used_by IS 'Who alone uses it: who asks, or a service that they answer for.';
COMMENT ON COLUMN pgcustsec.requests.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec.requests.purpose IS 'What for.';
COMMENT ON COLUMN pgcustsec.requests.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.requests.columns IS 'The columns whose values it asks for.';
COMMENT ON COLUMN pgcustsec.requests.predicate IS 'Which rows, by conditions that all hold.';
COMMENT ON COLUMN pgcustsec.requests.keys IS 'Which rows, by their keys.';
COMMENT ON COLUMN pgcustsec.requests.days IS 'Its term of use, in days from the last approval on.';
COMMENT ON COLUMN pgcustsec.requests.max_rows IS 'The most rows, of a standing one a day; 0: the matrix states none.';
COMMENT ON COLUMN pgcustsec.requests.filed_at IS 'When it was filed; NULL: a draft.';
COMMENT ON COLUMN pgcustsec.requests.approved_at IS 'When the last step approved it.';
COMMENT ON COLUMN pgcustsec.requests.ends_at IS 'When its term is over; of an emergency that waits, by when it is to be approved.';
COMMENT ON COLUMN pgcustsec.requests.step IS 'The step that is to be decided next.';
COMMENT ON COLUMN pgcustsec.requests.awaits IS 'Who decides that, as the matrix says.';
COMMENT ON COLUMN pgcustsec.requests.deciders IS 'Who of the staff can decide that now; empty: nobody, so it waits, and lapses.';
COMMENT ON COLUMN pgcustsec.requests.mine_to_decide IS 'Whether the caller may decide it now.';
REVOKE ALL ON TABLE pgcustsec.requests FROM PUBLIC;
