-- Who asks, a row for each role that they hold. Policies and views read this in sub-selects that PostgreSQL works out once
-- per statement. A view and not a function, because it becomes part of their plan: one index look-up instead of a call (a
-- prepared point read took 46 us with functions, 39 with this). Its reader needs no right on the lists of people.
--
-- session_user decides, or a token that is signed for that login: SET ROLE changes no person, and of what a caller can set
-- nothing counts that they could have made. Nobody has no row, and what is compared with nothing holds for no row.
CREATE VIEW pgcustsec_internal.asker AS
    SELECT
        s.role_code, s.staff_id, s.department_code, s.branch_code, s.serves_none, s.serves_direct, s.serves_chain
    FROM pgcustsec_internal.standing AS s
    WHERE s.known_as = COALESCE(
        pgcustsec_internal.bearer(pg_catalog.current_setting('pgcustsec.token', true), false), session_user::text)
        -- What begins by the clock, of an emergency: what supervisors say is worked into `standing`.
        AND NOT EXISTS (
            SELECT FROM pgcustsec_internal.emergency AS u
            WHERE u.staff_id = s.answers AND u.due_at <= clock_timestamp());
COMMENT ON VIEW pgcustsec_internal.asker IS
    'The person behind this statement in each role they hold (2.3). Every reader asks for one role: the person''s '
    'membership, not the login''s (5.3). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.asker.role_code IS 'A role of the matrix that the person holds.';
COMMENT ON COLUMN pgcustsec_internal.asker.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec_internal.asker.department_code IS 'Their department (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.branch_code IS 'Their branch (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_none IS
    'Staff numbers whose customers they serve where managers serve none: their own (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_direct IS
    'Their own and those of active staff whose manager they are (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_chain IS
    'Their own and those of active staff anywhere below them (5.2.2).';
REVOKE ALL ON TABLE pgcustsec_internal.asker FROM PUBLIC;
