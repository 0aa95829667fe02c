-- Its requester must see whom they name, as who serves them, whenever they say so; who decides is not asked that.
CREATE FUNCTION pgcustsec_internal._check_erasure(request bigint)
    RETURNS void
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_variable
DECLARE
    asked pgcustsec_internal.request;
    access_code text;
    key text;
BEGIN
    SELECT r.* INTO asked FROM pgcustsec_internal.request AS r WHERE r.request_id = request;
    access_code := asked.role_code || ' ' || asked.relation;
    IF asked.keys IS NULL OR cardinality(asked.columns) > 0
        OR cardinality(asked.keys) <> (SELECT count(DISTINCT k.key) FROM unnest(asked.keys) AS k (key))
    THEN
        RAISE EXCEPTION 'a wish to be erased names customers by their keys, each once, and no columns (4.3)'
            USING ERRCODE = 'CS309', HINT = 'Give their keys alone.';
    ELSIF NOT pgcustsec_internal.erasable(asked.relation) THEN
        RAISE EXCEPTION 'rows of % are not erased by request (4.3)', asked.relation
            USING ERRCODE = 'CS208', HINT = 'Name a table of customers; what hangs on them goes with them.';
    ELSIF (SELECT p.staff_id FROM pgcustsec_internal._person() AS p) <> asked.requester THEN
        RETURN;
    END IF;
    FOREACH key IN ARRAY asked.keys LOOP
        IF pgcustsec_internal._customer(access_code, key) <> key THEN
            RAISE EXCEPTION 'a key is not written as % has it (4.3)', asked.relation
                USING ERRCODE = 'CS309', HINT = 'Write each as the view shows it.';
        ELSIF NOT pgcustsec_internal._served(access_code, asked.requester, key) THEN
            RAISE EXCEPTION 'a wish to be erased is filed by who serves the customer (5.2.2)'
                USING ERRCODE = 'CS202', HINT = 'Hand the wish to a colleague who does.';
        END IF;
    END LOOP;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._check_erasure(bigint) IS
    'Refuses a wish to be erased that names columns, conditions, or a customer whom its requester does not serve (4.3, 5.2.2).';
REVOKE ALL ON FUNCTION pgcustsec_internal._check_erasure(bigint) FROM PUBLIC;
