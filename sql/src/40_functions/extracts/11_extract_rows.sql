-- What the views of extracts call: each answers for the caller's own extract alone.
CREATE FUNCTION pgcustsec_internal.extract_has(access_code text, column_name name)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN (
        SELECT column_name = ANY (e.columns)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_has(text, name) IS
    'Whether the caller''s extract by an access has this column; NULL: there is none (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_has(text, name) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_runs(access_code text)
    RETURNS boolean
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN pgcustsec_internal._extracting(access_code) IS NOT NULL;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_runs(text) IS
    'Whether the caller reads an extract by an access: else the vault''s rows show to nobody (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_runs(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_integers(access_code text)
    RETURNS SETOF bigint
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT unnest(e.integers)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_integers(text) IS
    'The keys of the caller''s extract by an access, where they are integers (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_integers(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_uuids(access_code text)
    RETURNS SETOF uuid
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT unnest(e.uuids)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_uuids(text) IS
    'The keys of the caller''s extract by an access, where they are UUIDs (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_uuids(text) FROM PUBLIC;

CREATE FUNCTION pgcustsec_internal.extract_texts(access_code text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT unnest(e.texts)
        FROM pgcustsec_internal.extract AS e
        WHERE e.extract_id = pgcustsec_internal._extracting(access_code);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.extract_texts(text) IS
    'The keys of the caller''s extract by an access, where they are anything else (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal.extract_texts(text) FROM PUBLIC;
