CREATE VIEW pgcustsec.pool_checks
    WITH (security_barrier = true)
AS
    SELECT p.relation, p.branch_code, p.staff_id, p.full_name, p.held, p.overdue, p.undated, p.oldest
    FROM pgcustsec_internal.pool_seen() AS p
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.pool_checks IS
    'Prospects that are overdue for the shared pool (共享池), for spot checks (4.2). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.pool_checks.relation IS 'The table, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.pool_checks.branch_code IS 'The branch (分公司).';
COMMENT ON COLUMN pgcustsec.pool_checks.staff_id IS 'Who holds them; NULL: what stands there is no staff number.';
COMMENT ON COLUMN pgcustsec.pool_checks.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.pool_checks.held IS 'How many prospects they hold.';
COMMENT ON COLUMN pgcustsec.pool_checks.overdue IS 'How many of these are past the matrix''s days without progress.';
COMMENT ON COLUMN pgcustsec.pool_checks.undated IS
    'How many have neither a claim nor progress written down, or in the future: their term begins with the next recycling.';
COMMENT ON COLUMN pgcustsec.pool_checks.oldest IS 'The longest without progress: since when.';
REVOKE ALL ON TABLE pgcustsec.pool_checks FROM PUBLIC;
