-- Every refusal of a write in one place: what was asked, of which column, what to do next, and never a value.
CREATE FUNCTION pgcustsec_internal.refuse_write(state text, relation text, columns text[])
    RETURNS void
    LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
    named constant text := array_to_string(columns, ', ');
    said text;
    next_step text;
BEGIN
    SELECT w.said, w.next_step
    INTO said, next_step
    FROM (VALUES
        ('40001', 'others changed this record of %1$s while this statement went on',
            'Read it again, and repeat the transaction. A statement that meets a row twice fails like this as well.'),
        ('CS203', '%1$s.%2$s is tier 1, and this record is not open (5.2.1)',
            'SELECT pgcustsec.open_record(...), COMMIT, then write.'),
        ('CS401', 'what was written to %1$s.%2$s is a masked form, not a true value (3.1)',
            'Leave the column out, or write the value that the customer gave.'),
        ('CS402', '%1$s.%2$s is hidden in this row, and what is not seen is not changed (3.1)',
            'Leave the column as it was read.'),
        ('CS403', 'this would clear %1$s.%2$s (3.1)',
            format('If that is meant: SET LOCAL pgcustsec.clear = %L, in the same transaction.', named)),
        ('CS404', 'another record has this value of %1$s.%2$s already', 'Look for the record that has it.'),
        ('CS405', 'what was written to %1$s.%2$s has not the shape of its kind',
            'Check it for slips of the pen; blanks alone, stars and control characters are no value.'),
        ('CS406', 'this role may not write %1$s.%2$s (5.3)', 'Leave the column out, or as it was read; if somebody else has changed it meanwhile, read the row again.')
    ) AS w (state, said, next_step)
    WHERE w.state = refuse_write.state;

    RAISE EXCEPTION '%', format(said, relation, named) USING ERRCODE = state, HINT = next_step;
END;
$function$;
COMMENT ON FUNCTION pgcustsec_internal.refuse_write(text, text, text[]) IS
    'Ends a statement that writes what it may not (3.1, 5.3).';
REVOKE ALL ON FUNCTION pgcustsec_internal.refuse_write(text, text, text[]) FROM PUBLIC;
