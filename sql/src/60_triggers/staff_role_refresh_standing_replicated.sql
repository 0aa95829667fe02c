-- A server that gets its people by logical replication fires no triggers for statements, only for rows.
CREATE TRIGGER refresh_standing_replicated
    AFTER INSERT OR UPDATE OR DELETE
    ON pgcustsec_internal.staff_role
    FOR EACH ROW
    EXECUTE FUNCTION pgcustsec_internal._refresh_standing();
ALTER TABLE pgcustsec_internal.staff_role ENABLE REPLICA TRIGGER refresh_standing_replicated;
COMMENT ON TRIGGER refresh_standing_replicated ON pgcustsec_internal.staff_role IS
    'What people may follows changes that arrive by replication.';
