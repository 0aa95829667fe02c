CREATE VIEW pgcustsec.access_log
    WITH (security_barrier = true)
AS
    SELECT
        a.audit_id, a.at, a.kind::text AS kind, a.staff_id, s.full_name, a.role_code, a.relation, a.record_key, a.customer_key,
        a.column_name, a.purpose, a.reason, a.lapses_at, a.session_id, a.login, a.client_address,
        a.about
    FROM pgcustsec_internal.audit AS a
    LEFT JOIN pgcustsec_internal.staff AS s ON s.staff_id = a.staff_id
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.access_log IS
    'Who worked for what purpose, and which records they opened or searched for (5.2.4). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.access_log.audit_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.access_log.at IS 'When.';
COMMENT ON COLUMN pgcustsec.access_log.kind IS
    'session_started, record_opened, searched, subject_shown and so on; agreement_..., request_..., extract_..., prospect_..., suspended, rectified, reinstated.';
COMMENT ON COLUMN pgcustsec.access_log.staff_id IS 'By whom; NULL: an administrator.';
COMMENT ON COLUMN pgcustsec.access_log.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.access_log.role_code IS 'In which role.';
COMMENT ON COLUMN pgcustsec.access_log.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.access_log.record_key IS 'The row''s key; of a search each one that was found.';
COMMENT ON COLUMN pgcustsec.access_log.customer_key IS 'The customer whose record it is: their table, blank, their key.';
COMMENT ON COLUMN pgcustsec.access_log.column_name IS 'The column that was searched.';
COMMENT ON COLUMN pgcustsec.access_log.purpose IS 'The session''s purpose.';
COMMENT ON COLUMN pgcustsec.access_log.reason IS 'Why, in the person''s words; of a session, how it ended.';
COMMENT ON COLUMN pgcustsec.access_log.lapses_at IS 'Until when the record is open, or the session.';
COMMENT ON COLUMN pgcustsec.access_log.session_id IS 'In which session.';
COMMENT ON COLUMN pgcustsec.access_log.login IS 'Over which login.';
COMMENT ON COLUMN pgcustsec.access_log.client_address IS 'From where; NULL: on the server itself.';
COMMENT ON COLUMN pgcustsec.access_log.about IS 'The agreement, suspension, request, extract or person that it is about.';
REVOKE ALL ON TABLE pgcustsec.access_log FROM PUBLIC;
