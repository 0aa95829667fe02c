CREATE VIEW pgcustsec.extracts
    WITH (security_barrier = true)
AS
    SELECT
        e.extract_id, e.request_id, s.state, e.staff_id, p.full_name, e.department_code, e.role_code, e.relation, e.columns,
        e.row_count, (
            SELECT count(*) FROM pgcustsec_internal.extract_canary AS c WHERE c.extract_id = e.extract_id) AS canaries, e.protection, e.begun_at, least(e.ends_at, h.at) AS ends_at, e.login, e.client_address, e.host,
        f.at AS finished_at, f.sha256, f.bytes, d.at AS destroyed_at, d.evidence
    FROM pgcustsec_internal.extract AS e
    CROSS JOIN LATERAL pgcustsec_internal.extract_seen(e.extract_id) AS s (state)
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = e.staff_id
    LEFT JOIN pgcustsec_internal.extract_event AS f ON f.extract_id = e.extract_id AND f.kind = 'finished'
    LEFT JOIN pgcustsec_internal.extract_event AS d ON d.extract_id = e.extract_id AND d.kind = 'destroyed'
    LEFT JOIN pgcustsec_internal.request_event AS h ON h.request_id = e.request_id AND h.kind = 'handed over'
    WHERE s.state IS NOT NULL;
COMMENT ON VIEW pgcustsec.extracts IS
    'Files that approved requests produced: one''s own, and everybody''s for who supervises (4.1, 4.2, 4.3).';
COMMENT ON COLUMN pgcustsec.extracts.extract_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.extracts.request_id IS 'The request.';
COMMENT ON COLUMN pgcustsec.extracts.state IS
    'partial: begun and not finished; kept; overdue: past its term, or handed over, and not destroyed; destroyed.';
COMMENT ON COLUMN pgcustsec.extracts.staff_id IS 'Who took it.';
COMMENT ON COLUMN pgcustsec.extracts.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.extracts.department_code IS 'The department that keeps it.';
COMMENT ON COLUMN pgcustsec.extracts.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec.extracts.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.extracts.columns IS 'Its columns.';
COMMENT ON COLUMN pgcustsec.extracts.row_count IS 'How many rows it covers.';
COMMENT ON COLUMN pgcustsec.extracts.canaries IS 'How many customers who are nobody it has beside these, by which it is traced.';
COMMENT ON COLUMN pgcustsec.extracts.protection IS 'plain, or to whom it is encrypted.';
COMMENT ON COLUMN pgcustsec.extracts.begun_at IS 'When it was begun.';
COMMENT ON COLUMN pgcustsec.extracts.ends_at IS 'When its term of use is over; of a disclosure at the latest when it was handed over.';
COMMENT ON COLUMN pgcustsec.extracts.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec.extracts.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec.extracts.host IS 'On which computer the file is.';
COMMENT ON COLUMN pgcustsec.extracts.finished_at IS 'When all of it was written; NULL: it is partial.';
COMMENT ON COLUMN pgcustsec.extracts.sha256 IS 'Digest of the file.';
COMMENT ON COLUMN pgcustsec.extracts.bytes IS 'Its size.';
COMMENT ON COLUMN pgcustsec.extracts.destroyed_at IS 'When it was destroyed.';
COMMENT ON COLUMN pgcustsec.extracts.evidence IS 'How, and what shows it.';
REVOKE ALL ON TABLE pgcustsec.extracts FROM PUBLIC;
