-- DISTINCT ON as in `requests`.
CREATE VIEW pgcustsec.disclosures
    WITH (security_barrier = true)
AS
    SELECT DISTINCT ON (d.request_id)
        d.request_id, s.state, d.department_code, r.requester AS custodian, p.full_name, s.still_custodian,
        n.named_by, d.authority, d.legal_basis, d.document_number, r.relation, r.columns, r.predicate, r.keys,
        s.filed_at, s.approved_at, s.ends_at, s.opened_records, s.extracted_rows, s.sha256, s.handed_over_at, s.receipt,
        s.destroyed_at, s.evidence
    FROM pgcustsec_internal.disclosure AS d
    CROSS JOIN LATERAL pgcustsec_internal.disclosure_seen(d.request_id) AS s
    JOIN pgcustsec_internal.request AS r ON r.request_id = d.request_id
    JOIN pgcustsec_internal.custodian AS n ON n.naming_id = d.naming_id
    LEFT JOIN pgcustsec_internal.staff AS p ON p.staff_id = r.requester;
COMMENT ON VIEW pgcustsec.disclosures IS
    'The register (登记簿) of disclosures to authorities (监管司法调取): one''s own, those one decides on, and everybody''s for who '
    'supervises. It says what was taken, and shows nothing of it (3.3, 5.1).';
COMMENT ON COLUMN pgcustsec.disclosures.request_id IS 'Its number, which is the request''s.';
COMMENT ON COLUMN pgcustsec.disclosures.state IS 'filed, in approval, approved, handed over, destruction due, destroyed; or refused, withdrawn, lapsed, closed.';
COMMENT ON COLUMN pgcustsec.disclosures.department_code IS 'The department whose custodian handles it.';
COMMENT ON COLUMN pgcustsec.disclosures.custodian IS 'Who filed it as that.';
COMMENT ON COLUMN pgcustsec.disclosures.full_name IS 'Their name.';
COMMENT ON COLUMN pgcustsec.disclosures.still_custodian IS 'Whether they are it today; if not, nothing of it shows to anybody.';
COMMENT ON COLUMN pgcustsec.disclosures.named_by IS 'Which supervisor had named them.';
COMMENT ON COLUMN pgcustsec.disclosures.authority IS 'The authority that asks.';
COMMENT ON COLUMN pgcustsec.disclosures.legal_basis IS 'By what law.';
COMMENT ON COLUMN pgcustsec.disclosures.document_number IS 'The number of the document in which it asks.';
COMMENT ON COLUMN pgcustsec.disclosures.relation IS 'The table.';
COMMENT ON COLUMN pgcustsec.disclosures.columns IS 'The columns.';
COMMENT ON COLUMN pgcustsec.disclosures.predicate IS 'Which rows, by conditions that all hold.';
COMMENT ON COLUMN pgcustsec.disclosures.keys IS 'Which rows, by their keys.';
COMMENT ON COLUMN pgcustsec.disclosures.filed_at IS 'When it was filed.';
COMMENT ON COLUMN pgcustsec.disclosures.approved_at IS 'When the last step approved it.';
COMMENT ON COLUMN pgcustsec.disclosures.ends_at IS 'When its term of use is over; NULL once it is handed over.';
COMMENT ON COLUMN pgcustsec.disclosures.opened_records IS 'How many records were opened in full.';
COMMENT ON COLUMN pgcustsec.disclosures.extracted_rows IS 'How many rows its extract covers; NULL: none was taken.';
COMMENT ON COLUMN pgcustsec.disclosures.sha256 IS 'Digests of the finished files: what was handed over.';
COMMENT ON COLUMN pgcustsec.disclosures.handed_over_at IS 'When it was handed over.';
COMMENT ON COLUMN pgcustsec.disclosures.receipt IS 'To whom, and by what receipt.';
COMMENT ON COLUMN pgcustsec.disclosures.destroyed_at IS 'When the last copy that was taken was destroyed; NULL: one is left, or none was taken.';
COMMENT ON COLUMN pgcustsec.disclosures.evidence IS 'How, and what shows it.';
REVOKE ALL ON TABLE pgcustsec.disclosures FROM PUBLIC;
