CREATE VIEW pgcustsec.certificates
    WITH (security_barrier = true)
AS
    SELECT
        c.certificate_id, c.relation, c.rule, c.request_id, c.action, c.subjects, c.counts, c.keys_digest, c.due_until, c.extracts,
        c.at, c.login
    FROM pgcustsec_internal.certificate AS c
    WHERE (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.certificates IS
    'What was destroyed or anonymised, at the end of its term or by a customer''s wish (4.3). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.certificates.certificate_id IS 'Its number.';
COMMENT ON COLUMN pgcustsec.certificates.relation IS 'The table of the subjects, as the matrix names it.';
COMMENT ON COLUMN pgcustsec.certificates.rule IS 'The rule that they were due by; NULL: erased by a request.';
COMMENT ON COLUMN pgcustsec.certificates.request_id IS 'The approved request by which they were erased; NULL: at the end of their term.';
COMMENT ON COLUMN pgcustsec.certificates.action IS 'destroyed or anonymised.';
COMMENT ON COLUMN pgcustsec.certificates.subjects IS 'How many.';
COMMENT ON COLUMN pgcustsec.certificates.counts IS 'How many rows of which table.';
COMMENT ON COLUMN pgcustsec.certificates.keys_digest IS 'SHA-256 of the keys, in order of their bytes, each on a line; empty where rows were anonymised.';
COMMENT ON COLUMN pgcustsec.certificates.due_until IS 'The latest of the terms; NULL: erased.';
COMMENT ON COLUMN pgcustsec.certificates.extracts IS 'Extracts that held some of it and were not destroyed.';
COMMENT ON COLUMN pgcustsec.certificates.at IS 'When.';
COMMENT ON COLUMN pgcustsec.certificates.login IS 'Over which login.';
REVOKE ALL ON TABLE pgcustsec.certificates FROM PUBLIC;
