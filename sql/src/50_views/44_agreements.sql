CREATE VIEW pgcustsec.agreements
    WITH (security_barrier = true)
AS
    SELECT
        s.staff_id, s.full_name, s.department_code, a.agreement_code, a.title, a.version, a.in_force_from, a.signed_at,
        a.signed_until, a.missing
    FROM pgcustsec_internal.staff AS s
    CROSS JOIN LATERAL pgcustsec_internal.agreements_of(s.staff_id) AS a
    WHERE s.active AND (SELECT EXISTS (
        SELECT
        FROM pgcustsec_internal.asker AS k
        JOIN pgcustsec_internal.role AS r ON r.role_code = k.role_code AND r.supervises));
COMMENT ON VIEW pgcustsec.agreements IS
    'Which agreements active staff sign, and who has not (3.4). Rows for who supervises alone (5.1).';
COMMENT ON COLUMN pgcustsec.agreements.staff_id IS 'The person.';
COMMENT ON COLUMN pgcustsec.agreements.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.agreements.department_code IS 'Their department.';
COMMENT ON COLUMN pgcustsec.agreements.agreement_code IS 'The agreement.';
COMMENT ON COLUMN pgcustsec.agreements.title IS 'Its title.';
COMMENT ON COLUMN pgcustsec.agreements.version IS 'Its latest version; NULL: no text was published yet.';
COMMENT ON COLUMN pgcustsec.agreements.in_force_from IS 'From when on that version is needed.';
COMMENT ON COLUMN pgcustsec.agreements.signed_at IS 'When they last signed.';
COMMENT ON COLUMN pgcustsec.agreements.signed_until IS 'Until when that holds; NULL: never signed.';
COMMENT ON COLUMN pgcustsec.agreements.missing IS 'Whether it is missing or lapsed: then they see tier 3 only.';
REVOKE ALL ON TABLE pgcustsec.agreements FROM PUBLIC;
