-- Who asks. Policies and views read this in sub-selects that PostgreSQL works out once per statement. A view and not a
-- function, because it becomes part of their plan: one index look-up instead of a call (a prepared point read took 46 us
-- with functions, 39 with this). Its reader needs no right on the lists of people.
--
-- session_user decides: SET ROLE changes no person, and nothing that a caller can set is asked. Nobody has no row, and
-- what is compared with nothing holds for no row.
CREATE VIEW pgcustsec_internal.asker AS
    SELECT
        s.roles,
        s.department_code,
        s.branch_code,
        CASE pg_catalog.current_setting('transaction_isolation')
            WHEN 'read committed' THEN ARRAY[s.staff_id]
            ELSE pgcustsec_internal.refuse_old_snapshot()
        END AS serves_none,
        CASE pg_catalog.current_setting('transaction_isolation')
            WHEN 'read committed' THEN s.serves_direct
            ELSE pgcustsec_internal.refuse_old_snapshot()
        END AS serves_direct,
        CASE pg_catalog.current_setting('transaction_isolation')
            WHEN 'read committed' THEN s.serves_chain
            ELSE pgcustsec_internal.refuse_old_snapshot()
        END AS serves_chain
    FROM pgcustsec_internal.staff AS s
    WHERE s.login = session_user AND s.active;
COMMENT ON VIEW pgcustsec_internal.asker IS
    'The person behind this login, if they are active: one row or none (2.3). Read by viewers alone.';
COMMENT ON COLUMN pgcustsec_internal.asker.roles IS
    'Roles of the matrix that the person holds. Every reader asks for one: the person''s membership, not the login''s (5.3).';
COMMENT ON COLUMN pgcustsec_internal.asker.department_code IS 'Their department (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.branch_code IS 'Their branch (1.4).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_none IS
    'Staff numbers whose customers they serve where managers serve none: their own. READ COMMITTED only (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_direct IS
    'Their own and those of active staff whose manager they are. READ COMMITTED only (5.2.2).';
COMMENT ON COLUMN pgcustsec_internal.asker.serves_chain IS
    'Their own and those of active staff anywhere below them. READ COMMITTED only (5.2.2).';
REVOKE ALL ON TABLE pgcustsec_internal.asker FROM PUBLIC;
