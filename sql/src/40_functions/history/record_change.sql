CREATE FUNCTION pgcustsec_internal.record_change(
    relation text, record_key text, operation text,
    column_name text DEFAULT NULL, old_value text DEFAULT NULL, new_value text DEFAULT NULL,
    old_blind bytea DEFAULT NULL, new_blind bytea DEFAULT NULL, key_id integer DEFAULT NULL)
    RETURNS boolean
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    person record := pgcustsec_internal._asking();
BEGIN
    INSERT INTO pgcustsec_internal.change (
        relation, record_key, operation, column_name, old_value, new_value, old_blind, new_blind, key_id,
        staff_id, session_id, application_name, reason)
    VALUES (
        record_change.relation, record_change.record_key, record_change.operation, record_change.column_name,
        record_change.old_value, record_change.new_value, record_change.old_blind, record_change.new_blind,
        record_change.key_id,
        person.staff_id, (SELECT l.session_id FROM pgcustsec_internal._live_session(person.staff_id, person.works_as) AS l),
        current_setting('application_name'), nullif(current_setting('pgcustsec.change_reason', true), ''));
    RETURN true;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.record_change(text, text, text, text, text, text, bytea, bytea, integer) IS
    'Writes down what this login does to a record (3.1). Called by what writes through views, as the role''s viewer.';
REVOKE ALL ON FUNCTION pgcustsec_internal.record_change(text, text, text, text, text, text, bytea, bytea, integer)
    FROM PUBLIC;
