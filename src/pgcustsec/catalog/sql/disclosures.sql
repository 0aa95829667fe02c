SELECT
    d.request_id, d.state, d.department_code, d.custodian, d.full_name, d.still_custodian, d.named_by, d.authority,
    d.legal_basis, d.document_number, d.relation, d.columns::text[], d.predicate, d.keys, d.filed_at, d.approved_at,
    d.ends_at, d.opened_records, d.extracted_rows, d.sha256, d.handed_over_at, d.receipt, d.destroyed_at, d.evidence
FROM pgcustsec.disclosures AS d
WHERE (%(state)s::text IS NULL OR d.state = %(state)s::text)
    AND (%(number)s::bigint IS NULL OR d.request_id = %(number)s::bigint)
ORDER BY d.request_id DESC
