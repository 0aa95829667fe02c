-- Not of who has left, or is suspended: a deputy has what the absent one would have, and no more.
CREATE FUNCTION pgcustsec_internal._acts_for(staff text)
    RETURNS SETOF text
    LANGUAGE plpgsql
    STABLE
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RETURN QUERY
        SELECT DISTINCT d.staff_id
        FROM pgcustsec_internal.deputy AS d
        JOIN pgcustsec_internal.deputy_event AS a ON a.deputy_id = d.deputy_id AND a.kind = 'approved'
        JOIN pgcustsec_internal.staff AS p ON p.staff_id = d.staff_id AND p.active
        WHERE d.deputy = _acts_for.staff AND clock_timestamp() >= d.starts_at AND clock_timestamp() < d.ends_at
            AND NOT EXISTS (
                SELECT FROM pgcustsec_internal.deputy_event AS e WHERE e.deputy_id = d.deputy_id AND e.kind = 'ended')
            AND NOT EXISTS (SELECT FROM pgcustsec_internal._suspensions_of(d.staff_id));
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal._acts_for(text) IS
    'In whose place somebody decides at this moment: approved, in its period, of who is there and not suspended (5.2.1).';
REVOKE ALL ON FUNCTION pgcustsec_internal._acts_for(text) FROM PUBLIC;
