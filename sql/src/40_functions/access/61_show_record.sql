-- INVOKER, and without a path of its own: neither could end a transaction. So every name has its schema, operators too.
-- What it prints is what the caller's own view shows them.
CREATE PROCEDURE pgcustsec.show_record(relation text, key text, reason text, INOUT record text DEFAULT NULL)
    LANGUAGE plpgsql
AS $procedure$
DECLARE
    place record;
BEGIN
    IF pg_catalog.transaction_timestamp() OPERATOR(pg_catalog.<>) pg_catalog.statement_timestamp() THEN
        RAISE EXCEPTION 'a record shows once its opening is committed, and a transaction is open here (5.2.4)'
            USING ERRCODE = 'CS203', HINT = 'COMMIT first, then CALL again; or open_record(), COMMIT and SELECT by yourself.';
    END IF;
    PERFORM pgcustsec.open_record(relation, key, reason);
    COMMIT;
    SELECT o.view, o.condition INTO place FROM pgcustsec.open_place(relation) AS o;
    EXECUTE pg_catalog.format(
        $query$
        SELECT pg_catalog.string_agg(
            pg_catalog.concat(pg_catalog.rpad(c.key, 20), ' ', c.value), pg_catalog.chr(10) ORDER BY c.place)
        FROM %s AS t
        CROSS JOIN LATERAL pg_catalog.json_each_text(pg_catalog.row_to_json(t)) WITH ORDINALITY AS c (key, value, place)
        WHERE %s
        $query$, place.view, place.condition)
        INTO record;
END;
$procedure$;
COMMENT ON PROCEDURE pgcustsec.show_record(text, text, text, text) IS
    'Opens one record, commits, and prints it as the caller''s view shows it: for people at a psql prompt (5.2.1).';
REVOKE ALL ON PROCEDURE pgcustsec.show_record(text, text, text, text) FROM PUBLIC;
