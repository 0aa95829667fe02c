-- On a view that PostgreSQL could not write by itself: with a trigger it looks at the caller's rights first and says that
-- they are missing; without, it would say how to make the view writable. Nobody has the right, so nobody gets here.
CREATE FUNCTION pgcustsec_internal.refuse_command()
    RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
BEGIN
    RAISE EXCEPTION 'permission denied for view %', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege', HINT = format('The role matrix gives no %s here (5.3).', TG_OP);
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_command() IS
    'Stands in a role''s view where a command is that the role may not use (5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_command() FROM PUBLIC;
