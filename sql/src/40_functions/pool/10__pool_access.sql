-- As `_access`, among the roles of the caller that see the table's pool.
CREATE FUNCTION pgcustsec_internal._pool_access(
    relation text, OUT staff_id text, OUT access_code text, OUT role_code text, OUT pool_code text,
    OUT recycle_days integer, OUT claim_limit integer, OUT cool_down_days integer, OUT openings_per_day integer,
    OUT session_id uuid, OUT purpose text, OUT ends_at timestamptz, OUT committed boolean)
    RETURNS record
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
#variable_conflict use_column
DECLARE
    person record := pgcustsec_internal._person();
    parts text[] := pgcustsec_internal._name_parts(relation);
BEGIN
    SELECT
        person.staff_id, a.access_code, a.role_code, p.pool_code, p.recycle_days, p.claim_limit, p.cool_down_days,
        r.openings_per_day, w.session_id, w.purpose, w.ends_at, pgcustsec_internal.is_committed(w.begun_by)
    INTO
        staff_id, access_code, role_code, pool_code, recycle_days, claim_limit, cool_down_days,
        openings_per_day, session_id, purpose, ends_at, committed
    FROM pgcustsec_internal.pool AS p
    JOIN pgcustsec_internal.access AS a
        ON a.schema_name = p.schema_name AND a.table_name = p.table_name
        AND a.role_code = ANY (p.roles) AND a.role_code = ANY (person.roles)
    JOIN pgcustsec_internal.role AS r ON r.role_code = a.role_code
    LEFT JOIN pgcustsec_internal.session_access AS w
        ON w.known_as = person.works_as AND w.access_code = a.access_code AND w.staff_id = person.staff_id
        AND w.begun_by < pg_snapshot_xmax(pg_current_snapshot())
    WHERE p.table_name = parts[cardinality(parts)]
        AND (cardinality(parts) = 1 OR cardinality(parts) = 2 AND parts[1] IN (a.schema_name, a.role_code))
    ORDER BY w.session_id IS NULL, r.place, a.access_code
    LIMIT 1;
    IF access_code IS NULL THEN
        PERFORM pgcustsec_internal._refuse_suspended(person.staff_id);
        RAISE EXCEPTION 'no table of that name with a shared pool in a role of yours (4.2)'
            USING ERRCODE = 'CS208',
                HINT = 'Name it as in your queries, or as the matrix does: crm.customer. Its pool is for roles that see it.';
    END IF;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._pool_access(text) IS
    'By which role the caller takes prospects out of a table''s pool, by what terms, in which session; else an error (4.2, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal._pool_access(text) FROM PUBLIC;
