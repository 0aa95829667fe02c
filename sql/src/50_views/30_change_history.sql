CREATE VIEW pgcustsec.change_history
    WITH (security_barrier = true)
AS
    SELECT
        c.change_id, c.changed_at, c.relation, c.record_key, c.operation, c.column_name, c.old_value, c.new_value,
        c.old_blind, c.new_blind, c.key_id, c.staff_id, c.login, c.session_id, c.application_name, c.reason,
        k.confirmed_at, k.word
    FROM pgcustsec_internal.change AS c
    LEFT JOIN LATERAL (
        SELECT f.confirmed_at, f.word
        FROM pgcustsec_internal.change_confirmation AS f
        WHERE f.change_id = c.change_id
        ORDER BY f.confirmed_at DESC
        LIMIT 1) AS k ON true
    WHERE (
        SELECT bool_or(
            CASE
                WHEN current_setting('transaction_isolation') <> 'read committed'
                    THEN pgcustsec_internal.refuse_old_snapshot()
                ELSE w.ends_at > clock_timestamp() AND pgcustsec_internal.is_committed(w.begun_by)
            END)
        FROM pgcustsec_internal.asker AS a
        JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code AND r.supervises
        JOIN pgcustsec_internal.at_work AS w ON w.access_code = r.role_code);
COMMENT ON VIEW pgcustsec.change_history IS
    'Who made, changed or removed what, when, why and on whose word (3.1). Rows for who supervises alone (5.1), and since '
    'there is tier 2 in it, in a session (5.2.4).';
COMMENT ON COLUMN pgcustsec.change_history.change_id IS 'What confirm_change() takes.';
COMMENT ON COLUMN pgcustsec.change_history.changed_at IS 'When.';
COMMENT ON COLUMN pgcustsec.change_history.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.change_history.record_key IS 'The row''s key.';
COMMENT ON COLUMN pgcustsec.change_history.operation IS 'made or removed: the record; changed: the column.';
COMMENT ON COLUMN pgcustsec.change_history.column_name IS 'The column; NULL: the record as a whole.';
COMMENT ON COLUMN pgcustsec.change_history.old_value IS 'Value before; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec.change_history.new_value IS 'Value after; of tier 1 and names the masked form.';
COMMENT ON COLUMN pgcustsec.change_history.old_blind IS 'Of tier 1 and names: whether two values are one, without telling either.';
COMMENT ON COLUMN pgcustsec.change_history.new_blind IS 'Of tier 1 and names: whether two values are one, without telling either.';
COMMENT ON COLUMN pgcustsec.change_history.key_id IS 'Only blind indexes of one key compare.';
COMMENT ON COLUMN pgcustsec.change_history.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec.change_history.login IS 'The login.';
COMMENT ON COLUMN pgcustsec.change_history.session_id IS 'The session at work.';
COMMENT ON COLUMN pgcustsec.change_history.application_name IS 'What the client called itself.';
COMMENT ON COLUMN pgcustsec.change_history.reason IS 'What the client gave as pgcustsec.change_reason.';
COMMENT ON COLUMN pgcustsec.change_history.confirmed_at IS 'When the customer''s word was recorded last.';
COMMENT ON COLUMN pgcustsec.change_history.word IS 'How the customer confirmed.';
REVOKE ALL ON TABLE pgcustsec.change_history FROM PUBLIC;
