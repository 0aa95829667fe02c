CREATE VIEW pgcustsec.holds
    WITH (security_barrier = true)
AS
    SELECT
        h.hold_id, h.relation, h.predicate,
        (SELECT count(*) FROM pgcustsec_internal.hold_subject AS s WHERE s.hold_id = h.hold_id) AS subjects,
        ARRAY(
            SELECT s.record_key FROM pgcustsec_internal.hold_subject AS s
            WHERE s.hold_id = h.hold_id ORDER BY s.record_key LIMIT 100) AS keys,
        h.reason, h.reference, h.review_at, h.placed_at, h.placed_by, e.released_at, e.released_by,
        e.reason AS release_reason
    FROM pgcustsec_internal.hold AS h
    LEFT JOIN pgcustsec_internal.hold_release AS e ON e.hold_id = h.hold_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.holds IS
    'Legal holds, and which are released (4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.holds.hold_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.holds.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.holds.predicate IS 'Which rows, by conditions that all hold; NULL: those named.';
COMMENT ON COLUMN pgcustsec.holds.subjects IS 'How many rows it covers: named, or found when they were due.';
COMMENT ON COLUMN pgcustsec.holds.keys IS 'Their keys, a hundred at most.';
COMMENT ON COLUMN pgcustsec.holds.reason IS 'Why.';
COMMENT ON COLUMN pgcustsec.holds.reference IS 'The document that it goes by.';
COMMENT ON COLUMN pgcustsec.holds.review_at IS 'When it is looked at again.';
COMMENT ON COLUMN pgcustsec.holds.placed_at IS 'When it was placed.';
COMMENT ON COLUMN pgcustsec.holds.placed_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.holds.released_at IS 'When it was released; NULL: it holds.';
COMMENT ON COLUMN pgcustsec.holds.released_by IS 'By which supervisor.';
COMMENT ON COLUMN pgcustsec.holds.release_reason IS 'Why.';
REVOKE ALL ON TABLE pgcustsec.holds FROM PUBLIC;
